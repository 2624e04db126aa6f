import Vocabulary

/// 超限价: what the unit price exceeds the limit by is the person's own, for every unit charged.
func takeAbovePriceLimit(
    _ split: inout LineSplit, _ number: Int, _ line: Bill.Line, _ item: ItemTerms,
    _ reasons: inout [Reason]
) {
    guard item.itemClass != .outside, let stated = item.priceLimit, line.price > stated else {
        return
    }
    // A limit below zero is a fault of the catalogue; nobody owes more than the price for it.
    let limit = max(.zero, stated)
    split.overLimit = split.amount - limit.cost(of: line.quantity)
    reasons.append(
        Reason(
            .abovePriceLimit, line: number, amount: split.overLimit,
            "\(split.amount) - \(limit) × \(line.quantity) = \(split.overLimit)"))
}
