import Cataloguing
import Journaling
import Pricing
import Publishing
import Rules
import Syncing
import Vocabulary

/// The changes a clerk has gathered, before and after, and the PIN that signs them.
struct DraftPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading = Texts.page["draft"] ?? ""
    let back = [Cell(Texts.page["policy"] ?? "", to: "/policy")]
    let fault: [String]
    let lacking: [String]
    let note: String
    let changes: [PolicyChange]
    let effect: String
    /// What dividing limits can cost at worst, where the draft changes it.
    let worst: [String]
    let mayPublish: Bool
    let any: Bool
    let ready: Bool
}

/// One question: the new price, or the new value.
struct ChangePage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading: String
    let name: String
    let small: String
    let action: String
    let path: String
    let isPrice: Bool
    let now: [FactLine]
    let unit: String
    let from: String
    /// Leaving the limit as it is must not take it away.
    let limit: String
}

// A draft is kept in the store under its clerk's number, so a restart loses nothing.
extension Site {
    func draftOf(_ id: String) throws -> Draft {
        let bytes = try office.store.read { try $0.note("draft/\(id)") }
        return try bytes.map { try CompactJSON.decode(Draft.self, from: $0) } ?? Draft()
    }

    func keep(_ draft: Draft, of id: String) throws {
        let bytes = try CompactJSON.encode(draft)
        try office.store.write { try $0.put(note: "draft/\(id)", bytes) }
    }

    func draft(_ ask: Ask) async throws -> Answer {
        try await draftAnswer(ask, try draftOf(ask.person.id))
    }

    private func draftAnswer(_ ask: Ask, _ draft: Draft, fault: [String] = []) async throws
        -> Answer
    {
        guard let content = try await shelf.content(office) else { throw OfficeFault.noPolicy }
        var fault = fault
        var changes: [PolicyChange] = []
        var worst: [String] = []
        if !draft.prices.isEmpty || !draft.parameters.isEmpty {
            do {
                let after = try content.content.applying(draft)
                changes = try PolicyDifference(before: content.content, after: after)
                    .changes(draft)
                worst = try office.store.read {
                    try worstCases(content.content, after, $0)
                }
            } catch let refused as DraftFault {
                fault.append(Texts.sentence(for: refused))
                changes = PolicyChange.bare(draft)
            }
        }
        return .page(
            "draft",
            DraftPage(
                frame: frame(ask), fault: fault,
                lacking: try office.store.read(policiesLacking), note: draft.note, changes: changes,
                effect: try effect(draft.firstDay), worst: worst, mayPublish: ask.mayPublish,
                any: !changes.isEmpty, ready: ask.mayPublish && !changes.isEmpty))
    }

    /// What a changed policy can cost at worst; nothing where it costs what the old one did.
    func worstCases(
        _ before: PolicyContent?, _ after: PolicyContent, _ session: any LedgerSession
    ) throws -> [String] {
        let new = try WorstCases(after.rulebook(), on: office.today, session).sentences
        let old = try before.map {
            try WorstCases($0.rulebook(), on: office.today, session).sentences
        }
        return new == old ? [] : new
    }

    /// How much of the ledger the first day touches.
    func effect(_ firstDay: Day?) throws -> String {
        guard let firstDay else { return "" }
        let today = office.today
        guard firstDay <= today else { return Texts.fromDay(firstDay) }
        let rows = try office.store.read { try $0.days(from: firstDay, to: today) }
        return Texts.pricedAgain(firstDay, rows.total().visits)
    }

    func priceForm(_ ask: Ask) async throws -> Answer {
        guard let content = try await shelf.content(office) else { throw OfficeFault.noPolicy }
        let code = ask.path["code"] ?? ""
        guard let item = content.catalogue.item(code, office.today) else {
            throw DraftFault.unknownItem(code)
        }
        return .page(
            "change",
            ChangePage(
                frame: frame(ask), heading: Texts.page["changePrice"] ?? "",
                name: item.name + " " + item.specification, small: item.code,
                action: "/policy/draft/price/\(item.code)", path: "", isPrice: true,
                now: [
                    FactLine(Texts.label("price"), .money(item.price)),
                    FactLine(
                        Texts.label("limit"),
                        item.priceLimit.map { .money($0) } ?? Cell(Texts.noLimit)),
                    FactLine(Texts.label("since"), item.validFrom.description),
                ], unit: Texts.unitYuan, from: office.today.adding(days: 1).description,
                limit: item.priceLimit?.description ?? ""))
    }

