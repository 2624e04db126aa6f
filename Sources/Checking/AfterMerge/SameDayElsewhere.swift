import Rules
import Vocabulary

/// One person at two clinics on the same day, with the fewest minutes between two of them.
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
                [
                    "clinics": "\(Set(day.map(\.institution)).count)",
                    "minutes": "\(fewestMinutes(day))",
                ]))
    }
    return findings
}

/// Between two visits at different clinics, of a day in order.
private func fewestMinutes(_ day: [MergedVisit]) -> Int {
    zip(day, day.dropFirst()).filter { $0.institution != $1.institution }
        .map { $1.at.minutes(since: $0.at) }.min() ?? 0
}
