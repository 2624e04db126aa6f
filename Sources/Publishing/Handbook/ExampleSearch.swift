import Cataloguing
import Pricing
import Rules
import Vocabulary

/// A bill priced by the engine, at the start of the year, with what it assumes of the person.
struct WorkedExample {
    let quote: Quote
    /// Conditions of the rules that the bill was made to meet.
    let facts: [Condition]
}

// Finding a bill that shows a benefit at work: the smallest that its fund pays something of.
extension Handbook {
    func example(of folder: String, _ scheme: Scheme) -> WorkedExample? {
        let search = ExampleSearch(self, scheme, folder)
        return search.first { $0.amounts.fundTotal > .zero } ?? search.first { _ in true }
    }

    /// For a layer the bill is one of a benefit before it, large enough to reach the layer.
    func example(ofLayer folder: String, _ scheme: Scheme) -> WorkedExample? {
        let name = HandbookTexts.lastWord(folder)
        for benefit in benefits(before: folder, scheme).reversed() {
            let search = ExampleSearch(self, scheme, benefit, facts: [folder], hardest: true)
            // Best one where the basic layer pays as well; a layer may also pay nothing by its rate.
            let found =
                search.first { $0.pays(name) && $0.amounts.pooledFund > .zero }
                ?? search.first { $0.pays(name) } ?? search.first { $0.computes(name) }
            if let found { return found }
        }
        return nil
    }
}

extension Quote {
    /// Whether a layer came to a payment of its own, be it nothing.
    fileprivate func computes(_ layer: String) -> Bool { !payments(of: layer).isEmpty }

    fileprivate func pays(_ layer: String) -> Bool {
        payments(of: layer).contains { $0.amount > .zero }
    }

    private func payments(of layer: String) -> [Reason] {
        reasons.filter { reason in
            reason.layer == layer && [.rate, .bands, .fixedAmount].contains(reason.article)
        }
    }
}

/// The bills that are tried, from the plainest on.
struct ExampleSearch {
    /// The kinds of visit that villages and townships meet.
    static let kinds: [VisitKind] = [
        .outpatient, .chronic, .twoDiseases, .inpatient, .caseInpatient,
    ]
    /// The stated amounts of the example: class A and B at 1, then larger.
    private static let classA = Money(fen: 12_000)
    private static let classB = Money(fen: 8_000)
    private static let consult = Money(fen: 1_000)
    private static let scales = [1, 10, 50, 100, 500, 1_000, 3_000]

    private let book: Handbook
    private let scheme: Scheme
    private let folder: String
    private let facts: [[Condition]]
    private let levels: [InstitutionLevel]

    init(
        _ book: Handbook, _ scheme: Scheme, _ folder: String, facts more: [String] = [],
        hardest: Bool = false
    ) {
        self.book = book
        self.scheme = scheme
        self.folder = folder
        let conditions = ([folder] + more).flatMap { book.rules.folder($0).parameters.values }
            .sorted { $0.path < $1.path }
            .flatMap { $0.inForce(on: book.day)?.value?.personalConditions ?? [] }
        let pairs = conditions.flatMap { first in
            conditions.filter { $0.subject != first.subject }.map { [first, $0] }
        }
        facts = [[]] + conditions.map { [$0] } + pairs
        levels = hardest ? InstitutionLevel.allCases.reversed() : InstitutionLevel.allCases
    }

    /// The first bill that can be priced and shows what is asked for.
    func first(where shows: (Quote) -> Bool) -> WorkedExample? {
        for facts in facts {
            for level in levels {
                for scale in ExampleSearch.scales {
                    guard let bill = bill(at: level, times: scale, facts),
                        let quote = try? price(
                            bill, by: book.rules, catalogue: .empty,
                            given: Standing(year: book.day.year)),
                        shows(quote)
                    else { continue }
                    return WorkedExample(quote: quote, facts: facts)
                }
            }
        }
        return nil
    }

    private func bill(
        at level: InstitutionLevel, times scale: Int, _ facts: [Condition]
    ) -> Bill? {
        var bill = Bill(
            day: book.day, scheme: scheme, kind: .outpatient, level: level,
            lines: lines(times: scale))
        for condition in facts { bill.meet(condition, on: book.day) }
        return folder.hasSuffix("/consult_fee") ? bill : bill.covered(by: folder, in: book)
    }

    private func lines(times scale: Int) -> [Bill.Line] {
        func line(_ money: Money, _ terms: ItemTerms) -> Bill.Line {
            Bill.Line(
                code: terms.itemClass.rawValue, quantity: .one,
                price: Money(fen: money.fen * scale), ownTerms: terms)
        }
        let first = ItemTerms(itemClass: .a, ownShare: .zero)
        if folder.hasSuffix("/consult_fee") {
            var terms = first
            terms.feeType = .generalConsult
            return [line(ExampleSearch.consult, terms)]
        }
        // Where the region has no usual own share of class B, the bill does without.
        guard book.rules["common/own_share_class_b"] != nil else {
            return [line(ExampleSearch.classA + ExampleSearch.classB, first)]
        }
        let second = ItemTerms(itemClass: .b, ownShare: nil)
        return [line(ExampleSearch.classA, first), line(ExampleSearch.classB, second)]
    }
}
