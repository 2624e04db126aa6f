import Pricing
import Vocabulary

/// The fund paid past the year's limit because two kiosks spent it apart.
///
/// Rights: kept as it happened; what is over the limit is shown as overdraft.
func limitOverspent(
    _ placed: Placed, _ known: Quote, _ full: Quote, _ spenders: [Spender]
) -> [Clash] {
    let overdraft = known.amounts.fundTotal - full.amounts.fundTotal
    guard overdraft > .zero else { return [] }
    let others = spenders.filter {
        $0.reference.kiosk != placed.kiosk && $0.use.shares(.paid, with: known.use)
    }
    guard !others.isEmpty else { return [] }
    return [
        Clash(
            .limitOverspent, others.map(\.reference) + [placed.reference], amount: -overdraft,
            detail: "paid \(known.amounts.fundTotal), left \(full.amounts.fundTotal)")
    ]
}
