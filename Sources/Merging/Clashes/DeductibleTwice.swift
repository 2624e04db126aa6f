import Pricing
import Vocabulary

/// The deductible of one year borne at two kiosks that did not know of each other.
///
/// Commutes: the person bore it once too often, and the difference is theirs. Where the limit was
/// overspent besides, so that the fund is owed, that is said instead.
func deductibleTwice(
    _ placed: Placed, _ known: Quote, _ full: Quote, _ spenders: [Spender]
) -> [Clash] {
    guard known.amounts.deductible > full.amounts.deductible,
        known.amounts.fundTotal <= full.amounts.fundTotal
    else { return [] }
    let others = spenders.filter {
        $0.reference.kiosk != placed.kiosk && $0.use.shares(.deductible, with: known.use)
    }
    guard !others.isEmpty else { return [] }
    return [
        Clash(
            .deductibleTwice, others.map(\.reference) + [placed.reference],
            amount: full.amounts.fundTotal - known.amounts.fundTotal,
            detail: "bore \(known.amounts.deductible), due \(full.amounts.deductible)")
    ]
}
