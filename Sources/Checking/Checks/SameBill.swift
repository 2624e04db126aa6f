import Identifying
import Rules
import Vocabulary

/// The same bill for the same person a few minutes ago: entered twice, most likely.
///
/// The county asks the same of all clinics' visits once they are merged, when it can only be put right by
/// two people.
func sameBill(_ review: Review) throws(RulebookFault) -> [Finding] {
    let encounter = review.encounter
    guard let minutes = try review.rule.count("minutes"), let now = encounter.at,
        !encounter.items.isEmpty
    else { return [] }
    let content = encounter.content
    let same = encounter.lately.filter {
        $0.person == encounter.member.number && $0.content == content && $0.at.day == encounter.day
            && $0.at <= now && now.minutes(since: $0.at) <= minutes.value
    }
    guard let last = same.max(by: { $0.at < $1.at }) else { return [] }
    return [review.rule.finding(["time": last.at.clockTime], minutes.citation)]
}
