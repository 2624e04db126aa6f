import Foundation
import GRDB
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A box without a network whose journal is damaged: what it held and what comes after it both reach
/// the county on the stick.
@Suite struct StickNextJournalTests {
    private let login = ("T0001", "135790")

    /// Collects for people who still have to pay, until so many have.
    ///
    /// - Parameter backwards: from the end of the roll, where nobody has paid yet: a device does not
    ///   know who paid in a journal it cannot open.
    /// - Returns: the receipts' numbers, in order.
    private func collect(
        _ count: Int, at device: TestDevice, backwards: Bool = false
    ) async throws -> [Int] {
        var numbers: [Int] = []
        let roll = device.county.small.members
        for member in backwards ? roll.reversed() : roll where numbers.count < count {
            let entry = try? await device.collect(
                member, id: device.county.small.randomness.identity())
            if case .contribution(let receipt)? = entry?.fact { numbers.append(receipt.number) }
        }
        return numbers
    }

    /// Overwrites the page a table begins on.
    private func damage(_ path: String, pageOf table: String) async throws {
        let raw = try openDurably(path: path)
        let (page, size) = try await raw.read { db in
            (
                try Int.fetchOne(
                    db, sql: "SELECT rootpage FROM sqlite_master WHERE name = ?",
                    arguments: [table]) ?? 0, try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
            )
        }
        try raw.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        try #require(page > 1 && page * size <= bytes.count)
        bytes.replaceSubrange(
            (page - 1) * size..<page * size, with: Data(repeating: 0x5A, count: size))
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    /// The box is switched on again.
    private func restarted(_ provision: Provision, _ here: StickCounty) async throws -> TestDevice {
        let desk = try Desk(
            provision: provision,
            folder: here.county.folder.path + "/" + provision.desk.kiosk.rawValue,
            clock: here.county.small.clock.clock, randomness: here.county.small.randomness)
        return TestDevice(
            desk: desk, session: try await desk.signIn(login.0, pin: login.1), county: here.county)
    }

    private struct Left {
        let provision: Provision
        var numbers: [Int]
        let written: Int
        let signed: Int
    }

    /// Two receipts that the county has signed for, three that it has not, and a broken page.
    private func damaged(_ here: StickCounty) async throws -> Left {
        let left: Left
        do {
            let device = try await here.device(at: "H41992590001", operator: login)
            var numbers = try await collect(2, at: device)
            _ = try await here.journey(device)
            numbers += try await collect(3, at: device)
            let journal = device.desk.journal
            left = Left(
                provision: device.desk.provision, numbers: numbers,
                written: try journal.head().sequence,
                signed: try journal.read { try $0.acknowledged().through })
        }
        let folder = here.county.folder.path + "/" + left.provision.desk.kiosk.rawValue
        try await damage(folder + "/journal.sqlite", pageOf: "day_of")
        return left
    }

    @Test func `a damaged journal and the next one go to the county by stick, and nothing is lost`()
        async throws
    {
        let here = try await StickCounty()
        var left = try await damaged(here)
        #expect(left.signed > 0 && left.written - left.signed >= 3)
        let device = try await restarted(left.provision, here)
        let first = left.provision.desk.kiosk
        let next = try #require(first.journal(2))
        #expect(device.desk.journal.kiosk == next)
        #expect(device.desk.told.map(\.reason) == [.damaged])

        // The receipts go on behind the last one of the journal that nobody can open any more.
        left.numbers += try await collect(2, at: device, backwards: true)
        let begun = try #require(left.numbers.first)
        #expect(left.numbers == Array(begun..<begun + 7))

        here.county.small.clock.advance(seconds: 60)
        let report = try await here.journey(device)
        #expect(report.rescued == left.written - left.signed)
        #expect(report.acknowledgedThrough > 0)
        #expect(try await device.desk.status().aside == nil)
        let office = here.county.office
        let held = try office.store.read { try $0.journals(of: first) }
        #expect(held.map(\.kiosk) == [first, next] && held.allSatisfy { $0.forkedAt == nil })
        #expect(held.first?.through == left.written)

        // What the county has signed for does not travel again, and the rest is signed for next.
        for _ in 0..<2 {
            here.county.small.clock.advance(seconds: 60)
            #expect(try await device.desk.export(to: here.stick).entries <= 2)
            #expect(try await here.journey(device).rescued == nil)
        }
        #expect(try await device.desk.status().allSigned)
        try await everyReceiptOnce(left.numbers, office)
    }

    private func everyReceiptOnce(_ numbers: [Int], _ office: Office) async throws {
        let received = try office.store.read { session in
            try session.journals().flatMap { journal in
                try (0..<journal.through).compactMap { place -> Int? in
                    let reference = EntryReference(kiosk: journal.kiosk, sequence: place + 1)
                    let fact = try session.entry(reference)?.entry.fact
                    if case .contribution(let receipt)? = fact { return receipt.number }
                    return nil
                }
            }
        }
        #expect(received.sorted() == numbers)
        #expect(try office.store.read { try $0.clashes(limit: 10) }.map(\.clash) == [])
        #expect(try await office.verify().faults == [])
        #expect(try await office.rebuild().unchanged)
    }

    /// The stick home was written before the county had read the other one, or was lost: what was set
    /// aside is written onto the next.
    @Test func `a journal set aside goes onto every stick until the county's word is home`()
        async throws
    {
        let here = try await StickCounty()
        let left = try await damaged(here)
        let device = try await restarted(left.provision, here)
        let unsigned = left.written - left.signed
        let first = try await device.desk.export(to: here.stick)
        #expect(first.entries > unsigned)
        _ = try await here.county.office.writeStick(for: device.desk.device, to: here.stick)
        #expect(try await device.desk.importStick(here.stick).rescued == nil)
        here.county.small.clock.advance(seconds: 60)
        #expect(try await device.desk.export(to: here.stick).entries >= first.entries)
        here.county.small.clock.advance(seconds: 60)
        #expect(try await here.journey(device).rescued == unsigned)
    }

    /// Boxes on one machine draw the same numbers when their chance comes from one seed.
    @Test func `boxes that read what was set aside at the same moment do not meet`() async throws {
        let first = try await StickCounty()
        let second = try await StickCounty()
        let left = [try await damaged(first), try await damaged(second)]
        let devices = [
            try await restarted(left[0].provision, first),
            try await restarted(left[1].provision, second),
        ]
        try await withThrowingTaskGroup(of: Int.self) { group in
            for device in devices {
                for _ in 0..<20 {
                    group.addTask { try await device.desk.asideParcels().flatMap(\.entries).count }
                }
            }
            for try await read in group { #expect(read == left[0].written - left[0].signed) }
        }
    }

    @Test func `a county set back to before the rescue is sent the journal once more`() async throws
    {
        let here = try await StickCounty()
        let left = try await damaged(here)
        let device = try await restarted(left.provision, here)
        let (office, path) = (here.county.office, here.county.folder.path + "/backup")
        let first = left.provision.desk.kiosk
        try await office.backup(to: path)
        let clock = here.county.small.clock
        clock.advance(seconds: 60)
        #expect(try await device.night().rescued == left.written - left.signed)
        #expect(try office.store.read { try $0.journal(first)?.through } == left.written)

        try restoreOffice(from: path, into: path + ".home", at: clock.clock.now())
        let restored = try Office(
            folder: path + ".home", county: nil, clock: clock.clock,
            randomness: here.county.small.randomness)
        try await restored.takeOwnEntries()
        #expect(try restored.store.read { try $0.journal(first)?.through } == left.signed)
        let wire = TestCounty.wire(device.desk, to: restored)
        let numbers = left.numbers + (try await collect(1, at: device, backwards: true))
        clock.advance(seconds: 60)
        _ = try await device.desk.send(wire)
        #expect(await device.desk.rescue(wire) == left.written - left.signed)
        #expect(try restored.store.read { try $0.journal(first)?.through } == left.written)
        try await everyReceiptOnce(numbers, restored)
        // Once it has been said, nothing travels again.
        clock.advance(seconds: 60)
        #expect(await device.desk.rescue(wire) == 0)
    }
}
