import Allotting
import Collecting
import DemoCounty
import Foundation
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import Settling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// What adjustments lay on people is settled by their next visits, through real desks and the office.
@Suite(.onBothStores) struct OwedDayTests {
    private static let item = "XC08CAQ866A001010199001"
    /// Everything at once, and the person bears what an outdated policy paid too much.
    private static let whole = [
        "common/overpaid/policy_out_of_date": "person", "common/owed/at_next_visit": "all",
        "common/owed/least": "0.00",
    ]

    private func account(_ office: Office, _ account: Account) throws -> Money {
        let balance = try office.balance(BalanceInput(by: .clinic))
        #expect(balance.sum == .zero && balance.groups.allSatisfy { $0.sum == .zero })
        return balance.groups.compactMap { $0.accounts[account.rawValue] }.sum()
    }

    private func years(_ people: some Sequence<Member>, _ office: Office) throws -> [PersonYear] {
        try office.store.read { session in
            try people.flatMap { person in
                try session.years(of: person.number).compactMap {
                    try session.personYear(person.number, $0)
                }
            }
        }
    }

    private func thirtyDays(
        of people: some Sequence<Member>, at clinic: TestDevice, _ county: TestCounty
    ) async throws {
        for day in 0..<30 {
            for (place, person) in people.enumerated() where (day + place) % 3 == 0 {
                _ = try? await clinic.visit(person, fen: 9_000 + 1_000 * place)
            }
            county.small.clock.advance(seconds: 86_400)
        }
        try await clinic.night()
    }

    private func publish(limit fen: Int, from first: Day, _ office: Office) async throws {
        let change = Draft.PriceChange(
            code: Self.item, price: Money(fen: fen), limit: Money(fen: fen), from: first)
        _ = try await office.publish(
            Draft(prices: [change], parameters: [], note: "追溯"), by: "C0001", pin: "112233")
        _ = try await office.release(by: "C0002", pin: "445566")
    }

    private func indebted() async throws -> (TestCounty, TestDevice, [Member]) {
        let county = try await TestCounty(rules: Self.whole)
        let office = county.office
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let first = county.small.clock.clock.now().day
        let people = county.small.members.filter { $0.coverage.died == nil }.prefix(4)
        try await thirtyDays(of: people, at: clinic, county)
        try await publish(limit: 300, from: first, office)
        #expect(try await office.bookAdjustments() > 0)
        let owing = try years(people, office)
        let debt = owing.map(\.owed).sum()
        #expect(debt < .zero && owing.contains { ($0.owing ?? []).count > 1 })
        #expect(try account(office, .person) == -debt)
        try await office.publishDaily()
        try await clinic.night()
        return (county, clinic, Array(people))
    }

