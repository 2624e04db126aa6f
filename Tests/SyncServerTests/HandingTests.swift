import Foundation
import GRDB
import Identifying
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// What a device is handed night by night.
@Suite struct HandingTests {
    private func county(people: Int = 400) async throws -> (TestCounty, TestDevice) {
        let county = try await TestCounty(people: people)
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        try await county.office.publishDaily()
        try await device.night()
        return (county, device)
    }

    @Test func `a quiet night costs a few hundred bytes beside the manifest`() async throws {
        let (county, device) = try await county()
        let whole = try county.office.store.read { session in
            try session.section(
                try #require(
                    try device.desk.shelf.digest(
                        ofSection: SectionName.roll(township: SmallCounty.township))))?.count
        }
        county.small.clock.advance(seconds: 86_400)
        try await county.office.publishDaily()
        let report = try await device.night()
        #expect(report.bulletins["daily"] != nil)
        #expect(try #require(whole) > 10_000)
        #expect(report.bulletinBytes < 4_000, "\(report.bulletinBytes)")
        // The roll made of lines and what differed is the county's.
        let roll = SectionName.roll(township: SmallCounty.township)
        let bytes = try #require(try device.desk.shelf.section(roll))
        #expect(SyncingHash.of(bytes) == (try device.desk.shelf.digest(ofSection: roll)))
    }

    @Test func `a shelf that is not what it says gets the whole section`() async throws {
        let (county, device) = try await county()
        let gone = try #require(county.small.members.first)
        try await device.desk.shelf.database.write { db in
            // A section and a row that a bad disk has changed.
            try db.execute(
                sql: "UPDATE section SET bytes = x'00' WHERE name = ?",
                arguments: [SectionName.roll(township: SmallCounty.township)])
            try db.execute(
                sql: "DELETE FROM member WHERE psn = ?", arguments: [gone.number.rawValue])
        }
        county.small.clock.advance(seconds: 86_400)
        try await county.office.publishDaily()
        try await device.night()
        #expect(try device.desk.shelf.member(gone.number) != nil)
    }

    @Test func `every device has a manifest of its own, and nobody else's`() async throws {
        let (county, first) = try await county(people: 20)
        let second = try await county.device("H41992500002", operator: ("D0002", "246810"))
        let theirs = try county.office.manifest(
            .daily, for: second.desk.provision.desk.recipient)
        let manifest = try SignedDocument(role: .daily, bytes: theirs).value(Manifest.self)
        #expect(manifest.recipient == second.desk.journal.kiosk)
        #expect(!manifest.sections.contains { $0.name.contains("K0001") })
        let wire = county.wire(first.desk)
        let crossed = Carrier(
            send: wire.send, manifest: { _ in theirs }, section: wire.section)
        await #expect(throws: DocumentFault.otherRecipient) {
            try await first.desk.fetch(.daily, crossed)
        }
    }

    @Test func `nobody reads what is another's, whole or as a difference`() async throws {
        let (county, first) = try await county(people: 20)
        let second = try await county.device("H41992500002", operator: ("D0002", "246810"))
        let name = SectionName.desk(second.desk.journal.kiosk)
        let theirs = try #require(try second.desk.shelf.digest(ofSection: name))
        let own = try #require(
            try first.desk.shelf.digest(ofSection: SectionName.desk(first.desk.journal.kiosk)))
        let recipient = first.desk.provision.desk.recipient
        #expect(throws: OfficeFault.self) {
            try county.office.section(theirs, for: recipient)
        }
        for (old, new) in [(own, theirs), (theirs, own), (theirs, theirs)] {
            #expect(throws: OfficeFault.notThere) {
                try county.office.delta(from: old, to: new, for: recipient)
            }
        }
    }

    @Test func `old sections are forgotten, and what kiosks may ask for is kept`() async throws {
        let (county, device) = try await county(people: 20)
        let nights = (Office.kept[.daily] ?? 0) * 2
        for _ in 0..<nights {
            county.small.clock.advance(seconds: 86_400)
            try await county.office.publishDaily()
        }
        let (sections, manifests) = try county.office.store.read { session in
            let session = try #require(session as? SQLSession)
            return (
                try session.int("SELECT count(*) FROM section") ?? 0,
                try session.int("SELECT count(*) FROM manifest WHERE role = 'daily'") ?? 0
            )
        }
        #expect(manifests == Office.kept[.daily])
        #expect(sections < 15 * 8, "\(sections)")
        #expect(try await device.night().bulletins["daily"] != nil)
        #expect(try await county.office.rebuild().unchanged)
    }

    @Test func `a county set back to a backup publishes past what its kiosks hold`() async throws {
        let (county, device) = try await county(people: 20)
        let backup = county.folder.path + "/backup.sqlite"
        try await county.office.backup(to: backup)
        for _ in 0..<6 {
            county.small.clock.advance(seconds: 86_400)
            try await county.office.publishDaily()
            try await device.night()
        }
        let held = try device.desk.shelf.held(.daily).version
        let restored = county.folder.path + "/restored"
        try FileManager.default.createDirectory(
            atPath: restored, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: county.folder.path + "/office/keys", toPath: restored + "/keys")
        try FileManager.default.copyItem(atPath: backup, toPath: restored + "/county.sqlite")
        let office = try Office(
            folder: restored, county: nil, clock: county.small.clock.clock,
            randomness: county.small.randomness)
        let wire = TestCounty.wire(device.desk, to: office)
        // The first night brings the county what it lost, the next one the kiosk what is new.
        _ = try? await device.desk.night(wire)
        county.small.clock.advance(seconds: 86_400)
        let version = try await office.publishDaily()
        #expect(version == held + 1)
        #expect(try await device.desk.night(wire).bulletins["daily"] == version)
    }

    @Test func `no kiosk drives the numbers up without bound`() async throws {
        let (county, device) = try await county(people: 20)
        let stamp = Journal.Stamp(
            at: county.small.clock.clock.now(), day: county.small.clock.clock.now().day, by: "",
            session: "")
        try device.desk.journal.append(
            .bulletinRead(BulletinRead(policy: .max, daily: .max)), stamp)
        try await device.night()
        let most = county.small.clock.clock.now().bulletinNumber
        #expect(try await county.office.publishDaily() == most + 1)
    }
}
