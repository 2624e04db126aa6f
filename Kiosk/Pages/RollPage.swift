import Hummingbird
import Identifying
import Syncing
import Vocabulary

/// The roll: look somebody up by name or initials without beginning a visit.
struct RollPage: Sendable {
    let site: Site

    func add(to routes: Routes) {
        routes.get("/roll") { call in try await show(call, "", []) }
        routes.post("/roll") { call in
            let text = call.fields["name"]
            let found = text.isEmpty ? [] : try site.desk.shelf.search(text, limit: 20)
            return try await show(call, text, found)
        }
    }

    private func show(_ call: Call, _ text: String, _ found: [Member]) async throws -> Response {
        let policy = await site.desk.policy
        let today = site.desk.today
        let rows = try found.enumerated().map { index, member in
            RollRow(
                choice: PersonChoice(index + 1, member, on: today),
                state: Texts.state(try member.eligibility(on: today, by: policy.rules)),
                household: member.home.household)
        }
        let issued = try site.desk.shelf.issued(.daily)
        let view = RollView(
            searched: text, rows: rows, isNobody: rows.isEmpty && !text.isEmpty,
            rollAge: issued.map { Texts.rollAge($0, on: today) } ?? Texts.of("noRoll"),
            isDoctor: call.session.person.role == .villageDoctor)
        return try await site.page("roll", view, title: Texts.of("roll"), for: call.session)
    }
}

private struct RollView {
    let searched: String
    let rows: [RollRow]
    /// Something was searched for and nobody found.
    let isNobody: Bool
    let rollAge: String
    let isDoctor: Bool
}

private struct RollRow {
    let choice: PersonChoice
    let state: Mark
    let household: String
}
