import HTTPTypes
import Hummingbird
import Syncing
import Vocabulary

/// Who works here? A number key, a PIN, and the day begins.
struct SignInPage: Sendable {
    let site: Site

    func add(to routes: Routes) {
        let router = routes.router
        router.get("/") { _, context in
            Response.redirect(to: home(context.session))
        }
        router.get("/signin") { request, _ in
            try await show(Fields(encoded: request.uri.query ?? "")["operator"])
        }
        router.post("/signin") { request, _ in try await signIn(try await Fields(request)) }
        router.post("/first") { _, _ in try await fetchFirst() }
        routes.post("/signout") { call in
            site.sessions.end(call.session)
            var response = Response.redirect(to: "/signin")
            response.setCookie(Sessions.cookie(""))
            return response
        }
    }

    private func home(_ session: Session?) -> String {
        switch session?.person.role {
        case .villageDoctor: "/visit"
        case .townshipCollector: "/household"
        case .some: "/status"
        case nil: "/signin"
        }
    }

    private func operators() throws -> [Operator] {
        try site.desk.shelf.operators().filter {
            [.villageDoctor, .townshipCollector].contains($0.role)
        }
    }

    private func show(_ chosen: String, notice: Notice? = nil) async throws -> Response {
        let people = try operators()
        let person = people.count == 1 ? people.first : people.first { $0.id == chosen }
        let assignment = await site.desk.assignment
        let view = SignInView(
            clinic: fullName(assignment.name, in: assignment.townshipName),
            kiosk: assignment.kiosk.rawValue,
            people: person == nil ? people.enumerated().map(Choice.init) : [],
            chosen: person.map(Choice.init), others: people.count > 1, isEmpty: people.isEmpty,
            now: site.desk.clock.now().clockTime)
        return try await site.page(
            "signin", view, title: Texts.of("signIn"), for: nil, notice: notice,
            status: notice == nil ? .ok : .unprocessableContent)
    }

    private func signIn(_ fields: Fields) async throws -> Response {
        do {
            let session = try await site.desk.signIn(fields["operator"], pin: fields["pin"])
            site.sessions.add(session)
            var response = Response.redirect(to: home(session))
            response.setCookie(Sessions.cookie(session.token))
            return response
        } catch {
            return try await show(
                fields["operator"], notice: .problem(try await site.sentence(error)))
        }
    }

    /// Fetches the first bulletins; only while nobody can sign in yet.
    private func fetchFirst() async throws -> Response {
        guard try operators().isEmpty else { return .redirect(to: "/signin") }
        return try await show("", notice: try await StatusPage(site: site).reachCounty())
    }
}

private struct SignInView {
    let clinic: String
    let kiosk: String
    let people: [Choice]
    let chosen: Choice?
    let others: Bool
    let isEmpty: Bool
    let now: String
}

private struct Choice {
    let number: Int
    let id: String
    let name: String
    let role: String

    init(_ place: Int, _ person: Operator) {
        number = place + 1
        id = person.id
        name = person.name
        role = Texts.word(person.role)
    }

    init(_ person: Operator) { self.init(0, person) }
}
