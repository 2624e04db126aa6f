import Identifying
import Rules
import Vocabulary

/// The person was not insured, waiting, suspended, moved away or dead on the day.
///
/// Honoured, and only reported, where the kiosk's roll was as fresh as the county asks; the kiosk
/// could not know. From an older roll it is a matter for a person.
func notCoveredOnDay(_ visits: [MergedVisit], by rules: Rulebook) throws(RulebookFault)
    -> [MergedFinding]
{
    var findings: [MergedFinding] = []
    for visit in visits {
        guard let excluded = visit.excluded, let roll = visit.rollAsOf,
            let rule = try visit.rule(.notCovered, by: rules)
        else { continue }
        let age = max(0, visit.day.days(since: roll.day))
        var evidence = ["why": excluded.rule, "figures": excluded.figures, "age": "\(age)"]
        // A county that does not say how fresh a roll must be has every such visit looked at.
        var severity: Severity?
        if case .fresh? = try? freshness(ofRollMade: roll.day, on: visit.day, by: rules) {
            evidence["honoured"] = "yes"
            severity = .report
        }
        findings.append(
            MergedFinding(rule, [visit], about: visit.person, evidence, as: severity))
    }
    return findings
}
