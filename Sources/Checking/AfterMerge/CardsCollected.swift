import Rules
import Vocabulary

/// Many people settled within minutes at one clinic; each stretch is one finding.
func cardsCollected(_ visits: [MergedVisit], by rules: Rulebook) throws(RulebookFault)
    -> [MergedFinding]
{
    guard let first = visits.first, let rule = try first.rule(.manyCards, by: rules),
        let people = try rule.count("people"), let minutes = try rule.count("minutes")
    else { return [] }
    var findings: [MergedFinding] = []
    var start = 0
    while start < visits.count {
        let end = visits[start].at.adding(seconds: 60 * minutes.value)
        let near = visits[start...].prefix { $0.at <= end }
        let count = Set(near.map(\.person)).count
        guard count >= people.value else {
            start += 1
            continue
        }
        findings.append(
            MergedFinding(
                rule, Array(near), ["people": "\(count)", "minutes": "\(minutes.value)"],
                people.citation))
        start += near.count
    }
    return findings
}
