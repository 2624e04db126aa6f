import Rules
import Vocabulary

/// How far a roll may be trusted on a day: what it says was true when it was made.
public enum Freshness: Hashable, Sendable {
    case fresh(age: Int)
    /// Too old to decide alone: the visit is provisional, the fund's part at most the ceiling.
    case stale(age: Int, ceiling: Money?, citations: [Citation])
}

/// Judges a roll by its age in days.
///
/// - Throws: ``RulebookFault`` where the region does not say how old is too old.
public func freshness(
    ofRollMade made: Day, on day: Day, by rules: Rulebook
) throws(RulebookFault) -> Freshness {
    let path = "common/roll_stale_days"
    let limit = try rules.require(try rules.count(path, on: day), path)
    let age = max(0, day.days(since: made))
    guard age > limit.value else { return .fresh(age: age) }
    let ceiling = try rules.money("common/stale_visit_ceiling", on: day)
    return .stale(
        age: age, ceiling: ceiling?.value,
        citations: [limit.citation] + (ceiling.map { [$0.citation] } ?? []))
}
