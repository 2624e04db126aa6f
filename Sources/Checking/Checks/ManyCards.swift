import Identifying
import Rules
import Vocabulary

/// Many people's cards within minutes: a sign of cards that were collected (敛卡).
func manyCards(_ review: Review) throws(RulebookFault) -> [Finding] {
    guard let people = try review.rule.count("people"),
        let minutes = try review.rule.count("minutes"), let now = review.encounter.at
    else { return [] }
    let start = now.adding(seconds: -60 * minutes.value)
    let near = review.encounter.lately.filter { start <= $0.at && $0.at <= now }
    let count = Set(near.map(\.person)).union([review.encounter.member.number]).count
    guard count >= people.value else { return [] }
    return [
        review.rule.finding(
            ["people": "\(count)", "minutes": "\(minutes.value)"], people.citation)
    ]
}
