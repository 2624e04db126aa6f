import Hummingbird
import Journaling
import Syncing
import Vocabulary

/// The last five, one key away: print again, or take back with a reason.
struct RecentPage: Sendable {
    let site: Site

    func add(to routes: Routes) {
        routes.get("/recent") { call in try await show(call) }
        routes.post("/recent/:entry/void") { call in try await void(call) }
    }

    private func show(_ call: Call, notice: Notice? = nil) async throws -> Response {
        let kind = call.session.person.role == .villageDoctor ? "visit" : "contribution"
        let entries = try site.desk.journal.read { try $0.latest([kind], limit: 5) }
        var rows: [RecentRow] = []
        for (index, entry) in entries.enumerated() {
            let slip = try await site.desk.slip(entry.header.sequence)
            let isVoided = try site.desk.journal.read { try $0.voider(of: entry.header.sequence) }
            rows.append(
                RecentRow(
                    place: index + 1, entry: entry.header.sequence,
                    time: Texts.moment(entry.header.at, now: site.desk.clock.now()),
                    payer: slip.payer.first?.value ?? "", total: slip.proof.total.description,
                    paidPart: slip.paid, voidedWord: isVoided.map { Texts.voidedBy($0) },
                    canVoid: isVoided == nil && entry.header.day == site.desk.today))
        }
        return try await site.page(
            "recent", RecentView(rows: rows, isEmpty: rows.isEmpty), title: Texts.of("recent"),
            for: call.session, notice: notice,
            status: notice?.isProblem == true ? .unprocessableContent : .ok)
    }

    private func void(_ call: Call) async throws -> Response {
        let (number, reason) = (try call.number("entry"), call.fields["reason"])
        do {
            let entry = try await takeBack(number, reason, call.session)
            let printed = await site.printSlip(entry.header.sequence)
            let sentence = Texts.voided(number, by: entry)
            return try await show(
                call,
                notice: printed
                    ? .said(sentence) : .problem(sentence + Texts.of("slipFailed")))
        } catch {
            return try await show(call, notice: .problem(try await site.sentence(error)))
        }
    }

    private func takeBack(_ number: Int, _ reason: String, _ session: Session) async throws
        -> Entry
    {
        switch try site.desk.journal.read({ try $0.entry(number) })?.fact {
        case .visit where session.person.role == .villageDoctor:
            try await site.desk.void(number, reason: reason, by: session)
        case .contribution where session.person.role == .townshipCollector:
            try await site.desk.voidReceipt(number, reason: reason, by: session)
        case .visit: throw Refusal.roleNotAllowed(needed: .villageDoctor)
        case .contribution: throw Refusal.roleNotAllowed(needed: .townshipCollector)
        default: throw Refusal.nothingToVoid(number)
        }
    }
}

private struct RecentView {
    let rows: [RecentRow]
    let isEmpty: Bool
}

private struct RecentRow {
    let place: Int
    let entry: Int
    let time: String
    let payer: String
    let total: String
    let paidPart: String
    let voidedWord: String?
    let canVoid: Bool
}
