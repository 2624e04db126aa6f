import Rules
import Vocabulary

/// The same medicine again while the last supply still runs: waste, or medicine that goes elsewhere.
func repeatedSupply(_ review: Review) throws(RulebookFault) -> [Finding] {
    guard let allowed = try review.rule.count("days") else { return [] }
    let encounter = review.encounter
    return review.lines { item in
        let last = encounter.history.last { $0.code == item.code && $0.days != nil }
        guard item.isDrug, let last, let days = last.days else { return nil }
        let left = last.day.adding(days: days).days(since: encounter.day)
        guard left > allowed.value else { return nil }
        return (["left": "\(left)", "last": last.day.description], allowed.citation)
    }
}