    func changePrice(_ ask: Ask) async throws -> Answer {
        let code = ask.path["code"] ?? ""
        let change = Draft.PriceChange(
            code: code, price: try ask.form.money("price"),
            limit: ask.form.has("limit") ? try ask.form.money("limit") : nil,
            from: try ask.form.needDay("from"))
        return try await adding(ask) { draft in
            draft.prices.removeAll { $0.code == change.code && $0.from == change.from }
            draft.prices.append(change)
        }
    }

    func parameterForm(_ ask: Ask) async throws -> Answer {
        guard let content = try await shelf.content(office) else { throw OfficeFault.noPolicy }
        let path = ask.query["path"]
        guard let parameter = content.rules[path], let last = parameter.values.last else {
            throw DraftFault.unknownParameter(path)
        }
        return .page(
            "change",
            ChangePage(
                frame: frame(ask), heading: Texts.page["changeParameter"] ?? "",
                name: parameter.description, small: path, action: "/policy/draft/parameter",
                path: path, isPrice: false,
                now: [
                    FactLine(
                        Texts.label("value"),
                        Cell(Texts.value(last.value, parameter.unit), css: "num")),
                    FactLine(Texts.label("since"), last.from.description),
                    FactLine(Texts.label("source"), last.source),
                ], unit: Texts.expectation(parameter.unit),
                from: max(office.today, last.from).adding(days: 1).description, limit: ""))
    }

    func changeParameter(_ ask: Ask) async throws -> Answer {
        guard ask.form.has("value") else { throw PageFault.unreadable(field: "value") }
        guard ask.form.has("source") else { throw DraftFault.sourceMissing(ask.form["path"]) }
        let change = Draft.ParameterChange(
            path: ask.form["path"], value: ask.form["value"], from: try ask.form.needDay("from"),
            source: ask.form["source"])
        return try await adding(ask) { draft in
            draft.parameters.removeAll { $0.path == change.path }
            draft.parameters.append(change)
        }
    }

    /// Keeps a changed draft only where it can be applied whole; the refusal says what is wrong.
    private func adding(_ ask: Ask, _ change: (inout Draft) -> Void) async throws -> Answer {
        guard ask.mayPublish else { throw OfficeFault.roleNotAllowed(ask.person.id) }
        guard let content = try await shelf.content(office) else { throw OfficeFault.noPolicy }
        var draft = try draftOf(ask.person.id)
        change(&draft)
        _ = try content.content.applying(draft)
        try keep(draft, of: ask.person.id)
        return .see("/policy/draft")
    }

    func removeChange(_ ask: Ask) async throws -> Answer {
        var draft = try draftOf(ask.person.id)
        draft.prices.removeAll { PolicyChange.key($0) == ask.form["change"] }
        draft.parameters.removeAll { PolicyChange.key($0) == ask.form["change"] }
        try keep(draft, of: ask.person.id)
        return .see("/policy/draft")
    }

    func publish(_ ask: Ask) async throws -> Answer {
        let id = ask.person.id
        var draft = try draftOf(id)
        draft.note = ask.form["note"]
        try keep(draft, of: id)
        guard !draft.note.isEmpty else {
            return try await draftAnswer(ask, draft, fault: [Texts.page["noteMissing"] ?? ""])
        }
        do {
            let (whole, pin) = (draft, ask.form["pin"])
            try await door.withAttempt(of: id) {
                _ = try await office.publish(whole, by: id, pin: pin)
            }
        } catch let fault where Site.isTypingFault(fault) {
            return try await draftAnswer(ask, draft, fault: [Site.sentence(fault)])
        }
        try keep(Draft(), of: id)
        return .see("/policy/proposal")
    }

    /// Faults that are answered on the page itself, with everything typed still there.
    static func isTypingFault(_ fault: any Error) -> Bool {
        fault is OfficeFault || fault is DraftFault || fault is ReleaseFault || fault is PageFault
    }

    static func sentence(_ fault: any Error) -> String {
        (fault as? PageFault).map(Texts.refusal) ?? Texts.sentence(for: fault)
    }
}
