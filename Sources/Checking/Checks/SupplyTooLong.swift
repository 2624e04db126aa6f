import Rules
import Vocabulary

/// Days' supply beyond what a prescription may hold: a reason is asked for, and beyond the longest
/// supply it stops.
func supplyTooLong(_ encounter: Encounter, _ rules: Rulebook) throws(RulebookFault) -> [Finding] {
    let usual = encounter.kind == .outpatient ? "supply_days_warn" : "supply_days_chronic"
    guard let warn = try rules.count("review/\(usual)", on: encounter.day),
        let stop = try rules.count("review/supply_days_stop", on: encounter.day)
    else { return [] }
    return encounter.items.enumerated().compactMap { index, item in
        guard let days = item.days, days > warn.value else { return nil }
        let limit = days > stop.value ? stop : warn
        return Finding(
            .supplyTooLong, days > stop.value ? .stop : .warn, line: index + 1,
            ["days": "\(days)", "limit": "\(limit.value)"], limit.citation)
    }
}
