import Collecting
import Hummingbird
import Identifying
import Journaling
import Settling
import Syncing
import Vocabulary

/// Collection: find a household by any member, tick, take the money, hand over one receipt.
struct HouseholdPage: Sendable {
    let site: Site
    var desk: Desk { site.desk }

    func add(to routes: Routes) {
        routes.get("/household", for: .townshipCollector) { call in try await search(call) }
        routes.post("/household", for: .townshipCollector) { call in try await find(call) }
        routes.get("/household/:number", for: .townshipCollector) { call in
            try await show(call.parameters.get("number") ?? "", call)
        }
        routes.post("/household/:number", for: .townshipCollector) { call in
            try await collect(call.parameters.get("number") ?? "", call)
        }
    }

    private func search(
        _ call: Call, _ text: String = "", choices: [HouseholdChoice] = [], notice: Notice? = nil
    ) async throws -> Response {
        let left = try await desk.receiptsLeft()
        let view = SearchView(
            searched: text, choices: choices, isChoosing: !choices.isEmpty,
            collecting: Texts.collecting(try await desk.collectionYear()),
            receiptsLeft: Mark(left < 20 ? .old : .plain, Texts.receiptsLeft(left)))
        return try await site.page(
            "households", view, title: Texts.of("collection"), for: call.session, notice: notice,
            status: notice == nil ? .ok : .unprocessableContent)
    }

    private func find(_ call: Call) async throws -> Response {
        let text = call.fields["find"]
        do {
            let numbers = try await desk.households(matching: text)
            if numbers.count == 1 { return .redirect(to: "/household/\(numbers[0])") }
            let choices = try numbers.prefix(9).enumerated().map { index, number in
                HouseholdChoice(index + 1, number, try desk.shelf.household(number))
            }
            return try await search(call, text, choices: choices)
        } catch {
            return try await search(
                call, text, notice: .problem(try await site.sentence(error)))
        }
    }

    private func show(_ number: String, _ call: Call, notice: Notice? = nil) async throws
        -> Response
    {
        let household = try await desk.household(number, year: try await desk.collectionYear())
        let allowed = try await desk.allowedTenders("390/contribution/tenders")
        let left = try await desk.receiptsLeft()
        let issued = try desk.shelf.issued(.daily)
        var view = HouseholdView(household, on: desk.today)
        view.identity = desk.randomness.identity()
        view.takesCash = allowed.contains(.cash)
        view.takesCard = allowed.contains(.bankCard)
        view.receiptsLeft = Mark(left < 20 ? .old : .plain, Texts.receiptsLeft(left))
        view.rollAge = issued.map { Texts.rollAge($0, on: desk.today) } ?? Texts.of("noRoll")
        view.given = call.fields["given"]
        for index in view.members.indices {
            guard let place = try ownReceipt(household.rows[index].member, household.year) else {
                continue
            }
            view.members[index].stateWord = place
        }
        return try await site.page(
            "household", view, title: Texts.collecting(household.year), for: call.session,
            notice: notice, status: notice == nil ? .ok : .unprocessableContent)
    }

    /// Where and when this desk took the year's money itself.
    private func ownReceipt(_ member: Member, _ year: Int) throws -> String? {
        try desk.journal.read { reader in
            for entry in try reader.entries(about: member.number).reversed() {
                guard case .contribution(let receipt) = entry.fact, receipt.year == year,
                    try reader.voider(of: entry.header.sequence) == nil
                else { continue }
                return Texts.paidHere(
                    entry.header.day, receipt: receiptNumber(receipt.number))
            }
            return nil
        }
    }

    private func collect(_ number: String, _ call: Call) async throws -> Response {
        let picks = call.fields.all("pick").compactMap(PersonNumber.init(rawValue:))
        do {
            let year = try await desk.collectionYear()
            let household = try await desk.household(number, year: year)
            let due = household.dues.filter { picks.contains($0.person) }.sum { $0.toPay }
            let payment = try Payment(call.fields, due: due)
            let entry = try await desk.collect(
                picks, of: number, year: year, id: identity(call), paying: payment.tenders,
                by: call.session)
            let printed = await site.printSlip(entry.header.sequence)
            let change = payment.change.map { "&change=\($0.fen)" } ?? ""
            let slip = printed ? "" : "&slip=failed"
            let receipt = entry.header.sequence
            return .redirect(to: "/receipt/\(receipt)?saved=\(receipt)\(change)\(slip)")
        } catch {
            return try await show(
                number, call, notice: .problem(try await site.sentence(error)))
        }
    }

    /// Made when the page was shown, so that pressing twice collects once.
    private func identity(_ call: Call) -> String {
        let typed = call.fields["id"]
        let isOurs = typed.count == 16 && typed.allSatisfy(\.isHexDigit)
        return isOurs ? typed : desk.randomness.identity()
    }
}
