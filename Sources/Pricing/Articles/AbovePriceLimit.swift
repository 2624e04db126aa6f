import Vocabulary

extension Workings {
    /// 超限价: what the unit price exceeds the limit by is the person's own, for every unit charged.
    mutating func takeAbovePriceLimit(
        _ split: inout LineSplit, _ number: Int, _ line: Bill.Line, _ terms: ItemTerms
    ) {
        guard split.itemClass != .outside, let stated = terms.priceLimit, line.price > stated else {
            return
        }
        // A limit below zero is a fault of the catalogue; nobody owes more than the price for it.
        let limit = max(.zero, stated)
        let (amount, over) = (split.amount, split.amount - limit.cost(of: line.quantity))
        split.overLimit = over
        say(
            .abovePriceLimit, line: number, over,
            "\(amount) - round(\(limit) × \(line.quantity)) = \(over)")
    }
}