    /// Thirty days, a price limit dated back to the first of them, adjustments, the next visits.
    @Test func `what a policy dated back lays on people is even after their next visits`()
        async throws
    {
        let (county, clinic, people) = try await indebted()
        let office = county.office
        let fund = try account(office, .fund("hifp_pay"))
        var paid = Money.zero
        for person in people {
            let open = (try clinic.desk.shelf.standing(person.number)?.owing ?? []).total
            let entry = try await clinic.visit(person, fen: 3_000)
            guard case .visit(let visit) = entry.fact else { return }
            #expect((visit.settles ?? []).total == open)
            #expect(
                (visit.tenders["cash"] ?? .zero) == visit.amounts.personPart - open)
            paid += visit.amounts.fundTotal
            // The next one the same day asks for nothing more.
            let patient = try await clinic.desk.patient(
                Identified(member: person, assurance: .name))
            #expect(patient.owing.isEmpty)
        }
        try await clinic.night()
        #expect(try await office.bookAdjustments() == 0)
        let even = try years(people, office)
        #expect(even.allSatisfy { $0.owed == .zero && $0.owing == nil })
        #expect(!even.flatMap(\.clashes).contains { $0.kind == .owedTwice })
        #expect(try account(office, .person) == .zero)
        // Whoever gave back gave it to the county through the clinic, and no fund moved again.
        #expect(try account(office, .fund("hifp_pay")) == fund + paid)
        #expect(
            try account(office, .clinicReceivable) + account(office, .clinicPayable) == .zero)
        let published = try office.store.read {
            try $0.standings(township: SmallCounty.township, year: office.today.year)
        }
        #expect(published.allSatisfy { $0.owing == nil })
        #expect(try await office.verify().faults == [])
        #expect(try await office.rebuild().unchanged)
    }

    /// The deductible borne at two clinics: the county owes the person 150.00.
    private func owed(_ rules: [String: String] = whole) async throws -> (
        county: TestCounty, clinics: [TestDevice], person: Member
    ) {
        let county = try await TestCounty(mode: .optimistic, rules: rules)
        let clinics = [
            try await county.device("H41992500001", operator: ("D0001", "246810")),
            try await county.device("H41992500002", operator: ("D0002", "246810")),
        ]
        let person = try county.small.member(.liGuihua)
        for clinic in clinics { try await clinic.visit(person, fen: 40_000) }
        try await exchange(county, clinics)
        return (county, clinics, person)
    }

    /// Everybody sends, the county books and publishes, everybody reads.
    private func exchange(_ county: TestCounty, _ clinics: [TestDevice]) async throws {
        for clinic in clinics { try await clinic.night() }
        try await county.office.bookAdjustments()
        try await county.office.publishDaily()
        for clinic in clinics { try await clinic.night() }
    }

    private func open(_ clinic: TestDevice, _ person: Member) async throws -> Int {
        try await clinic.desk.patient(Identified(member: person, assurance: .name))
            .owing.total.fen
    }

    @Test func `two clinics that settle the same sum are told apart, and the next visit mends it`()
        async throws
    {
        let (county, clinics, person) = try await owed()
        for clinic in clinics {
            #expect(try await open(clinic, person) == 15_000)
            county.small.clock.advance(seconds: 8 * 86_400)
            try await clinic.visit(person, fen: 60_000)
            #expect(try await open(clinic, person) == 0)
        }
        try await exchange(county, clinics)
        let twice = try years([person], county.office)
        #expect(twice.map(\.owed.fen) == [-15_000])
        #expect(twice.flatMap(\.clashes).filter { $0.kind == .owedTwice }.count == 1)
        #expect(try account(county.office, .person).fen == 15_000)
        for clinic in clinics { #expect(try await open(clinic, person) == -15_000) }
        county.small.clock.advance(seconds: 8 * 86_400)
        try await clinics[1].visit(person, fen: 60_000)
        try await exchange(county, clinics)
        #expect(try years([person], county.office).map(\.owed) == [.zero])
        #expect(try account(county.office, .person) == .zero)
        for clinic in clinics { #expect(try await open(clinic, person) == 0) }
        #expect(try await county.office.verify().faults == [])
        #expect(try await county.office.rebuild().unchanged)
    }

    @Test func `a void gives it back, before and after the county has seen the visit`()
        async throws
    {
        for seen in [false, true] {
            let (county, clinics, person) = try await owed()
            let entry = try await clinics[0].visit(person, fen: 61_000)
            #expect(try await open(clinics[0], person) == 0)
            if seen { try await exchange(county, clinics) }
            #expect(try await open(clinics[0], person) == 0)
            let till = try await clinics[0].desk.till(on: county.office.today).till.expected[.cash]
            guard case .visit(let visit) = entry.fact else { return }
            _ = try await clinics[0].desk.void(
                entry.header.sequence, reason: "错", by: clinics[0].session)
            #expect(try await open(clinics[0], person) == 15_000)
            // The drawer gives back what it took, and no more.
            let cash = visit.tenders["cash"] ?? .zero
            #expect(cash == visit.amounts.personPart - Money(fen: 15_000))
            let after = try await clinics[0].desk.till(on: county.office.today).till.expected[.cash]
            #expect((after ?? .zero) == (till ?? .zero) - cash)
            try await exchange(county, clinics)
            for clinic in clinics { #expect(try await open(clinic, person) == 15_000) }
            #expect(try account(county.office, .person).fen == -15_000)
        }
    }

    @Test func `a kiosk that does not know of it is never wrong, and later years still know`()
        async throws
    {
        let (county, clinics, person) = try await owed()
        // Offline since before the new year: it settles plainly.
        let other = try await county.device("H41992500001", operator: ("D0001", "246810"))
        #expect(try await open(other, person) == 15_000)
        let township = try await county.device("H41992590001", operator: ("T0001", "135790"))
        _ = try await township.collect(person, id: "next")
        county.small.clock.advance(seconds: 40 * 86_400)
        #expect(county.office.today.year == 2027)
        try await exchange(county, clinics + [township])
        #expect(try await open(clinics[0], person) == 15_000)
        guard case .visit(let visit) = try await clinics[0].visit(person, fen: 20_000).fact else {
            return
        }
        #expect(visit.settles?.map(\.year) == [2026])
        try await exchange(county, clinics)
        let both = try years([person], county.office)
        #expect(both.map(\.year).sorted() == [2026, 2027])
        #expect(both.allSatisfy { $0.owed == .zero })
        #expect(both.first { $0.year == 2026 }?.claimed.visits == 2)
        #expect(try account(county.office, .person) == .zero)
        for clinic in clinics { #expect(try await open(clinic, person) == 0) }
        #expect(try await county.office.verify().faults == [])
        #expect(try await county.office.rebuild().unchanged)
    }

    @Test func `where the policy says never, nothing is settled at a visit`() async throws {
        var rules = Self.whole
        rules["common/owed/at_next_visit"] = "never"
        let (county, clinics, person) = try await owed(rules)
        let entry = try await clinics[0].visit(person, fen: 60_000)
        guard case .visit(let visit) = entry.fact else { return }
        #expect(visit.settles == nil && visit.tenders["cash"] == visit.amounts.personPart)
        try await exchange(county, clinics)
        #expect(try years([person], county.office).map(\.owed.fen) == [15_000])
    }

    @Test func `the person's page says what is owed, and by which visit it was settled`()
        async throws
    {
        let (county, clinics, person) = try await owed()
        func story() throws -> String {
            try county.office.store.read { session in
                let year = YearStory(
                    member: person, year: 2026, places: try Places(session), content: nil,
                    personYear: try #require(try session.personYear(person.number, 2026)),
                    entries: try session.entries(of: person.number, year: 2026))
                return year.owed().map { section in
                    section.sentence
                        + section.table.rows.flatMap(\.cells).map { $0.text + $0.note + $0.href }
                        .joined(separator: "|")
                }.joined()
            }
        }
        let before = try story()
        #expect(before.contains("还应补给本人 150.00 元") && before.contains("还没有"))
        #expect(before.contains("起付线重复负担"))
        let entry = try await clinics[0].visit(person, fen: 60_000)
        try await exchange(county, clinics)
        let after = try story()
        #expect(after.contains("都已结清"))
        #expect(after.contains("/\(entry.header.kiosk)/\(entry.header.sequence)"))
    }
}
