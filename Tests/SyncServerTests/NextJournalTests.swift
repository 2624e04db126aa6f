import Foundation
import GRDB
import Hosting
import Identifying
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A device whose journal was set aside goes on in its next one, at the county too.
@Suite(.onBothStores) struct NextJournalTests {
    private func device(of county: TestCounty) async throws -> (home: String, TestDevice) {
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        return (county.folder.path + "/K0001", device)
    }

    /// Works and syncs as K0001, loses the journal, and comes back.
    private func afterLoss(_ county: TestCounty) async throws -> TestDevice {
        let provision: Provision
        do {
            let (home, device) = try await device(of: county)
            try await device.visit(county.small.members[0], fen: 2_000)
            try await device.night()
            try await device.visit(county.small.members[1], fen: 3_000)
            provision = device.desk.provision
            try FileManager.default.removeItem(atPath: home + "/journal.sqlite")
        }
        let desk = try Desk(
            provision: provision, folder: county.folder.path + "/K0001",
            clock: county.small.clock.clock, randomness: county.small.randomness)
        let session = try await desk.signIn("D0001", pin: "246810")
        return TestDevice(desk: desk, session: session, county: county)
    }

    @Test func `the next journal is taken under the device's key and both are kept`() async throws {
        let county = try await TestCounty()
        let device = try await afterLoss(county)
        let next = try #require(KioskID(rawValue: "K0001-2"))
        #expect(device.desk.journal.kiosk == next)
        try await device.visit(county.small.members[2], fen: 4_000)
        try await device.night()
        #expect(try await device.desk.status().allSigned)
        #expect(try await device.desk.status().aside == nil)
        let (first, second) = try county.office.store.read {
            (try $0.journal(next.device), try $0.journal(next))
        }
        #expect(first?.through ?? 0 > 0 && first?.forkedAt == nil)
        #expect(second?.through == (try device.desk.journal.head().sequence))
        #expect(second?.institution == first?.institution)
        #expect(try await county.office.verify().faults == [])
        #expect(try await county.office.rebuild().unchanged)
    }

    @Test func `what can still be read of a damaged journal reaches the county under its own name`()
        async throws
    {
        let county = try await TestCounty()
        let (provision, signed, written): (Provision, Int, Int)
        let path = county.folder.path + "/K0001/journal.sqlite"
        do {
            let (_, device) = try await device(of: county)
            try await device.night()
            signed = try device.desk.journal.read { try $0.acknowledged().through }
            for member in county.small.members.filter({ $0.coverage.died == nil }).prefix(6) {
                _ = try? await device.visit(member, fen: 2_000)
            }
            provision = device.desk.provision
            written = try device.desk.journal.head().sequence
        }
        let raw = try openDurably(path: path)
        try await raw.write { db in
            try db.execute(sql: "DROP TRIGGER entry_no_update")
            try db.execute(
                sql: "UPDATE entry SET bytes = zeroblob(300) WHERE seq = \(written - 1)")
        }
        try raw.close()
        let desk = try Desk(
            provision: provision, folder: county.folder.path + "/K0001",
            clock: county.small.clock.clock, randomness: county.small.randomness)
        #expect(desk.journal.kiosk.rawValue == "K0001-2" && written - 2 > signed)
        let report = try await desk.night(county.wire(desk))
        #expect(report.rescued == written - 2 - signed)
        let held = try county.office.store.read { try $0.journal(provision.desk.kiosk) }
        #expect(held?.through == written - 2 && held?.forkedAt == nil)
        #expect(try await desk.night(county.wire(desk)).rescued == nil)
        let aside = try #require(await desk.box.lineage.asides.last)
        #expect(Texts.told(aside).contains("第 \(written - 1) 到 \(written) 笔"))
    }

    @Test func `two copies that both go on in the next journal are a fork like any other`()
        async throws
    {
        let county = try await TestCounty()
        let device = try await afterLoss(county)
        let clone = county.folder.path + "/clone"
        try FileManager.default.copyItem(atPath: county.folder.path + "/K0001", toPath: clone)
        let twin = TestDevice(
            desk: try Desk(
                provision: device.desk.provision, folder: clone, clock: county.small.clock.clock,
                randomness: county.small.randomness), session: device.session, county: county)
        try await device.visit(county.small.members[2], fen: 4_000)
        try await twin.visit(county.small.members[3], fen: 5_000)
        try await device.night()
        await #expect(throws: RoundFault.self) { try await twin.night() }
    }

    @Test func `a revoked device's next journal is refused, and nobody else's key opens one`()
        async throws
    {
        let county = try await TestCounty()
        let device = try await afterLoss(county)
        let next = device.desk.journal.kiosk
        try await county.office.revoke(next.device)
        await #expect(throws: ParcelFault.revokedDevice(next)) { try await device.night() }
        let stranger = try DeviceKey(raw: county.small.randomness.bytes(32))
        let other = try #require(KioskID(rawValue: "K0001-3"))
        let parcel = Parcel(
            kiosk: other, previous: .zero, entries: [],
            checkpoint: try Checkpoint(
                kiosk: other, sequence: 0, head: .zero, at: county.small.clock.clock.now(),
                key: stranger))
        await #expect(throws: ParcelFault.self) {
            try await county.office.receive(try parcel.packed())
        }
    }
}
