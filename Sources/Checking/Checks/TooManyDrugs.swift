import Rules
import Vocabulary

/// More drugs than a prescription may name.
func tooManyDrugs(_ encounter: Encounter, _ rules: Rulebook) throws(RulebookFault) -> [Finding] {
    let drugs = Set(encounter.items.filter(\.isDrug).map(\.code)).count
    guard let most = try rules.count("review/prescription_drugs", on: encounter.day),
        drugs > most.value
    else { return [] }
    return [
        Finding(
            .tooManyDrugs, .warn, ["count": "\(drugs)", "limit": "\(most.value)"], most.citation)
    ]
}
