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

/// Devices that did not hear of each other, or of the county, and what becomes of it when they do:
/// from the desk through the county's night and back.
@Suite struct ApartTests {
    private func fund(_ entry: Entry) -> Int {
        if case .visit(let visit) = entry.fact { visit.amounts.fundTotal.fen } else { -1 }
    }

    private func year(_ person: Member, _ year: Int, _ county: TestCounty) throws -> PersonYear {
        try #require(try county.office.store.read { try $0.personYear(person.number, year) })
    }

    /// A yearly limit of 2,000.00 of which 1,960.00 is used, as both clinics know; then each of them
    /// pays 30.00, an hour apart, with no network. The first keeps 30.00, the second 10.00, and 20.00
    /// is to come back.
    @Test func `two clinics spend the rest of one limit, and the second's surplus comes back`()
        async throws
    {
        let county = try await TestCounty(rules: [
            "390/outpatient/rate": "0.80", "390/outpatient/limit_year": "2000.00",
            "390/outpatient/deductible": "0.00", "common/overpaid/limit_overspent": "person",
        ])
        let clinics = [
            try await county.device("H41992500001", operator: ("D0001", "246810")),
            try await county.device("H41992500002", operator: ("D0002", "246810")),
        ]
        let li = try county.small.member(.liGuihua)
        for _ in 0..<5 {
            #expect(fund(try await clinics[0].visit(li, fen: 49_000)) == 39_200)
            county.small.clock.advance(seconds: 3_600)
        }
        try await clinics[0].night()
        try await county.office.publishDaily()
        for clinic in clinics { try await clinic.night() }

        for clinic in clinics {
            #expect(fund(try await clinic.visit(li, fen: 3_750)) == 3_000)
            county.small.clock.advance(seconds: 3_600)
        }
        // The later one is heard of first.
        for clinic in clinics.reversed() { try await clinic.night() }
        let found = try year(li, 2026, county)
        #expect(found.claimed.fund.fen == 202_000 && found.due.fund.fen == 200_000)
        #expect(found.corrections.map(\.difference.fen) == [-2_000])
        #expect(found.corrections.map(\.visit.kiosk) == [clinics[1].desk.journal.kiosk])
        #expect(found.clashes.map(\.kind) == [.limitOverspent])

        #expect(try await county.office.bookAdjustments() == 1)
        #expect(try year(li, 2026, county).owed.fen == -2_000)
        try await county.office.publishDaily()
        try await clinics[1].night()
        #expect(try clinics[1].desk.shelf.standing(li.number)?.owed?.fen == -2_000)
    }

    /// A visit and its void travel apart, and the void is there first: it has no effect until the
    /// visit is there, and then both come to nothing.
    @Test func `a void that comes before its visit waits for it, and then nothing is left`()
        async throws
    {
        let county = try await TestCounty()
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let (journal, key) = (clinic.desk.journal, clinic.desk.key)
        let li = try county.small.member(.liGuihua)
        let signed = try journal.read { try $0.acknowledged().through }
        let visit = try await clinic.visit(li, fen: 40_000)
        func parcel(after sequence: Int) throws -> [UInt8] {
            let checkpoint = try journal.checkpoint(at: county.small.clock.clock.now(), key: key)
            return try nextParcel(of: journal, after: sequence, upTo: checkpoint, key: key).packed()
        }
        let first = try parcel(after: signed)
        _ = try await clinic.desk.void(visit.header.sequence, reason: "录错人", by: clinic.session)
        let void = try parcel(after: visit.header.sequence)

        let said = try Acknowledgement(
            bytes: try await county.office.receive(void), for: journal.kiosk,
            trust: clinic.desk.provision.trust)
        // The county asks for what comes before; nothing was counted.
        #expect(said.through == signed)
        #expect(try county.office.store.read { try $0.personYear(li.number, 2026) } == nil)
        _ = try await county.office.receive(first)
        #expect(try year(li, 2026, county).claimed.fund.fen == fund(visit))

        try await clinic.night()
        let after = try year(li, 2026, county)
        #expect(after.claimed == PersonYear.Totals() && after.due == PersonYear.Totals())
        #expect(after.clashes == [] && after.corrections == [])
        #expect(try county.office.store.read { try $0.setAside(of: journal.kiosk) } == [])
        #expect(try await clinic.desk.status().allSigned)
        // Once more, all of it: still nothing.
        for packed in [void, first, void] { _ = try await county.office.receive(packed) }
        #expect(try year(li, 2026, county) == after)
    }

