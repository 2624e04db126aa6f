import Rules
import Vocabulary

/// A clinic sold more of a drug than it ever bought (进销存不符); silent where no purchase is known.
///
/// Sales before the visits given are not counted, so that stock on hand is never held against
/// anybody.
func soldMoreThanBought(
    _ visits: [MergedVisit], _ purchases: [Surroundings.Purchase], by rules: Rulebook
) throws(RulebookFault) -> [MergedFinding] {
    guard let last = visits.map(\.day).max() else { return [] }
    var bought: [Stock: Int] = [:]
    for purchase in purchases where purchase.day <= last {
        let stock = Stock(institution: purchase.institution, code: purchase.code)
        bought[stock, default: 0] += purchase.quantity.tenThousandths
    }
    var sold: [Stock: (quantity: Int, visits: [MergedVisit])] = [:]
    for visit in visits {
        for item in visit.items where item.feeType.isDrug {
            let stock = Stock(institution: visit.institution, code: item.code)
            guard bought[stock] != nil else { continue }
            sold[stock, default: (0, [])].quantity += item.quantity.tenThousandths
            sold[stock]?.visits.append(visit)
        }
    }
    var findings: [MergedFinding] = []
    for (stock, sale) in sold {
        let had = bought[stock] ?? 0
        guard sale.quantity > had,
            let rule = try sale.visits[0].rule(.soldMoreThanBought, by: rules)
        else { continue }
        findings.append(
            MergedFinding(
                rule, sale.visits,
                [
                    "item": stock.code, "sold": "\(Quantity(tenThousandths: sale.quantity))",
                    "bought": "\(Quantity(tenThousandths: had))",
                ]))
    }
    return findings
}

private struct Stock: Hashable {
    let institution: String
    let code: String
}
