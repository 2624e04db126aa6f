import Foundation
import Identifying
import Journaling
import Merging
import Pricing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import SyncServer

/// One county with clerks, and boxes in memory that can be copied.
struct ClerksAndBoxes {
    let county: TestCounty
    let world: SetWorld
    let work: OfficeAtWork
    var office: Office { county.office }

    init() async throws {
        county = try await TestCounty()
        world = try SetWorld()
        work = try OfficeAtWork(office: county.office, policy: world.policy)
    }

    func box(_ name: String) throws -> SignedBox {
        let box = SignedBox(
            kiosk: try #require(KioskID(rawValue: name)),
            key: try DeviceKey(raw: world.small.randomness.bytes(32)), policy: world.policy)
        try work.register(History(boxes: [(box, "H41992500001")]))
        return box
    }

    func send(_ box: SignedBox, endingAt ends: [Int] = []) async throws {
        for packed in try box.parcels(endingAt: ends) { try await work.take(packed) }
    }

    func fund() throws -> Money {
        try office.balance(BalanceInput(by: .scheme)).groups
            .compactMap { $0.accounts[Account.fund("hifp_pay").rawValue] }.sum()
    }

    func booked(_ month: Month) throws -> [BookedRow] {
        try office.store.read { try $0.booked(from: month.firstDay, to: month.lastDay) }
    }

    func isSound() async throws -> Bool {
        let (faults, rebuilt) = (try await office.verify().faults, try await office.rebuild())
        return faults == [] && rebuilt.unchanged
    }
}

@Suite struct ClosingTests {
    @Test func `a fork found after a month was closed leaves that month as it was`() async throws {
        let scene = try await ClerksAndBoxes()
        let (person, day) = (scene.world.small.members[1], scene.world.day)
        var box = try scene.box("K7000001")
        for visit in 0..<3 {
            try box.visit(person, fen: 80_000, on: day.adding(days: visit), id: "v\(visit)")
        }
        try await scene.send(box)
        let march = Month(of: day)
        _ = try await scene.office.close(march, by: "C0001", pin: "112233")
        _ = try await scene.office.close(march, by: "C0002", pin: "445566")
        let booked = scene.booked
        let frozen = try booked(march)
        let before = try scene.fund()
        #expect(!frozen.isEmpty && before > .zero)

        var copy = box.setBack(to: 1)
        try copy.visit(person, fen: 50_000, on: day.adding(days: 4), id: "other")
        try await scene.send(copy)
        #expect(try booked(march) == frozen)
        let taken = try booked(march.next)
        #expect(!taken.isEmpty && taken.allSatisfy(\.place.isLate))
        #expect(taken.map(\.amount).sum() == .zero)
        // What nobody contests still counts, the rest waits.
        guard case .visit(let first) = box.entries[0].fact else { return }
        #expect(try scene.fund() == first.amounts.fundTotal)
        #expect(try await scene.isSound())

        let starts = try scene.office.store.read { try $0.branches(of: box.kiosk).starts }
        let decision = BranchDecision(
            kiosk: box.kiosk, counts: starts.map(\.hash), leaves: [], reason: "test")
        let proposal = try await scene.office.propose(decision, by: "C0001")
        _ = try await scene.office.confirm(proposal.header.sequence, by: "C0002")
        #expect(try booked(march) == frozen)
        guard case .visit(let other) = copy.entries[1].fact else { return }
        #expect(try scene.fund() == before + other.amounts.fundTotal)
        #expect(try await scene.isSound())
    }
}

/// One bad entry never blocks another, and can be repaired.
@Suite struct BadEntryTests {
    /// A journal whose entry of that number is a visit by somebody who may not write one.
    private func tenThousand(
        _ scene: ClerksAndBoxes, _ bad: Int, _ person: Member, _ day: Day
    ) throws -> SignedBox {
        var box = try scene.box("K7000002")
        while box.entries.count < 10_000 {
            switch box.entries.count + 1 {
            case bad - 1:
                box.session = "collector"
                try box.append(.signedIn(SignIn(role: .townshipCollector)), on: day)
            case bad:
                try box.visit(person, fen: 80_000, on: day, id: "bad")
                box.session = "s"
            case let number where number % 1_000 == 0:
                try box.visit(person, fen: 10_000, on: day, id: "v\(number)")
            default: try box.append(.bulletinRead(BulletinRead(policy: 1, daily: 1)), on: day)
            }
        }
        return box
    }

    private struct Standing {
        let through: Int?
        let aside: [(EntryReference, String)]
        let visits: Int
    }

    private func standing(of box: SignedBox, on day: Day, _ office: Office) throws -> Standing {
        try office.store.read { session in
            Standing(
                through: try session.journal(box.kiosk)?.through,
                aside: try session.setAside(limit: 10).map { ($0.reference, $0.reason) },
                visits: try session.days(from: day, to: day).map(\.visits).reduce(0, +))
        }
    }

    @Test
    func `of 10,000 entries one is set aside, nothing behind it waits, and two clerks let it in`()
        async throws
    {
        let scene = try await ClerksAndBoxes()
        let (person, day) = (scene.world.small.members[1], scene.world.day)
        let bad = 5_000
        let box = try tenThousand(scene, bad, person, day)
        try await scene.send(box, endingAt: Array(stride(from: 500, to: 10_000, by: 500)))
        let office = scene.office
        func state() throws -> Standing { try standing(of: box, on: day, office) }
        let held = try state()
        #expect(held.through == 10_000 && held.visits == 9)
        #expect(held.aside.map(\.0) == [EntryReference(kiosk: box.kiosk, sequence: bad)])
        #expect(held.aside.first?.1 == operatorFault + " townshipCollector")

        var ruling = Ruling(
            matter: operatorMatter, kiosk: box.kiosk, sequence: bad,
            hash: box.entries[bad - 1].hash, person: person.number, year: day.year,
            choice: .admitted, reason: "test")
        let proposal = try await office.propose(ruling, by: "C0001")
        await #expect(throws: OfficeFault.samePerson) {
            try await office.confirmRuling(proposal.header.sequence, by: "C0001")
        }
        #expect(try state().aside.count == 1)
        _ = try await office.confirmRuling(proposal.header.sequence, by: "C0002")
        let repaired = try state()
        #expect(repaired.aside.isEmpty && repaired.visits == 10)
        #expect(try await scene.isSound())

        ruling.choice = .reopened
        let back = try await office.propose(ruling, by: "C0002")
        _ = try await office.confirmRuling(back.header.sequence, by: "C0001")
        #expect(try state().aside.count == 1)
        #expect(try await scene.isSound())
    }
}