    /// Two township desks take 390.00 for the same person and year: the earlier receipt stands, the
    /// later is to be paid back, through the desk that took it.
    @Test func `two desks collect one contribution, one is credited and one paid back`()
        async throws
    {
        let county = try await TestCounty(rules: ["390/contribution/standard": "390.00"])
        let desks = [
            try await county.device("H41992590001", operator: ("T0001", "135790")),
            try await county.device("H41992590001", operator: ("T0001", "135790")),
        ]
        let li = try county.small.member(.liGuihua)
        var receipts: [EntryReference] = []
        for (place, desk) in desks.enumerated() {
            let entry = try await desk.collect(li, id: "c\(place)")
            guard case .contribution(let receipt) = entry.fact else { throw Refusal.noLines }
            #expect(receipt.tenders.values.sum().fen == 39_000)
            receipts.append(
                EntryReference(kiosk: entry.header.kiosk, sequence: entry.header.sequence))
            county.small.clock.advance(seconds: 60)
        }
        for desk in desks.reversed() { try await desk.night() }
        let paid = try year(li, 2027, county)
        #expect(paid.contributions == receipts)
        #expect(paid.clashes.map(\.kind) == [.contributionTwice])
        #expect(paid.clashes.map(\.entries) == [receipts])
        #expect(paid.clashes.map(\.amount.fen) == [39_000])

        // Covered once, by the receipt that stands.
        try await county.office.publishDaily()
        try await desks[0].night()
        let member = try #require(try desks[0].desk.shelf.member(li.identity))
        #expect(member.coverage.paidYears.filter { $0 == 2027 } == [2027])
        // Paid back by taking the later receipt back: then nothing clashes any more.
        _ = try await desks[1].desk.voidReceipt(
            receipts[1].sequence, reason: "重复缴费", by: desks[1].session)
        try await desks[1].night()
        let mended = try year(li, 2027, county)
        #expect(mended.contributions == [receipts[0]] && mended.clashes == [])
    }

    /// From tomorrow on 60 %, by two clerks.
    private func raiseRate(_ county: TestCounty) async throws {
        let rate = Draft.ParameterChange(
            path: "390/outpatient/rate", value: "0.60",
            from: county.small.clock.clock.now().day.adding(days: 1), source: "测试文件 1 号")
        let draft = Draft(prices: [], parameters: [rate], note: "比例")
        _ = try await county.office.publish(draft, by: "C0001", pin: "112233")
        _ = try await county.office.release(by: "C0002", pin: "445566")
    }

    /// The rate goes from 50 % to 60 % while a clinic is offline; the day after it pays 50.00 of
    /// 100.00 above the deductible. The county prices by what was in force on that day, and the
    /// person's 10.00 stand on the next slip.
    @Test func `a policy that a clinic had not heard of yet is made good by a note of difference`()
        async throws
    {
        let county = try await TestCounty(rules: [
            "common/owed/at_next_visit": "all", "common/owed/least": "0.00",
        ])
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let li = try county.small.member(.liGuihua)
        try await raiseRate(county)
        county.small.clock.advance(seconds: 2 * 86_400)

        let visit = try await clinic.visit(li, fen: 40_000)
        guard case .visit(let fact) = visit.fact else { throw Refusal.noLines }
        #expect(fact.amounts.deductible.fen == 30_000 && fact.amounts.fundTotal.fen == 5_000)
        #expect(fact.policy == 1)
        try await clinic.night()
        let found = try year(li, 2026, county)
        #expect(found.due.fund.fen == 6_000)
        #expect(found.corrections.map(\.difference.fen) == [1_000])
        #expect(found.corrections.map(\.reason) == [.policyOutOfDate])
        #expect(found.clashes.map(\.kind) == [.policyOutOfDate])

        #expect(try await county.office.bookAdjustments() == 1)
        #expect(try year(li, 2026, county).owed.fen == 1_000)
        try await county.office.publishDaily()
        try await clinic.night()
        #expect(try clinic.desk.shelf.standing(li.number)?.owed?.fen == 1_000)
        // The next visit is priced by the new rate and gives the ten yuan.
        county.small.clock.advance(seconds: 86_400)
        let next = try await clinic.visit(li, fen: 10_000)
        guard case .visit(let after) = next.fact else { throw Refusal.noLines }
        #expect(after.amounts.fundTotal.fen == 6_000)
        #expect((after.settles ?? []).total.fen == 1_000)
        let slip = try await clinic.desk.slip(next.header.sequence)
        #expect(slip.reasons.contains { $0.contains("10.00") }, "\(slip.reasons)")
    }
}
