import Rules
import Vocabulary

/// A clinic's settlements at night, together one finding a day.
func settledAtNight(_ visits: [MergedVisit], by rules: Rulebook) throws(RulebookFault)
    -> [MergedFinding]
{
    guard let first = visits.first, let rule = try first.rule(.nightSettlement, by: rules),
        let night = try rule.night()
    else { return [] }
    let late = visits.filter { night.contain($0.at) }
    guard !late.isEmpty else { return [] }
    return [
        MergedFinding(
            rule, late, ["count": "\(late.count)", "time": late[0].at.clockTime],
            night.citation)
    ]
}
