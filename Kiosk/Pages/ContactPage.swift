import Foundation
import Hummingbird
import Identifying
import Journaling
import Syncing
import Vocabulary

/// How a household's people are reached: a telephone and a village group each, one Enter keeps all.
struct ContactPage: Sendable {
    let site: Site

    func add(to routes: Routes) {
        routes.get("/contact/:household") { call in
            try await show(try people(call), call)
        }
        routes.post("/contact/:household") { call in try await keep(call) }
    }

    private func people(_ call: Call) async throws -> [Member] {
        try await site.desk.people(of: call.parameters.get("household") ?? "")
    }

    private func keep(_ call: Call) async throws -> Response {
        let people = try await people(call)
        do {
            // All are read before any is written, so that a slip of the hand keeps nothing.
            let typed = try people.map { try details(of: $0, call.fields) }
            var kept = 0
            for (member, details) in zip(people, typed) {
                let entry = try await site.desk.reach(member, at: details, by: call.session)
                kept += entry == nil ? 0 : 1
            }
            return try await show(
                try await self.people(call), call, kept: kept,
                notice: .said(Texts.reached(kept)))
        } catch let refusal as Refusal {
            return try await show(
                people, call, notice: .problem(try await site.sentence(refusal)))
        }
    }

    private func details(of member: Member, _ fields: Fields) throws(Refusal) -> ContactDetails {
        let typed = fields["group-\(member.number)"]
        let phone = narrow(fields["phone-\(member.number)"])
        let details = ContactDetails(phone: phone, group: typed.isEmpty ? nil : Int(narrow(typed)))
        guard typed.isEmpty || details.group != nil,
            ContactDetails(group: details.group).isPlausible
        else { throw .notReachable("") }
        guard details.isPlausible else { throw .notReachable(phone) }
        return details
    }

    /// Digits as a Chinese input method types them, without white space between them.
    private func narrow(_ typed: String) -> String {
        (typed.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? typed)
            .filter { !$0.isWhitespace }
    }

    private func show(
        _ people: [Member], _ call: Call, kept: Int? = nil, notice: Notice? = nil
    ) async throws -> Response {
        let household = call.parameters.get("household") ?? ""
        let isDoctor = call.session.person.role == .villageDoctor
        let chosen = people.first { $0.number.rawValue == call.fields["person"] } ?? people.first
        let rows = people.map { member in
            ContactRow(
                person: member.number.rawValue, name: member.name,
                about: Texts.person(member, on: site.desk.today),
                phone: typed("phone", member, call, kept) ?? member.phone ?? "",
                group: typed("group", member, call, kept) ?? String(member.home.group),
                isFirst: kept == nil && member == chosen)
        }
        let view = ContactView(
            household: household, place: people.first.map { Texts.place($0.home) } ?? "",
            rows: rows, isKept: kept != nil,
            back: isDoctor ? "/visit" : "/household/\(household)")
        return try await site.page(
            "contact", view, title: Texts.of("reach"), for: call.session, notice: notice,
            status: notice?.isProblem == true ? .unprocessableContent : .ok)
    }

    /// What was typed and refused stays in its field.
    private func typed(_ name: String, _ member: Member, _ call: Call, _ kept: Int?) -> String? {
        let all = call.fields.all("\(name)-\(member.number)")
        return kept == nil ? all.last : nil
    }
}

private struct ContactView {
    let household: String
    let place: String
    let rows: [ContactRow]
    let isKept: Bool
    let back: String
}

private struct ContactRow {
    let person: String
    let name: String
    let about: String
    let phone: String
    let group: String
    let isFirst: Bool
}
