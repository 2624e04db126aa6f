import Cataloguing
import Rules
import Vocabulary

// The articles that look at one line at a time.
extension Workings {
    mutating func splitLines(_ catalogue: Catalogue) throws(PricingFault) -> [LineSplit] {
        var lines: [LineSplit] = []
        lines.reserveCapacity(bill.lines.count)
        for (index, line) in bill.lines.enumerated() {
            let terms = try self.terms(of: line, number: index + 1, catalogue)
            do throws(RulebookFault) {
                lines.append(try split(line, number: index + 1, terms))
            } catch { throw .rules(error) }
        }
        return lines
    }

    private func terms(
        of line: Bill.Line, number: Int, _ catalogue: Catalogue
    ) throws(PricingFault) -> ItemTerms {
        if let item = catalogue.item(line.code, day) {
            return ItemTerms(item, scheme: bill.scheme, level: bill.level)
        }
        guard let terms = line.ownTerms else {
            throw .unknownItem(line: number, code: line.code)
        }
        return terms
    }

    /// Each article works on what the one before left over.
    private mutating func split(
        _ line: Bill.Line, number: Int, _ terms: ItemTerms
    ) throws(RulebookFault) -> LineSplit {
        var split = LineSplit(
            code: line.code, itemClass: terms.itemClass, feeType: terms.feeType,
            amount: line.amount)
        takeOutsideCatalogue(&split, number)
        takeAbovePriceLimit(&split, number, line, terms)
        try takeOwnShareFirst(&split, number, terms)
        return split
    }
}
