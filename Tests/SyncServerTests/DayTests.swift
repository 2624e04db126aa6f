import Collecting
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

/// The whole day in one process, with a virtual clock and one seed.
@Suite struct DayTests {
    static let seed =
        ProcessInfo.processInfo.environment["SIMULATION_SEED"].flatMap(UInt64.init) ?? 1

    @Test func `a visit with no network reaches the county and a new price comes back`()
        async throws
    {
        print("seed \(Self.seed)")
        let county = try await TestCounty(seed: Self.seed)
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let li = try county.small.member(.liGuihua)

        // Day, no network.
        let visit = try await clinic.visit(li, fen: 40_000, id: "one")
        #expect(try await clinic.visit(li, fen: 40_000, id: "one") == visit)
        guard case .visit(let fact) = visit.fact else { throw Refusal.noLines }
        #expect(fact.amounts.deductible.fen == 30_000 && fact.amounts.fundTotal.fen == 5_000)
        #expect(try await !clinic.desk.status().allSigned)

        // Night.
        try await clinic.night()
        #expect(try await clinic.desk.status().allSigned)
        let year = try county.office.store.read { try $0.personYear(li.number, 2026) }
        #expect(year?.claimed.fund.fen == 5_000 && year?.clashes == [])

        // Morning: one price and one parameter from tomorrow on, by two people.
        try await changePolicy(county)
        #expect(try await clinic.night().bulletins["policy"] == 2)

        // The day before still prices the old way, the next day the new way.
        let today = try await clinic.visit(li, fen: 11_000, id: "two")
        county.small.clock.advance(seconds: 86_400)
        let next = try await clinic.visit(li, fen: 11_000, id: "three")
        #expect(fund(today) == 5_500)
        // Four yuan are charged for what may cost 3.60 from tomorrow on, and sixty percent are paid.
        #expect(fund(next) == 5_940)
        try await clinic.night()
        let after = try county.office.store.read { try $0.personYear(li.number, 2026) }
        #expect(after?.clashes == [] && after?.corrections == [])
        #expect(try await county.office.verify().faults == [])
        #expect(try await county.office.rebuild().unchanged)
        let verified = try clinic.desk.journal.verify(publicKey: clinic.desk.key.publicKey)
        #expect(verified.faults == [])
    }

    private func changePolicy(_ county: TestCounty) async throws {
        let tomorrow = county.small.clock.clock.now().day.adding(days: 1)
        let price = Draft.PriceChange(
            code: "XC08CAQ866A001010199001", price: Money(fen: 350), limit: Money(fen: 360),
            from: tomorrow)
        let rate = Draft.ParameterChange(
            path: "390/outpatient/rate", value: "0.60", from: tomorrow, source: "测试文件 1 号")
        let draft = Draft(prices: [price], parameters: [rate], note: "test")
        _ = try await county.office.publish(draft, by: "C0001", pin: "112233")
        await #expect(throws: ReleaseFault.samePerson) {
            try await county.office.release(by: "C0001", pin: "112233")
        }
        _ = try await county.office.release(by: "C0002", pin: "445566")
    }

    private func fund(_ entry: Entry) -> Int {
        if case .visit(let visit) = entry.fact { visit.amounts.fundTotal.fen } else { -1 }
    }

    @Test func `a deductible borne twice and a contribution taken twice show both sides`()
        async throws
    {
        let county = try await TestCounty()
        let first = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let second = try await county.device("H41992500002", operator: ("D0002", "246810"))
        let desks = [
            try await county.device("H41992590001", operator: ("T0001", "135790")),
            try await county.device("H41992590001", operator: ("T0001", "135790")),
        ]
        let li = try county.small.member(.liGuihua)
        try await first.visit(li, fen: 35_000)
        try await second.visit(li, fen: 35_000)
        let one = try await desks[0].collect(li, id: "a")
        await #expect(throws: (any Error).self) { try await desks[0].collect(li, id: "b") }
        county.small.clock.advance(seconds: 60)
        let two = try await desks[1].collect(li, id: "c")
        for device in [second, first] + desks { try await device.night() }

        let clashes = try county.office.store.read { try $0.clashes(limit: 10) }
        let deductible = try #require(clashes.first { $0.clash.kind == .deductibleTwice })
        #expect(deductible.clash.entries.map(\.kiosk.rawValue) == ["K0001", "K0002"])
        // Thirty thousand fen borne once too often at fifty percent.
        #expect(deductible.clash.amount.fen == 15_000)
        let contribution = try #require(clashes.first { $0.clash.kind == .contributionTwice })
        #expect(
            contribution.clash.entries == [
                EntryReference(kiosk: one.header.kiosk, sequence: one.header.sequence),
                EntryReference(kiosk: two.header.kiosk, sequence: two.header.sequence),
            ])
        #expect(contribution.clash.amount.fen == 40_000)
    }

    @Test func `a void gives back every counter and can be done once, that day`() async throws {
        let county = try await TestCounty()
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let wang = try county.small.member(.wangDashan)
        let before = try await clinic.desk.identify(wang.identity.description).standing
        let visit = try await clinic.visit(wang, fen: 50_000)
        let sequence = visit.header.sequence
        await #expect(throws: Refusal.reasonNeeded) {
            try await clinic.desk.void(sequence, reason: " ", by: clinic.session)
        }
        _ = try await clinic.desk.void(sequence, reason: "录错人", by: clinic.session)
        await #expect(throws: Refusal.alreadyVoided(sequence)) {
            try await clinic.desk.void(sequence, reason: "again", by: clinic.session)
        }
        let after = try await clinic.desk.identify(wang.identity.description).standing
        #expect(after == before)
        let other = try await clinic.visit(wang, fen: 50_000)
        county.small.clock.advance(seconds: 86_400)
        await #expect(throws: Refusal.voidOnlySameDay(visit.header.day)) {
            try await clinic.desk.void(other.header.sequence, reason: "late", by: clinic.session)
        }
        #expect(
            try await clinic.desk.till(on: visit.header.day).till.expected[.cash]?.fen == 40_000)
    }
}
