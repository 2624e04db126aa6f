import Identifying
import Rules
import Vocabulary

/// What a member has earned in a year on top of the ceiling of the layer that takes incentives in.
///
/// - Returns: `nil` where no layer of the scheme has `limit_adds_incentive: yes` with a ceiling, or
///   the region has no incentive.
public func earnedIncentive(
    of member: Member, in year: Int, by rules: Rulebook
) throws(RulebookFault) -> Incentive? {
    let layers = "\(member.scheme.rawValue)/layers/"
    let first = firstDay(of: year)
    for folder in rules.folders where folder.path.hasPrefix(layers) {
        guard try folder.word("limit_adds_incentive", on: first)?.value == "yes",
            let ceiling = try folder.money("limit_year", on: first)
        else { continue }
        return try incentive(of: member, in: year, ceiling: ceiling.value, by: rules)
    }
    return nil
}
