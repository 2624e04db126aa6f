import Rules
import Vocabulary

/// Settled at an hour when a village clinic is closed.
func nightSettlement(_ review: Review) throws(RulebookFault) -> [Finding] {
    guard let at = review.encounter.at, let hours = try review.rule.night(), hours.contain(at)
    else { return [] }
    return [review.rule.finding(["time": at.clockTime], hours.citation)]
}

extension ReviewRule {
    func night() throws(RulebookFault) -> Night? {
        guard let from = try count("from_hour"), let to = try count("to_hour") else { return nil }
        return Night(from: from.value, to: to.value, citation: from.citation)
    }
}

/// Hours from evening to morning, or within one day.
struct Night {
    let from: Int
    let to: Int
    let citation: Citation

    func contain(_ at: Instant) -> Bool {
        let hour = Int(at.clockTime.prefix(2)) ?? 0
        return from <= to ? (from..<to).contains(hour) : hour >= from || hour < to
    }
}
