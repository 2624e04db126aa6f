import DemoCounty
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

/// A county set back to any earlier backup gets everything back from its kiosks.
@Suite struct RestoreTests {
    /// An office on a machine that has nothing but a backup.
    private func restored(_ county: TestCounty, _ backup: String) async throws -> Office {
        let home = backup + ".home"
        try restoreOffice(from: backup, into: home, at: county.small.clock.clock.now())
        let office = try open(county, home)
        try await office.takeOwnEntries()
        return office
    }

    private func open(_ county: TestCounty, _ home: String) throws -> Office {
        try Office(
            folder: home, county: nil, clock: county.small.clock.clock,
            randomness: county.small.randomness)
    }

    private func wire(_ office: Office) -> Carrier {
        Carrier(
            register: { try await office.register($0) }, send: { try await office.receive($0) },
            manifest: { _ in throw OfficeFault.noPolicy }, section: { _ in [] })
    }

    /// A day's work, with a backup after every step of it.
    private func day(in county: TestCounty) async throws -> ([String], [TestDevice]) {
        var backups: [String] = []
        func backup() async throws {
            let path = county.folder.path + "/backup-\(backups.count)"
            try await county.office.backup(to: path)
            backups.append(path)
        }
        let members = county.small.members.filter { $0.coverage.died == nil }
        try await backup()
        let first = try await county.device("H41992500001", operator: ("D0001", "246810"))
        try await backup()
        try await first.visit(members[0], fen: 2_000)
        try await first.night()
        try await backup()
        let second = try await county.device("H41992500002", operator: ("D0002", "246810"))
        let visit = try await second.visit(members[0], fen: 40_000)
        try await backup()
        try await second.night()
        _ = try await second.desk.void(
            visit.header.sequence, reason: "录错人", by: second.session)
        let desk = try await county.device("H41992590001", operator: ("T0001", "135790"))
        _ = try await desk.collect(try county.small.member(.liGuihua), id: "a")
        try await backup()
        let devices = [first, second, desk]
        for device in devices { _ = try await device.desk.send(county.wire(device.desk)) }
        try await backup()
        return (backups, devices)
    }

    @Test func `a day with a backup at every step, restored at each, gives one digest`()
        async throws
    {
        let county = try await TestCounty()
        let (backups, devices) = try await day(in: county)
        let truth = try await county.office.digest()
        for path in backups {
            let office = try await restored(county, path)
            for device in devices {
                // What a device does whose certificate the county no longer knows.
                try await device.desk.certify(wire(office))
                _ = try await device.desk.send(wire(office))
                #expect(try await device.desk.status().allSigned, "\(path)")
            }
            #expect(try await office.digest() == truth, "\(path)")
            #expect(try await office.verify().faults == [], "\(path)")
        }
        // And back with the county that was never lost: it had everything all the time.
        _ = try await devices[0].desk.send(county.wire(devices[0].desk))
        #expect(try await county.office.digest() == truth)
    }

