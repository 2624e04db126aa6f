import Rules
import Vocabulary

/// A visit on a day that lies wholly within a hospital stay.
func visitInHospital(
    _ visits: [MergedVisit], _ stays: [Surroundings.Stay], by rules: Rulebook
) throws(RulebookFault) -> [MergedFinding] {
    var findings: [MergedFinding] = []
    for visit in visits where !visit.kind.isAdmission {
        guard
            let stay = stays.filter({ $0.from < visit.day && visit.day < $0.to })
                .min(by: { ($0.from, $0.to) < ($1.from, $1.to) }),
            let rule = try visit.rule(.visitInHospital, by: rules)
        else { continue }
        findings.append(
            MergedFinding(
                rule, [visit], about: visit.person,
                ["from": stay.from.description, "to": stay.to.description]))
    }
    return findings
}
