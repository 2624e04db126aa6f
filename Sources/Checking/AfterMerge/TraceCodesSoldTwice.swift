import Rules
import Vocabulary

/// One box sold twice, at whatever clinics.
func traceCodesSoldTwice(_ visits: [MergedVisit], by rules: Rulebook) throws(RulebookFault)
    -> [MergedFinding]
{
    var sellers: [String: [MergedVisit]] = [:]
    for visit in visits {
        for code in visit.items.flatMap(\.traces) { sellers[code, default: []].append(visit) }
    }
    var findings: [MergedFinding] = []
    for (code, visits) in sellers where visits.count > 1 {
        let ordered = visits.sorted(by: MergedVisit.canonical)
        guard let rule = try ordered[ordered.count - 1].rule(.traceCodeSoldTwice, by: rules) else {
            continue
        }
        findings.append(
            MergedFinding(rule, ordered, ["code": code, "times": "\(visits.count)"]))
    }
    return findings
}
