import Hummingbird
import Vocabulary

/// The receipt after collecting: its number, the change, how many are left, and the next household.
struct ReceiptPage: Sendable {
    let site: Site

    func add(to routes: Routes) {
        routes.get("/receipt/:entry") { call in
            let slip = try await site.desk.slip(try call.number("entry"))
            guard slip.receipt != nil else { return .redirect(to: "/slip/\(slip.number)") }
            var view = try SlipView(slip, copies: Texts.receiptCopies)
            view.receiptsLeft = Texts.receiptsLeft(try await site.desk.receiptsLeft())
            if let saved = Saved(call.fields, site.desk.clock.now()) {
                view.saved = saved.sentence
                view.change = saved.change
            }
            let failed = call.fields["slip"] == "failed"
            return try await site.page(
                "receipt", view, title: Texts.of("receipt"), for: call.session,
                notice: failed ? .problem(Texts.of("slipFailed")) : nil)
        }
    }
}
