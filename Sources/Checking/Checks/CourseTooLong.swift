import Rules
import Vocabulary

/// The fund pays for a course of so many days (限定支付疗程); a service counts a day each time.
func courseTooLong(_ review: Review) throws(RulebookFault) -> [Finding] {
    guard let window = try review.rule.window()?.value else { return [] }
    let encounter = review.encounter
    return review.lines { item in
        let points = review.points(of: item.code, .course)
        guard let point = points.min(by: { Int($0.value) ?? 0 < Int($1.value) ?? 0 }),
            let most = Int(point.value)
        else { return nil }
        let before = encounter.history.filter {
            $0.code == item.code && window.reaches($0.day, from: encounter.day)
        }.map { $0.days ?? 1 }
        let now = encounter.items.filter { $0.code == item.code }.map { $0.days ?? 1 }
        let days = (before + now).reduce(0, +)
        guard days > most else { return nil }
        return (
            ["days": "\(days)", "limit": "\(most)"], point.citation(since: review.rule.citation)
        )
    }
}
