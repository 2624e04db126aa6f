import Rules
import Vocabulary

/// A clinic far above the median of the other clinics of its level: cost per visit, visits per
/// person, share of visits with an infusion.
func abovePeers(_ visits: [MergedVisit], by rules: Rulebook) throws(RulebookFault)
    -> [MergedFinding]
{
    var findings: [MergedFinding] = []
    for level in Dictionary(grouping: visits, by: \.level).values {
        let clinics = Dictionary(grouping: level, by: \.institution)
        for (check, measure) in measures {
            findings += try outliers(clinics, check, measure, by: rules)
        }
    }
    return findings
}

/// What is compared, in whole units large enough that rounding down hides nothing.
private let measures: [(Check, @Sendable ([MergedVisit]) -> Int)] = [
    (.costAbovePeers, { visits in visits.sum { $0.total }.fen / visits.count }),
    (.frequencyAbovePeers, { visits in visits.count * 1000 / Set(visits.map(\.person)).count }),
    (
        .infusionAbovePeers,
        { visits in
            visits.filter { $0.items.contains(where: \.isInfusion) }.count * 1000 / visits.count
        }
    ),
]

private func outliers(
    _ clinics: [String: [MergedVisit]], _ check: Check, _ measure: ([MergedVisit]) -> Int,
    by rules: Rulebook
) throws(RulebookFault) -> [MergedFinding] {
    guard let latest = clinics.values.joined().max(by: MergedVisit.canonical),
        let rule = try latest.rule(check, by: rules), let percent = try rule.count("percent"),
        let least = try rule.count("visits")
    else { return [] }
    let measured = clinics.filter { $0.value.count >= max(1, least.value) }.mapValues(measure)
    return measured.sorted { $0.key < $1.key }.compactMap { clinic, own in
        let others = measured.filter { $0.key != clinic }.values.sorted()
        guard let visits = clinics[clinic], !others.isEmpty else { return nil }
        let median = others[others.count / 2]
        guard median > 0, own * 100 > median * percent.value else { return nil }
        return MergedFinding(
            rule, visits,
            ["own": "\(own)", "median": "\(median)", "visits": "\(visits.count)"],
            percent.citation)
    }
}
