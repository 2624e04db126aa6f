import Cataloguing
import Hummingbird
import Journaling
import Pricing
import Syncing
import Vocabulary

/// The second and third band: diagnoses, lines and the reasons for warnings.
struct VisitEntry: Sendable {
    let page: VisitPage
    var desk: Desk { page.desk }

    static let mostDiagnoses = 5
    static let mostMatches = 9

    func add(to routes: Routes) {
        routes.get("/visit/items", for: .villageDoctor) { call in
            let found = await items(call.fields["q"])
            return try page.site.fragment("matches", Matches(matches: found))
        }
        routes.get("/visit/diagnoses", for: .villageDoctor) { call in
            let found = await diagnoses(call.fields["q"])
            return try page.site.fragment("matches", Matches(matches: found))
        }
        change("/visit/diagnosis", routes) { call, order in try await addDiagnosis(call, &order) }
        change("/visit/diagnosis/remove", routes) { call, order in
            order.diagnoses.removeAll { $0 == call.fields["code"] }
        }
        change("/visit/line", routes) { call, order in try await addLine(call, &order) }
        change("/visit/line/remove", routes) { call, order in
            if let line = call.fields.number("line") { order.removeLine(line) }
        }
        change("/visit/kind", routes) { call, order in
            order.kind = VisitKind(rawValue: call.fields["kind"]) ?? order.kind
        }
        change("/visit/reason", routes) { call, order in
            order.overrides[call.fields["finding"]] = String(call.fields["reason"].prefix(200))
        }
        change("/visit/owed", routes) { call, order in
            order.leavesOwed = call.fields["leave"] == "yes" ? true : nil
        }
        change("/visit/again", routes) { _, order in try await repeatLast(&order) }
    }

    /// A route that changes the draft and keeps it at once.
    private func change(
        _ path: RouterPath, _ routes: Routes,
        _ edit: @escaping @Sendable (Call, inout Order) async throws -> Void
    ) {
        routes.post(path, for: .villageDoctor) { call in
            let drafts = page.drafts(call)
            guard var order = try drafts.current() else { return .redirect(to: "/visit") }
            do {
                try await edit(call, &order)
            } catch let several as SeveralMatches {
                return try await page.show(call, several.typed)
            } catch {
                return try await page.refuse(error, call, typed(call))
            }
            try drafts.keep(order)
            return .redirect(to: "/visit")
        }
    }

    private func typed(_ call: Call) -> Typed {
        Typed(
            diagnosis: call.fields["diagnosis"], item: call.fields["item"],
            quantity: call.fields["quantity"], price: call.fields["price"],
            days: call.fields["days"], trace: call.fields["trace"])
    }

    private func items(_ text: String) async -> [MatchView] {
        let (policy, today) = (await desk.policy, desk.today)
        let level = await desk.assignment.level
        return policy.items(matching: text, on: today, limit: VisitEntry.mostMatches)
            .enumerated().map { MatchView($0.offset + 1, $0.element, at: level) }
    }

    private func diagnoses(_ text: String) async -> [MatchView] {
        let policy = await desk.policy
        return policy.diagnoses(matching: text, limit: VisitEntry.mostMatches)
            .enumerated().map { MatchView($0.offset + 1, $0.element) }
    }

    private func addDiagnosis(_ call: Call, _ order: inout Order) async throws {
        let text = call.fields["diagnosis"]
        let policy = await desk.policy
        var code = call.fields["code"]
        if code.isEmpty {
            let found = await diagnoses(text)
            guard let first = found.first else { throw Refusal.unknownDiagnosis(text) }
            let exact = found.first { $0.name == text || $0.code == text }
            guard found.count == 1 || exact != nil else {
                throw SeveralMatches(typed: Typed(diagnosis: text, diagnoses: found))
            }
            code = (exact ?? first).code
        }
        guard policy.diagnosis(code) != nil else { throw Refusal.unknownDiagnosis(code) }
        guard !order.diagnoses.contains(code), order.diagnoses.count < VisitEntry.mostDiagnoses
        else { return }
        order.diagnoses.append(code)
    }

    private func addLine(_ call: Call, _ order: inout Order) async throws {
        let text = call.fields["item"]
        let policy = await desk.policy
        var code = call.fields["code"]
        if code.isEmpty {
            let found = await items(text)
            guard let first = found.first else { throw Refusal.unknownItem(text) }
            let exact = found.filter { $0.name == text || $0.code == text }
            guard found.count == 1 || exact.count == 1 else {
                var typed = typed(call)
                typed.items = found
                throw SeveralMatches(typed: typed)
            }
            code = (exact.first ?? first).code
        }
        guard let item = policy.catalogue.item(code, desk.today) else {
            throw Refusal.unknownItem(text.isEmpty ? code : text)
        }
        guard order.lines.count < Bill.mostLines else {
            throw PricingFault.tooManyLines(order.lines.count + 1)
        }
        order.lines.append(try Order.Line(call.fields, item))
    }

    /// The medicines of the person's last visit at this desk, at today's prices.
    private func repeatLast(_ order: inout Order) async throws {
        let (policy, today) = (await desk.policy, desk.today)
        guard let visit = try desk.lastVisit(of: order.person) else { return }
        if order.diagnoses.isEmpty { order.diagnoses = visit.diagnoses }
        for line in visit.lines where order.lines.count < Bill.mostLines {
            guard let item = policy.catalogue.item(line.code, today) else { continue }
            order.lines.append(
                Order.Line(
                    code: item.code, quantity: line.quantity,
                    price: item.has(.unlisted) ? line.price : item.price, days: line.days))
        }
    }
}

/// No fault: the operator chooses from a numbered list.
private struct SeveralMatches: Error { let typed: Typed }

struct Matches { let matches: [MatchView] }
