import Allotting
import DemoCounty
import Foundation
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

/// What a county set back to a backup does about rights it gave after it.
@Suite struct RightsRestoredTests {
    /// Two visits at home, a refill from what is unspent, and the rest drawn away from home: all of
    /// it after the backup.
    private func given() async throws -> (AllotmentScene, String) {
        let scene = try await AllotmentScene()
        let backup = scene.county.folder.path + "/backup"
        try await scene.office.backup(to: backup)
        for _ in 0..<2 { try await scene.visit(scene.home) }
        for _ in 0..<2 { try await scene.night() }
        try await draw(scene.away, scene, scene.office)
        #expect(try await scene.held(scene.home) == 902)
        #expect(try await scene.held(scene.away) == 226)
        return (scene, backup)
    }

    /// What an order away from home lacks, asked of an office, and the order settled.
    @discardableResult
    private func draw(
        _ device: TestDevice, _ scene: AllotmentScene, _ office: Office
    ) async throws -> Bool {
        try await device.desk.draw(
            for: try await scene.order(device), by: device.session,
            over: TestCounty.wire(device.desk, to: office))
    }

    private func open(_ home: String, _ scene: AllotmentScene) async throws -> Office {
        let office = try Office(
            folder: home, county: nil, clock: scene.county.small.clock.clock,
            randomness: scene.county.small.randomness)
        try await office.takeOwnEntries()
        return office
    }

    private func year(_ office: Office, _ scene: AllotmentScene) throws -> PersonYear {
        try office.store.read { try $0.personYear(scene.person.number, 2026) }
            ?? PersonYear(person: scene.person.number, year: 2026)
    }

    /// What the fund has paid: settled, and booked afterwards.
    private func paid(_ office: Office, _ scene: AllotmentScene) throws -> Int {
        let year = try year(office, scene)
        let booked = year.corrections.flatMap { $0.booked.values.flatMap(\.values) }.sum()
        return (year.claimed.fund + booked).fen
    }

    private func silent(_ office: Office) throws -> [StoredJournal] {
        try office.store.read { try $0.silentSinceSetBack(but: office.journal.kiosk) }
    }

    private func night(_ office: Office) async throws {
        try await office.bookAdjustments()
        try await office.allot()
        try await office.publishDaily()
    }

    @Test func `nothing is given until all devices have been heard of, and fifty stays fifty`()
        async throws
    {
        let (scene, backup) = try await given()
        let home = backup + ".home"
        try restoreOffice(from: backup, into: home, at: scene.county.small.clock.clock.now())
        let office = try await open(home, scene)
        // The restored county believes that a reserve is there, and gives nothing of it.
        #expect(try await !draw(scene.away, scene, office))
        try await scene.visit(scene.home)
        for _ in 0..<2 { try await scene.visit(scene.away) }
        for _ in 0..<2 {
            try await night(office)
            _ = try await scene.away.desk.night(TestCounty.wire(scene.away.desk, to: office))
            #expect(try paid(office, scene) <= 226)
        }
        #expect(try silent(office).map(\.kiosk) == [scene.home.desk.journal.kiosk])
        // The last device is heard of: it reads, and tells of it the next time.
        for _ in 0..<3 {
            _ = try await scene.home.desk.night(TestCounty.wire(scene.home.desk, to: office))
            try await night(office)
            #expect(try paid(office, scene) <= 5_000)
        }
        #expect(try silent(office).isEmpty)
        #expect(try office.store.read { try $0.note(rightsForgotten) } == nil)
        let year = try year(office, scene)
        #expect(year.claimed.fund.fen == 5_000 && year.due.fund.fen == 5_000)
        #expect(try paid(office, scene) == 5_000)
        #expect(!year.clashes.contains { $0.kind == .limitOverspent })
        // What was drawn is known again, as spent.
        let drawn = (year.rights ?? []).filter { $0.holder == scene.away.desk.journal.kiosk }
        #expect(drawn.map(\.granted) == [226] && drawn.allSatisfy { $0.beyond == 0 })
        #expect((year.rights ?? []).reduce(0) { $0 + $1.left } == 0)
        #expect(try await office.rebuild().unchanged)
    }

    @Test func `a device that is revoked is waited for no more`() async throws {
        let (scene, backup) = try await given()
        let home = backup + ".home"
        try restoreOffice(from: backup, into: home, at: scene.county.small.clock.clock.now())
        let office = try await open(home, scene)
        for _ in 0..<2 {
            try await night(office)
            _ = try await scene.away.desk.night(TestCounty.wire(scene.away.desk, to: office))
        }
        #expect(try await !office.knowsRights())
        try await office.revoke(scene.home.desk.journal.kiosk)
        #expect(try await office.knowsRights())
    }

    @Test func `beside its own journal the county remembers what it gave`() async throws {
        let (scene, backup) = try await given()
        let home = backup + ".home"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        try scene.office.journal.copy(to: home + "/journal.sqlite")
        try restoreOffice(from: backup, into: home, at: scene.county.small.clock.clock.now())
        let office = try await open(home, scene)
        #expect(try await office.knowsRights())
        for device in [scene.home, scene.away] {
            _ = try await device.desk.send(TestCounty.wire(device.desk, to: office))
        }
        #expect(try year(office, scene).rights == scene.year.rights)
        #expect(try await !draw(scene.away, scene, office))
        #expect(try await office.allot() == 0)
    }

    @Test func `what was spent of a closed right is not booked before its visit is there again`()
        async throws
    {
        let scene = try await AllotmentScene()
        let (backup, clock) = (scene.county.folder.path + "/backup", scene.county.small.clock.clock)
        try await scene.office.backup(to: backup)
        try await scene.visit(scene.home)
        try await scene.night()
        // Nothing is taken from the device any more, so its right is closed.
        try await scene.office.revoke(scene.home.desk.journal.kiosk)
        try await scene.office.allot()
        let home = backup + ".home"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        try scene.office.journal.copy(to: home + "/journal.sqlite")
        try restoreOffice(from: backup, into: home, at: clock.now())
        let office = try await open(home, scene)
        for _ in 0..<3 { try await scene.visit(scene.away) }
        _ = try await scene.away.desk.send(TestCounty.wire(scene.away.desk, to: office))
        func holders() throws -> [KioskID] {
            let year = try year(office, scene)
            return try office.store.read { try $0.unheardHolders(year) }
        }
        #expect(try await office.bookAdjustments() == 0)
        #expect(try holders() == [scene.home.desk.journal.kiosk])
        #expect(try year(office, scene).corrections.contains { !$0.open.isEmpty })
        _ = try await scene.home.desk.send(TestCounty.wire(scene.home.desk, to: office))
        #expect(try holders().isEmpty)
        #expect(try await office.bookAdjustments() > 0)
        #expect(try paid(office, scene) == 5_000)
    }
}
