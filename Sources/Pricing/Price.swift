import Cataloguing
import Rules
import Vocabulary

/// Prices a bill: lines first, then for each part of the bill its layers in turn.
///
/// Pure: the same bill, rules, catalogue and standing give the same quote anywhere.
///
/// - Parameters:
///   - standing: what the person used before this bill; counters of another year are ignored, but
///     for what may be carried over.
///   - bounds: rights to limits that are divided; none where nothing is.
///   - explained: whether the quote carries its reasons; the amounts are the same.
/// - Throws: ``PricingFault`` naming the line or parameter at fault.
/// - Note: `docs/pricing.md` is the text of what happens here.
public func price(
    _ bill: Bill, by rules: Rulebook, catalogue: Catalogue, given standing: Standing,
    within bounds: Bounds = .none, explained: Bool = true
) throws(PricingFault) -> Quote {
    try checkLimits(of: bill)
    var work = Workings(bill, rules, standing.on(bill.day), bounds, explains: explained)
    let lines = try work.splitLines(catalogue)
    do throws(RulebookFault) {
        return try work.quote(lines)
    } catch {
        throw .rules(error)
    }
}

extension Workings {
    fileprivate mutating func quote(_ lines: [LineSplit]) throws(RulebookFault) -> Quote {
        inScope(lines)
        var parts: [Part] = []
        for (part, layers) in try self.parts(of: lines) {
            parts.append(try apply(layers, to: part))
        }
        if bill.kind.isAdmission { use.add(1, to: Counter(.admissions, "year")) }
        let amounts = Amounts(
            lines: lines, deductible: parts.sum { $0.basicDeductible },
            funds: parts.reduce(into: [:]) { $0.merge($1.funds, uniquingKeysWith: +) },
            institutionPart: parts.sum { $0.institutionPart })
        personPart(amounts)
        var after = before
        after.add(use)
        return Quote(
            bill: bill, lines: lines, amounts: amounts,
            rate: parts.first { !$0.isConsult }?.rate ?? .zero,
            paying: try paying(parts), reasons: reasons, use: use, standing: after)
    }

    /// Applies the layers of a part in turn, each to what the ones before left.
    private mutating func apply(
        _ layers: [RuleFolder], to whole: Part
    ) throws(RulebookFault) -> Part {
        var part = whole
        try stateHousehold(part)
        try takeInstitutionPart(&part)
        for (index, folder) in layers.enumerated() {
            let layer = try Layer(folder, isBasic: index == 0, self)
            try apply(layer, to: &part)
        }
        return part
    }

    private mutating func apply(_ layer: Layer, to part: inout Part) throws(RulebookFault) {
        if try takeSettled(layer, &part) { return }
        guard let method = try method(of: layer) else { return }
        let limits = try Limits(of: layer, on: day)
        let refused = try visitsUsedUp(layer)
        let offered = refused ? .zero : try entering(layer, part)
        let entering = try withinCostLimits(offered, layer, limits)
        let due = try deductible(on: entering, layer)
        let computed = try payment(by: method, on: entering, after: due, layer, &part)
        let limited = try withinPayLimits(computed, layer, limits)
        let paid = withinBill(limited, layer, part)
        part.handle(due, entering - due, limited, of: computed)
        part.deductibles += due
        if layer.isBasic {
            part.basicDeductible = due
            part.basic = (computed, entering - due)
        }
        part.take(paid, from: layer.fund)
        try count(layer, limits, method, entering: entering, due: due, paid: paid, refused)
    }

    /// The folder of the benefit that covers the visit.
    var benefit: RuleFolder {
        get throws(RulebookFault) {
            let scheme = bill.scheme.rawValue
            let word = try rules.folder(scheme).word("benefit", on: day, for: circumstances)
            return rules.folder("\(scheme)/\(word?.value ?? bill.kind.benefit)")
        }
    }

    /// The lines by the benefit that covers them: the consult fee by its own where the region has
    /// one, the others by the benefit of the visit's kind.
    private func parts(of lines: [LineSplit]) throws(RulebookFault) -> [(Part, [RuleFolder])] {
        let scheme = bill.scheme.rawValue
        let main = try benefit
        let consult = rules.folder("\(scheme)/consult_fee")
        let consultLines =
            consult.parameters.isEmpty ? [] : lines.filter { $0.feeType == .generalConsult }
        let mainLines =
            consultLines.isEmpty ? lines : lines.filter { $0.feeType != .generalConsult }
        // A bill of nothing but the consult fee asks nothing of the main benefit's layers.
        var layers = [main]
        if !mainLines.isEmpty {
            for name in try main.words("layers", on: day, for: circumstances)?.value ?? [] {
                layers.append(rules.folder("\(scheme)/layers/\(name)"))
            }
        }
        return (mainLines.isEmpty ? [] : [(Part(main, mainLines, layers: layers.count), layers)])
            + (consultLines.isEmpty ? [] : [(Part(consult, consultLines, layers: 1), [consult])])
    }
}

extension VisitKind {
    /// The benefit of a kind where the region's rules name none.
    public var benefit: String {
        switch self {
        case .outpatient: "outpatient"
        case .chronic: "chronic"
        case .twoDiseases: "two_diseases"
        case .inpatient: "inpatient"
        default: rawValue
        }
    }
}

private func checkLimits(of bill: Bill) throws(PricingFault) {
    guard !bill.lines.isEmpty else { throw .noLines }
    guard bill.lines.count <= Bill.mostLines else { throw .tooManyLines(bill.lines.count) }
    guard bill.visit.isPlausible else { throw .implausibleVisit }
    for (index, line) in bill.lines.enumerated() {
        // The product of the largest price and quantity still fits; the cap keeps sums far from it.
        guard line.price >= .zero, line.price <= Bill.mostPrice, line.amount.fen <= 1_000_000_000
        else { throw .amountTooLarge(line: index + 1) }
    }
}
