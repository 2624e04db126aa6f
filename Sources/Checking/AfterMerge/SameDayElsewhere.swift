import Rules
import Vocabulary

/// One person at two clinics on the same day.
func sameDayElsewhere(_ visits: [MergedVisit], by rules: Rulebook) throws(RulebookFault)
    -> [MergedFinding]
{
    var findings: [MergedFinding] = []
    for day in Dictionary(grouping: visits, by: \.day).values {
        guard let last = day.last, Set(day.map(\.institution)).count > 1,
            let rule = try last.rule(.sameDayElsewhere, by: rules)
        else { continue }
        findings.append(
            MergedFinding(
                rule, day, about: last.person,
                ["clinics": "\(Set(day.map(\.institution)).count)"]))
    }
    return findings
}
