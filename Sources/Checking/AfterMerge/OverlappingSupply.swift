import Rules
import Vocabulary

/// The same medicine from two clinics while the first supply still runs; within one clinic the kiosk
/// has asked already.
func overlappingSupply(_ visits: [MergedVisit], by rules: Rulebook) throws(RulebookFault)
    -> [MergedFinding]
{
    var last: [String: (visit: MergedVisit, through: Day)] = [:]
    var findings: [MergedFinding] = []
    for visit in visits {
        let rule = try visit.rule(.repeatedSupply, by: rules)
        for item in visit.items.sorted(by: { $0.code < $1.code }) where item.feeType.isDrug {
            guard let days = item.days else { continue }
            if let before = last[item.code], let rule,
                before.visit.institution != visit.institution,
                let allowed = try rule.count("days")
            {
                let left = before.through.days(since: visit.day)
                if left > allowed.value {
                    findings.append(
                        MergedFinding(
                            rule, [before.visit, visit], about: visit.person,
                            ["item": item.code, "left": "\(left)"], allowed.citation))
                }
            }
            last[item.code] = (visit, visit.day.adding(days: days))
        }
    }
    return findings
}
