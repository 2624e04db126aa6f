import DemoCounty
import Foundation
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// Every entry that moves money is booked twice, differences are entries, closed months stand.
@Suite(.onBothStores) struct BooksTests {
    private func balance(_ office: Office, _ by: TrialBalance.By) throws -> TrialBalance {
        try office.balance(BalanceInput(by: by))
    }

    private func account(_ balance: TrialBalance, _ account: Account) -> Money {
        balance.groups.compactMap { $0.accounts[account.rawValue] }.sum()
    }

    @Test func `a booking that does not sum cannot be made`() {
        #expect(Booking([(.cashDrawer, Money(fen: 1))]) == nil)
        let sound = Booking([(.cashDrawer, Money(fen: 1)), (.clinicIncome, Money(fen: -1))])
        #expect(sound?.lines.count == 2)
        #expect(Booking([])?.lines == [:])
    }

    @Test func `a day's visits, voids, receipts and closes stand in every trial balance`()
        async throws
    {
        let county = try await TestCounty()
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let desk = try await county.device("H41992590001", operator: ("T0001", "135790"))
        let li = try county.small.member(.liGuihua)
        let wang = try county.small.member(.wangDashan)
        try await clinic.visit(li, fen: 40_000)
        let wrong = try await clinic.visit(wang, fen: 50_000)
        _ = try await clinic.desk.void(wrong.header.sequence, reason: "x", by: clinic.session)
        _ = try await desk.collect(li, id: "a")
        // Counted three yuan short, and then once more and right.
        for (place, pieces) in [[10_000: 3, 5_000: 1], [10_000: 4]].enumerated() {
            let short = place == 0 ? "少五十" : ""
            _ = try? await desk.desk.close(
                pieces, sentence: short, id: "c\(place)", by: desk.session)
        }
        for device in [clinic, desk] { try await device.night() }

        for by in TrialBalance.By.allCases {
            let balance = try balance(county.office, by)
            #expect(balance.sum == .zero && !balance.groups.isEmpty)
            #expect(balance.groups.allSatisfy { $0.sum == .zero }, "\(by)")
        }
        let all = try balance(county.office, .scheme)
        #expect(account(all, .clinicIncome).fen == -40_000)
        #expect(account(all, .fund("hifp_pay")).fen == 5_000)
        #expect(account(all, .clinicReceivable).fen == 5_000)
        #expect(account(all, .clinicPayable).fen == -5_000)
        #expect(account(all, .contributionIncome).fen == -40_000)
        // The clinic's cash is still in its drawer, the desk's went to the bank.
        #expect(account(all, .cashDrawer).fen == 35_000)
        #expect(account(all, .inTransit).fen == 40_000)
        #expect(account(all, .cashDifference) == .zero)
        #expect(try await county.office.verify().faults == [])
        #expect(try await county.office.rebuild().unchanged)
    }

    private func thirtyDays(
        of people: ArraySlice<Member>, at clinic: TestDevice, _ county: TestCounty
    ) async throws -> Int {
        var visits = 0
        for day in 0..<30 {
            for (place, person) in people.enumerated() where (day + place) % 3 == 0 {
                if (try? await clinic.visit(person, fen: 9_000 + 1_000 * place)) != nil {
                    visits += 1
                }
            }
            county.small.clock.advance(seconds: 86_400)
        }
        return visits
    }

