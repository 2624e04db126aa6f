import Journaling
import Merging
import Pricing
import Rules
import Vocabulary

/// How a visit's amounts came about, step by step: priced again with what its kiosk knew.
struct Derivation {
    /// Where the page is opened at when somebody asks for it.
    static let anchor = "why"

    let visit: Visit
    private let quote: Result<Quote, PricingFault>

    init(_ visit: Visit, _ day: Day, _ content: PublishedContent) {
        self.visit = visit
        quote = Result { () throws(PricingFault) in
            try price(
                visit.bill(on: day), by: content.rules, catalogue: content.catalogue,
                given: visit.given, within: visit.bounds)
        }
    }

    var section: Section {
        let name = Texts.page["derivation"] ?? ""
        guard case .success(let quote) = quote else {
            return Section(
                name, Texts.notDerived, Table(Texts.derivationColumns, []),
                anchor: Derivation.anchor)
        }
        let rows = quote.reasons.map { reason in
            [
                Cell(Texts.article(reason.article), note: Texts.layer(reason)),
                Cell(Texts.arithmetic(reason)), .money(reason.amount),
                Cell(
                    Set(reason.citations.map(\.source)).sorted()
                        .joined(separator: Texts.listComma)),
            ]
        }
        return Section(
            name, Texts.derived(visit.amounts.fundTotal, quote.amounts.fundTotal),
            Table(Texts.derivationColumns, rows), anchor: Derivation.anchor)
    }
}
