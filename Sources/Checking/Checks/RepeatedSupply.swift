import Rules
import Vocabulary

/// The same medicine again while the last supply still runs: waste, or medicine that goes elsewhere.
func repeatedSupply(_ encounter: Encounter, _ rules: Rulebook) throws(RulebookFault) -> [Finding] {
    guard let allowed = try rules.count("review/repeat_supply_days", on: encounter.day) else {
        return []
    }
    return encounter.items.enumerated().compactMap { index, item in
        let last = encounter.history.last { $0.code == item.code && $0.days != nil }
        guard item.isDrug, let last, let days = last.days else { return nil }
        let left = last.day.adding(days: days).days(since: encounter.day)
        guard left > allowed.value else { return nil }
        return Finding(
            .repeatedSupply, .warn, line: index + 1,
            ["left": "\(left)", "last": last.day.description], allowed.citation)
    }
}