    /// Thirty days of visits, then a price limit that was in force from the first of them on.
    @Test func `a policy dated back gives explicit adjustments alone, and the books balance`()
        async throws
    {
        let county = try await TestCounty()
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let first = county.small.clock.clock.now().day
        let people = county.small.members.filter { $0.coverage.died == nil }.prefix(4)
        let visits = try await thirtyDays(of: people, at: clinic, county)
        #expect(visits > 20)
        _ = try await clinic.desk.send(county.wire(clinic.desk))
        let office = county.office
        #expect(try await office.bookAdjustments() == 0)
        let before = try balance(office, .clinic)
        let settled = account(before, .fund("hifp_pay"))

        let limit = Draft.PriceChange(
            code: "XC08CAQ866A001010199001", price: Money(fen: 300), limit: Money(fen: 300),
            from: first)
        _ = try await office.publish(
            Draft(prices: [limit], parameters: [], note: "追溯"), by: "C0001", pin: "112233")
        _ = try await office.release(by: "C0002", pin: "445566")
        // Nothing that was settled has moved; what differs waits to be booked.
        #expect(account(try balance(office, .clinic), .fund("hifp_pay")) == settled)
        let written = try await office.bookAdjustments()
        #expect(written > 0 && written <= visits)
        #expect(try await office.bookAdjustments() == 0)

        let after = try balance(office, .clinic)
        #expect(after.sum == .zero && after.groups.allSatisfy { $0.sum == .zero })
        let years = try office.store.read { session in
            try people.compactMap { try session.personYear($0.number, first.year) }
                + people.compactMap { try session.personYear($0.number, first.year + 1) }
        }
        #expect(account(after, .fund("hifp_pay")) == years.map(\.due.fund).sum())
        #expect(years.flatMap(\.corrections).allSatisfy { $0.open.isEmpty && !$0.booked.isEmpty })
        // Who priced by old prices bears it: the clinic claims that much less.
        #expect(account(after, .clinicBears) == settled - account(after, .fund("hifp_pay")))
        #expect(try await office.verify().faults == [])
        #expect(try await office.rebuild().unchanged)
    }

    /// One clerk asks, a second closes; neither alone, and not twice.
    private func closeByTwo(_ month: Month, _ office: Office) async throws {
        let asked = try await office.close(month, by: "C0001", pin: "112233")
        guard case .proposed = asked else { Issue.record("one clerk alone closed"); return }
        await #expect(throws: OfficeFault.samePerson) {
            try await office.close(month, by: "C0001", pin: "112233")
        }
        guard case .closed = try await office.close(month, by: "C0002", pin: "445566") else {
            Issue.record("two clerks did not close")
            return
        }
        await #expect(throws: OfficeFault.monthClosed(month)) {
            try await office.close(month, by: "C0001", pin: "112233")
        }
    }

    @Test func `a closed month stands, and what comes late goes into the open one`() async throws {
        let county = try await TestCounty()
        let office = county.office
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let other = try await county.device("H41992500002", operator: ("D0002", "246810"))
        let people = county.small.members.filter { $0.coverage.died == nil }
        try await clinic.visit(people[0], fen: 40_000)
        try await other.visit(people[0], fen: 40_000)
        _ = try await clinic.desk.send(county.wire(clinic.desk))
        let november = Month(of: office.today)
        await #expect(throws: OfficeFault.monthNotOver(november)) {
            try await office.close(november, by: "C0001", pin: "112233")
        }
        county.small.clock.advance(seconds: 10 * 86_400)
        try await closeByTwo(november, office)
        func month(_ month: Month) throws -> [BookedRow] {
            try office.store.read {
                try $0.booked(from: month.firstDay, to: month.lastDay)
            }
        }
        let frozen = try month(november)
        _ = try await other.desk.send(county.wire(other.desk))
        #expect(try month(november) == frozen)
        let late = try month(november.next)
        #expect(!late.isEmpty && late.allSatisfy(\.place.isLate))
        // The deductible was borne twice: the difference is the person's, late, in the open month.
        #expect(try await office.bookAdjustments() == 1)
        #expect(try month(november) == frozen)
        let year = try office.store.read { try $0.personYear(people[0].number, november.year) }
        #expect(year?.owed.fen == 15_000)
        #expect(try month(november.next).map(\.amount).sum() == .zero)
        #expect(try await office.verify().faults == [])
        // The kiosk says so at the next visit.
        try await office.publishDaily()
        try await clinic.night()
        #expect(try clinic.desk.shelf.standing(people[0].number)?.owed?.fen == 15_000)
    }
}
