import Rules
import Vocabulary

extension Workings {
    /// 医院负担: where the rules say what may be charged for the whole (a fixed fee, a case price, the
    /// consult fee once the household's limit is used up), the institution bears the rest.
    mutating func takeInstitutionPart(_ part: inout Part) throws(RulebookFault) {
        guard let limit = try part.folder.money("charge_limit", on: day, for: circumstances),
            part.total > limit.value
        else { return }
        let borne = min(part.total - limit.value, part.scope)
        say(
            .institutionPart, layer: part.folder.name, borne,
            "min(\(part.total) - \(limit.value), \(part.scope)) = \(borne)", [limit.citation])
        part.institutionPart = borne
        part.scope -= borne
        part.total -= borne
    }

    /// Whether the household's limit is used up is itself something rules may ask.
    mutating func stateHousehold(_ part: Part) throws(RulebookFault) {
        circumstances.replace(.household, "open")
        let folder = part.folder
        guard let limit = try householdLimit(folder) else { return }
        let name =
            try folder.word("household_counter", on: day, for: circumstances)?.value
            ?? folder.name
        if count(of: Counter(.household, name)) >= limit.value.fen {
            circumstances.replace(.household, "reached")
        }
    }

    /// 整户限额: read as if it had not been reached, or it would vanish once it is.
    func householdLimit(_ folder: RuleFolder) throws(RulebookFault) -> Cited<Money>? {
        guard folder.parameters["limit_household_year"] != nil else { return nil }
        var open = circumstances
        open.replace(.household, "open")
        return try folder.money("limit_household_year", on: day, for: open)
    }
}
