import Cataloguing
import DemoCounty
import Foundation
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import Rules
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import SyncServer

/// A yearly ceiling of 50.00, eight visits of 24.20 at 80 %: whatever the number of kiosks, and
/// whatever arrives first, the fund pays exactly 50.00, and every difference says why.
@Suite struct EightClaimsTests {
    private let world: SetWorld
    private let policy: Policy

    init() throws {
        world = try SetWorld()
        var files: [String: String] = [:]
        let terms = [
            ("390/outpatient/limit_year", "yuan", "50.00"),
            ("390/outpatient/limit_base", "word", "payout"),
            ("390/outpatient/rate", "share", "0.80"),
            ("390/outpatient/deductible", "yuan", "0.00"),
            ("common/overpaid/limit_overspent", "word", "fund"),
        ]
        for (path, unit, value) in terms {
            files[path + ".yaml"] = """
                description: written for a test
                unit: \(unit)
                reviewed_on: 2026-11-20
                values:
                  - from: 2024-01-01
                    value: \(value)
                    source: written for a test, no policy of any place
                """
        }
        policy = Policy(
            rules: try Rulebook.parse(region: "written", files: files),
            catalogue: world.policy.catalogue)
    }

    private func boxes(_ count: Int, _ person: Member, seed: Int) throws -> [SignedBox] {
        var boxes = try (0..<count).map { number in
            SignedBox(
                kiosk: try #require(KioskID(rawValue: "K\(1_000_000 + seed * 10 + number)")),
                key: try DeviceKey(raw: world.small.randomness.bytes(32)), policy: policy)
        }
        for visit in 0..<8 {
            try boxes[visit % count].visit(
                person, fen: 2_420, on: world.day.adding(days: visit), id: "v\(visit)")
        }
        return boxes
    }

    @Test(arguments: 1...8) func `the fund pays exactly the ceiling`(kiosks: Int) async throws {
        var digests: Set<Fingerprint> = []
        for order in 0..<2 {
            var random = SeededNumbers(seed: UInt64(order))
            let person = world.small.members[1]
            let boxes = try boxes(kiosks, person, seed: kiosks)
            let clock = world.small.clock.clock
            let office = try Office(
                folder: world.folder.path + "/eight\(kiosks)-\(order)", county: SmallCounty.code,
                clock: clock, randomness: world.small.randomness)
            let work = try OfficeAtWork(office: office, policy: policy)
            try work.register(History(boxes: boxes.map { ($0, "H41992500001") }))
            let parcels = try boxes.flatMap { box in
                try box.parcels(endingAt: (0..<3).map { _ in 1 + random.next(below: 8) })
            }
            for packed in (parcels + parcels).shuffled(using: &random) {
                try await work.take(packed)
            }
            for packed in parcels { try await work.take(packed) }
            digests.insert(try await office.digest())
            let year = try #require(
                try office.store.read { try $0.personYear(person.number, 2026) })
            #expect(year.due.visits == 8 && year.due.fund == Money(fen: 5_000))
            #expect(year.claimed.fund + year.corrections.map(\.difference).sum() == year.due.fund)
            // One kiosk knew all along; several overspent, and each difference names its reason.
            let reasons = Set(year.corrections.map(\.reason))
            #expect(reasons.isSubset(of: [.limitOverspent]) && (kiosks > 1) == !reasons.isEmpty)
            _ = try await office.bookAdjustments()
            let paid = try office.balance(BalanceInput(by: .scheme)).groups
                .compactMap { $0.accounts[Account.fund("hifp_pay").rawValue] }.sum()
            #expect(paid == Money(fen: 5_000))
            try slips(boxes, person)
        }
        #expect(digests.count == 1)
    }

    /// Every slip names the ceiling, and priced in the order of the ledger the third
    /// visit gets the last 11.28 and the later ones nothing.
    private func slips(_ boxes: [SignedBox], _ person: Member) throws {
        let visits = boxes.flatMap(\.entries).sorted { $0.header.day < $1.header.day }
        var standing = Standing(year: 2026)
        var paid: [Int] = []
        for entry in visits {
            guard case .visit(let visit) = entry.fact else { continue }
            let quote = try price(
                visit.bill(on: entry.header.day), by: policy.rules, catalogue: policy.catalogue,
                given: standing)
            standing = quote.standing
            paid.append(quote.amounts.fundTotal.fen)
            // The ceiling is named on every slip, with what it left.
            #expect(quote.reasons.contains { $0.article == .payLimit })
        }
        #expect(paid == [1_936, 1_936, 1_128, 0, 0, 0, 0, 0])
    }

    /// 40.00 of the 50.00 at each of two kiosks that did not know of each other.
    @Test func `two kiosks at the ceiling: the second is cut, the difference is named`()
        async throws
    {
        let person = world.small.members[1]
        let office = try Office(
            folder: world.folder.path + "/two", county: SmallCounty.code,
            clock: world.small.clock.clock, randomness: world.small.randomness)
        let work = try OfficeAtWork(office: office, policy: policy)
        let boxes = try (0..<2).map { number in
            var box = SignedBox(
                kiosk: try #require(KioskID(rawValue: "K\(1_000_990 + number)")),
                key: try DeviceKey(raw: world.small.randomness.bytes(32)), policy: policy)
            try box.visit(person, fen: 5_000, on: world.day, id: "\(box.kiosk)")
            return box
        }
        try work.register(History(boxes: boxes.map { ($0, "H41992500001") }))
        for box in boxes.reversed() {
            for packed in try box.parcels(endingAt: []) { try await work.take(packed) }
        }
        let year = try #require(try office.store.read { try $0.personYear(person.number, 2026) })
        #expect(year.claimed.fund == Money(fen: 8_000) && year.due.fund == Money(fen: 5_000))
        #expect(year.corrections.map(\.difference) == [Money(fen: -3_000)])
        #expect(year.corrections.first?.visit.kiosk == boxes[1].kiosk)
        #expect(year.borne == [.fund: Money(fen: -3_000)])
    }
}