    @Test func `a restored county refuses a device on another's word`() async throws {
        let county = try await TestCounty()
        let path = county.folder.path + "/backup"
        try await county.office.backup(to: path)
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let office = try await restored(county, path)
        let kiosk = device.desk.journal.kiosk
        let word = try #require(
            try device.desk.journal.read { try $0.acknowledged().statement })
        let now = county.small.clock.clock.now()
        func claim(_ key: DeviceKey, _ bytes: [UInt8]) throws -> Registration {
            try Registration(kiosk: kiosk, key: key, at: now, secret: [], acknowledgement: bytes)
        }
        let key = device.desk.key
        let stranger = try DeviceKey(raw: county.small.randomness.bytes(32))
        let forged = Array(
            String(decoding: word, as: UTF8.self)
                .replacingOccurrences(of: "H41992500001", with: "H41992500002").utf8)
        for (key, bytes) in [(stranger, word), (key, forged), (key, [])] {
            await #expect(throws: OfficeFault.unknownDevice(kiosk)) {
                _ = try await office.register(try claim(key, bytes))
            }
        }
        // A number given out after the backup is not given out again.
        let next = try await office.enroll("H41992500001", server: "")
        #expect(next.desk.kiosk > kiosk)
        _ = try await office.register(try claim(key, word))
        #expect(try office.store.read { try $0.journal(kiosk) }?.institution == "H41992500001")
    }

    /// Devices that two restorings of one backup do not know of would write under one name.
    @Test func `however often a county is set back, no device is given a number that was given`()
        async throws
    {
        let county = try await TestCounty(people: 20)
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        try await device.night()
        let path = county.folder.path + "/backup"
        try await county.office.backup(to: path)
        let clock = county.small.clock
        var given: [KioskID] = [device.desk.device]
        func enroll(_ office: Office) async throws {
            for place in ["H41992500002", "H41992590001", "H41992500001"] {
                given.append(try await office.enroll(place, server: "").desk.kiosk)
            }
        }
        try await enroll(county.office)
        clock.advance(seconds: 900)
        var office: Office?
        for _ in 0..<3 {
            office = nil
            try? FileManager.default.removeItem(atPath: path + ".home")
            office = try await restored(county, path)
            if let office { try await enroll(office) }
            clock.advance(seconds: 180)
        }
        // And back to a backup of a county that was set back itself.
        let later = county.folder.path + "/later"
        try await office?.backup(to: later)
        if let office { try await enroll(office) }
        try await enroll(try await restored(county, later))
        #expect(given.count == 19 && Set(given).count == given.count, "\(given)")
        #expect(given.allSatisfy { $0.rawValue.count == 5 }, "short enough to be read out")
    }

    @Test func `a damaged database is put aside, and bulletin versions go on rising`()
        async throws
    {
        let county = try await TestCounty()
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let path = county.folder.path + "/backup"
        try await county.office.backup(to: path)
        #expect(throws: Journal.Fault.self) {
            try restoreOffice(
                from: path, into: county.folder.path + "/office", at: county.small.clock.clock.now()
            )
        }
        for _ in 0..<3 { try await county.office.publishDaily() }
        try await device.night()
        let held = try device.desk.shelf.held(.daily).version
        let home = county.folder.path + "/damaged"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        try Data("no database".utf8).write(to: URL(fileURLWithPath: home + "/county.sqlite"))
        let aside = try restoreOffice(
            from: path, into: home, at: county.small.clock.clock.now())
        #expect(aside.map(FileManager.default.fileExists) == true)
        let office = try Office(
            folder: home, county: nil, clock: county.small.clock.clock,
            randomness: county.small.randomness)
        _ = try await device.desk.send(wire(office))
        #expect(try await office.publishDaily() > held)
    }

    @Test func `what an attempt that was cut off left behind is not read in`() async throws {
        let county = try await TestCounty(people: 20)
        let path = county.folder.path + "/backup"
        try await county.office.backup(to: path)
        let home = path + ".home"
        try makeFolder(home)
        // Another backup's attempt, of which the power left the log.
        let other = try DatabaseQueue(path: county.folder.path + "/other")
        try await other.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; CREATE TABLE stray (n INTEGER)")
        }
        for (left, suffixes) in [
            ("county.sqlite.restoring", ["", "-wal"]), ("county.sqlite", ["-wal"]),
            ("journal.sqlite", ["-wal"]),
        ] {
            for suffix in suffixes {
                try FileManager.default.copyItem(
                    atPath: county.folder.path + "/other" + suffix,
                    toPath: home + "/" + left + suffix)
            }
        }
        let office = try await restored(county, path)
        #expect(try (office.store as? SQLiteStore)?.integrity() == "ok")
        #expect(try office.journal.head() == county.office.journal.head())
        #expect(try await office.digest() == county.office.digest())
    }

    @Test func `a box set back is told that the county knows more`() async throws {
        let county = try await TestCounty()
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let home = county.folder.path + "/K0001"
        let image = county.folder.path + "/image"
        try FileManager.default.copyItem(atPath: home, toPath: image)
        let before = try device.desk.journal.head().sequence
        let members = county.small.members.filter { $0.coverage.died == nil }
        try await device.visit(members[0], fen: 2_000)
        _ = try await device.desk.send(county.wire(device.desk))
        let old = try Desk(
            provision: device.desk.provision, folder: image, clock: county.small.clock.clock,
            randomness: county.small.randomness)
        await #expect(throws: SyncFault.countyKnowsMore(through: before + 1, here: before)) {
            _ = try await old.send(county.wire(old))
        }
    }

    @Test func `of two journals the one goes on that has all of the other, or nothing is changed`()
        async throws
    {
        let county = try await TestCounty(people: 20)
        let (old, new) = (county.folder.path + "/old", county.folder.path + "/new")
        func release(_ office: Office, _ note: String) async throws {
            let (first, second) = (TestCounty.clerks[0], TestCounty.clerks[1])
            _ = try await office.propose(
                try county.small.content(), note: note, firstDay: nil, by: first.0, pin: first.1)
            _ = try await office.release(by: second.0, pin: second.1)
        }
        try await county.office.backup(to: old)
        try await release(county.office, "lost at first")
        try await county.office.backup(to: new)
        let head = try county.office.journal.head()
        let (home, now) = (old + ".home", county.small.clock.clock.now())
        // The older one by mistake, then the newer one: its journal has all that the other has.
        for backup in [old, new] { try restoreOffice(from: backup, into: home, at: now) }
        var office: Office? = try open(county, home)
        #expect(try office?.journal.head() == head)
        // A journal that came from a backup may not name all rights, however often it is put back.
        #expect(try office?.store.read { try $0.note(rightsForgotten) } != nil)
        office = nil
        try FileManager.default.removeItem(atPath: home)
        office = try await restored(county, old)
        if let office { try await release(office, "written behind the older one") }
        let own = try office?.journal.head()
        office = nil
        #expect(throws: OfficeFault.anotherJournal) {
            try restoreOffice(from: new, into: home, at: now)
        }
        office = try open(county, home)
        #expect(try office?.journal.head() == own)
    }
}
