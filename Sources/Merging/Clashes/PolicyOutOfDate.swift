import Journaling
import Pricing
import Vocabulary

/// Priced by another price or parameter than was in force on the day.
///
/// Commutes: what was in force on the day decides, the difference is adjusted.
func policyOutOfDate(_ placed: Placed, _ visit: Visit, _ known: Quote) -> [Clash] {
    guard known.amounts != visit.amounts else { return [] }
    return [
        Clash(
            .policyOutOfDate, [placed.reference],
            amount: known.amounts.fundTotal - visit.amounts.fundTotal,
            detail: "settled \(visit.amounts.fundTotal), in force \(known.amounts.fundTotal)")
    ]
}
