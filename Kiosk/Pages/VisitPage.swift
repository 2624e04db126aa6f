import Hummingbird
import Identifying
import Journaling
import Pricing
import Settling
import Syncing
import Vocabulary

/// The visit: four bands that fill from top to bottom, from card to receipt.
struct VisitPage: Sendable {
    let site: Site
    var desk: Desk { site.desk }

    func add(to routes: Routes) {
        routes.get("/visit", for: .villageDoctor) { call in try await show(call) }
        // Somebody reloads an answer or types its address: back to the visit, nothing is lost.
        routes.get("/visit/:step") { _ in .redirect(to: "/visit") }
        routes.post("/visit/patient", for: .villageDoctor) { call in try await identify(call) }
        routes.post("/visit/choose", for: .villageDoctor) { call in try await choose(call) }
        routes.post("/visit/aside", for: .villageDoctor) { call in
            try drafts(call).putAside()
            return .redirect(to: "/visit")
        }
        routes.post("/visit/settle", for: .villageDoctor) { call in try await settle(call) }
        routes.post("/visit/draw", for: .villageDoctor) { call in try await draw(call) }
        VisitEntry(page: self).add(to: routes)
    }

    func drafts(_ call: Call) -> Drafts {
        Drafts(desk: desk, owner: call.session.person.id)
    }

    /// The page as the draft stands, with what was typed and what has to be said.
    func show(_ call: Call, _ typed: Typed = Typed(), notice: Notice? = nil) async throws
        -> Response
    {
        var notice = notice
        var view = VisitView(typed: typed, saved: Saved(call.fields, desk.clock.now()))
        if notice == nil, call.fields["slip"] == "failed" {
            notice = .problem(Texts.of("slipFailed"))
        }
        do {
            if let order = try drafts(call).current() {
                try await view.fill(with: order, from: desk)
            }
        } catch {
            // A draft that cannot be shown must not block the desk: it is put aside, not lost.
            try drafts(call).putAside()
            notice = .problem(try await site.sentence(error))
        }
        view.settleFocus()
        return try await site.page(
            "visit", view, title: Texts.of("visit"), for: call.session, notice: notice,
            status: notice?.isProblem == true ? .unprocessableContent : .ok)
    }

    func refuse(_ error: any Error, _ call: Call, _ typed: Typed = Typed()) async throws
        -> Response
    {
        try await show(call, typed, notice: .problem(try await site.sentence(error)))
    }

    private func identify(_ call: Call) async throws -> Response {
        let text = call.fields["scan"]
        do {
            return try await begin(try await desk.identify(text), call)
        } catch IdentificationFault.ambiguous(let members) {
            let today = desk.today
            let people = members.prefix(9).enumerated().map {
                PersonChoice($0.offset + 1, $0.element, on: today)
            }
            let typed = Typed(scan: text, people: people, more: members.count > 9)
            return try await show(call, typed)
        } catch {
            return try await refuse(error, call, Typed(scan: text))
        }
    }

    private func choose(_ call: Call) async throws -> Response {
        guard let number = PersonNumber(rawValue: call.fields["person"]),
            let member = try desk.shelf.member(number)
        else { return .redirect(to: "/visit") }
        let identified = Identified(member: member, assurance: .name)
        return try await begin(try await desk.patient(identified), call)
    }

    private func begin(_ patient: Patient, _ call: Call) async throws -> Response {
        let left = try drafts(call).begin(patient)
        guard let left, let member = try desk.shelf.member(left) else {
            return .redirect(to: "/visit")
        }
        return try await show(call, notice: .said(Texts.putAside(member.name)))
    }

    /// Asks the county for what the visit lacks; whatever comes of it, the visit can go on.
    private func draw(_ call: Call) async throws -> Response {
        guard let order = try drafts(call).current() else { return .redirect(to: "/visit") }
        do {
            let given = try await desk.draw(
                for: order, by: call.session, over: try site.carrier())
            return try await show(call, notice: .said(Texts.drawn(given)))
        } catch {
            let sentence = try await site.sentence(error)
            return try await show(call, notice: .said(Texts.notDrawn(sentence)))
        }
    }

    private func settle(_ call: Call) async throws -> Response {
        guard let order = try drafts(call).current() else { return .redirect(to: "/visit") }
        do {
            let proposal = try await desk.quote(order)
            let due = proposal.asked
            try proposal.admit(order)
            // Another tab, another patient, a new price: what was on the screen is what is settled.
            guard call.fields["seen"] == markSeen(order, due, proposal.byAccounts) else {
                throw Refusal.changedMeanwhile
            }
            let payment = try Payment(call.fields, due: due, accounts: proposal.byAccounts)
            let entry = try await desk.settle(order, paying: payment.tenders, by: call.session)
            try drafts(call).finish(order)
            let printed = await site.printSlip(entry.header.sequence)
            let change = payment.change.map { "&change=\($0.fen)" } ?? ""
            let slip = printed ? "" : "&slip=failed"
            return .redirect(to: "/visit?saved=\(entry.header.sequence)\(change)\(slip)")
        } catch {
            return try await refuse(error, call, Typed(given: call.fields["given"]))
        }
    }
}

/// What a form brought and could not be taken over yet, shown again as it was typed.
struct Typed: Sendable {
    var scan = ""
    var diagnosis = ""
    var item = ""
    var quantity = ""
    var price = ""
    var days = ""
    var trace = ""
    var given = ""
    /// Several matches to choose from by number.
    var people: [PersonChoice] = []
    var diagnoses: [MatchView] = []
    var items: [MatchView] = []
    var more = false
}
