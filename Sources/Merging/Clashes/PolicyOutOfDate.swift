import Journaling
import Pricing
import Vocabulary

/// Priced by another price or parameter than was in force on the day.
///
/// Commutes: what was in force on the day decides, the difference is adjusted. A change that moves
/// nobody's money, such as a limit above every price charged, is no clash.
func policyOutOfDate(_ placed: Placed, _ visit: Visit, _ known: Quote) -> [Clash] {
    guard
        known.amounts.fundTotal != visit.amounts.fundTotal
            || known.amounts.deductible != visit.amounts.deductible
    else { return [] }
    return [
        Clash(
            .policyOutOfDate, [placed.reference],
            amount: known.amounts.fundTotal - visit.amounts.fundTotal,
            detail: "settled \(visit.amounts.fundTotal), in force \(known.amounts.fundTotal)")
    ]
}
