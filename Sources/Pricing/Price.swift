import Cataloguing
import Rules
import Vocabulary

/// Prices a bill: the pipeline of articles, in the order of the law.
///
/// Pure: the same bill, rules, catalogue and standing give the same quote anywhere.
///
/// - Parameter standing: what the person used before this bill; counters of another year are
///   ignored.
/// - Throws: ``PricingFault`` naming the line or parameter at fault.
public func price(
    _ bill: Bill, by rules: Rulebook, catalogue: Catalogue, given standing: Standing
) throws(PricingFault) -> Quote {
    try checkLimits(of: bill)
    let before = standing.on(bill.day)
    let terms: Terms
    do { terms = try Terms(bill, rules) } catch { throw .rules(error) }
    var reasons: [Reason] = []
    var lines: [LineSplit] = []
    for (index, line) in bill.lines.enumerated() {
        let item = try itemTerms(of: line, number: index + 1, in: bill, catalogue)
        lines.append(split(line, number: index + 1, item, &reasons))
    }
    let scope = inScope(lines, &reasons)
    let deductible = deductibleDue(on: scope, terms, before, &reasons)
    let computed = applyRate(to: scope - deductible, terms, &reasons)
    let paid = cutToYearLimit(computed, terms, before, &reasons)

    let amounts = Amounts(lines: lines, deductible: deductible, pooledFund: paid)
    reasons.append(personPart(amounts))
    let use = StandingUse(
        deductibleCounter: terms.deductibleCounter, deductible: deductible,
        paidCounter: terms.limitCounter, paid: paid)
    var after = before
    after.add(use)
    return Quote(
        bill: bill, lines: lines, amounts: amounts, rate: terms.rate.value, reasons: reasons,
        use: use, standing: after)
}

/// The line-by-line articles, each working on what the one before left over.
private func split(
    _ line: Bill.Line, number: Int, _ item: ItemTerms, _ reasons: inout [Reason]
) -> LineSplit {
    var split = LineSplit(code: line.code, amount: line.amount)
    takeOutsideCatalogue(&split, number, item, &reasons)
    takeAbovePriceLimit(&split, number, line, item, &reasons)
    takeOwnShareFirst(&split, number, item, &reasons)
    return split
}

private func itemTerms(
    of line: Bill.Line, number: Int, in bill: Bill, _ catalogue: Catalogue
) throws(PricingFault) -> ItemTerms {
    if let item = catalogue.item(line.code, bill.day) {
        return ItemTerms(item, scheme: bill.scheme, level: bill.level)
    }
    guard let terms = line.ownTerms else { throw .unknownItem(line: number, code: line.code) }
    return terms
}

private func checkLimits(of bill: Bill) throws(PricingFault) {
    guard !bill.lines.isEmpty else { throw .noLines }
    guard bill.lines.count <= Bill.mostLines else { throw .tooManyLines(bill.lines.count) }
    for (index, line) in bill.lines.enumerated() {
        // The product of the largest price and quantity still fits; the cap keeps sums far from it.
        guard line.price >= .zero, line.price <= Bill.mostPrice, line.amount.fen <= 1_000_000_000
        else { throw .amountTooLarge(line: index + 1) }
    }
}
