import Rules
import Vocabulary

/// A credential was used on or after the day it was reported lost or replaced.
func credentialRevoked(
    _ visits: [MergedVisit], _ revoked: [Int: Day], by rules: Rulebook
) throws(RulebookFault) -> [MergedFinding] {
    var findings: [MergedFinding] = []
    for visit in visits {
        guard let credential = visit.credential, let day = revoked[credential], day <= visit.day,
            let rule = try visit.rule(.credentialRevoked, by: rules)
        else { continue }
        findings.append(
            MergedFinding(
                rule, [visit], about: visit.person,
                [
                    "revoked": day.description, "used": visit.at.description,
                    "roll": visit.rollAsOf?.description ?? "",
                ]))
    }
    return findings
}
