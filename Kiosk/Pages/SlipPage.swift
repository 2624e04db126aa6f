import Hummingbird
import Vocabulary

/// A slip on the screen, as it is printed; the printer's own paper comes from the same value.
struct SlipPage: Sendable {
    let site: Site

    func add(to routes: Routes) {
        routes.get("/slip/:entry") { call in
            let slip = try await site.desk.slip(try call.number("entry"))
            if slip.receipt != nil { return .redirect(to: "/receipt/\(slip.number)") }
            return try await site.page(
                "slip", try SlipView(slip, copies: [nil]), title: Texts.of("slip"),
                for: call.session)
        }
        routes.post("/slip/:entry/print") { call in
            let number = try call.number("entry")
            let printed = await site.printSlip(number)
            let slip = try await site.desk.slip(number)
            return try await site.page(
                slip.receipt == nil ? "slip" : "receipt",
                try SlipView(slip, copies: slip.receipt == nil ? [nil] : Texts.receiptCopies),
                title: Texts.of("slip"), for: call.session,
                notice: printed
                    ? .said(Texts.of("slipPrinted")) : .problem(Texts.of("slipFailed")))
        }
    }
}

/// A slip in one or several copies.
struct SlipView {
    let number: Int
    let isReceipt: Bool
    let copies: [Copy]
    var receiptsLeft: String?
    var change: String?
    var saved: String?

    struct Copy {
        let slip: Slip
        /// For whom this part is; the parts of a receipt differ in nothing else.
        let part: String?
        let svg: String
        let entryNumber: String
        let shortHead: String
        let paidWord: String
    }

    init(_ slip: Slip, copies parts: [String?]) throws {
        number = slip.number
        isReceipt = slip.receipt != nil
        let svg = try slip.svg
        copies = parts.map {
            Copy(
                slip: slip, part: $0, svg: svg, entryNumber: Texts.entryNumber(slip.number),
                shortHead: slip.shortHead,
                paidWord: Texts.paid(slip.paid, isReceipt: slip.receipt != nil))
        }
    }
}
