import Cataloguing
import Foundation
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

/// A county set back to a backup, and what its kiosks bring back.
@Suite struct TakingBackTests {
    /// An office as it was at the backup: the same keys, an older database.
    private func restored(_ county: TestCounty, from backup: String) throws -> Office {
        let home = county.folder.path + "/restored"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: county.folder.path + "/office/keys", toPath: home + "/keys")
        try FileManager.default.copyItem(atPath: backup, toPath: home + "/county.sqlite")
        return try Office(
            folder: home, county: nil, clock: county.small.clock.clock,
            randomness: county.small.randomness)
    }

    private func raise(
        _ county: TestCounty, to fen: Int, _ office: Office? = nil
    ) async throws {
        let office = office ?? county.office
        let (first, second) = (TestCounty.clerks[0], TestCounty.clerks[1])
        let item = try #require(try county.small.content().catalogue.first)
        let draft = Draft(
            prices: [
                Draft.PriceChange(
                    code: item.code, price: Money(fen: fen), limit: nil,
                    from: county.small.clock.clock.now().day.adding(days: 1))
            ], note: "price")
        _ = try await office.publish(draft, by: first.0, pin: first.1)
        _ = try await office.release(by: second.0, pin: second.1)
    }

    private func scene() async throws -> (TestCounty, TestDevice, Office) {
        let county = try await TestCounty(people: 20)
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let backup = county.folder.path + "/backup.sqlite"
        try await county.office.backup(to: backup)
        try await raise(county, to: 777)
        try await device.night()
        return (county, device, try restored(county, from: backup))
    }

    @Test func `a policy that a backup took comes back from a kiosk, signed as it was`()
        async throws
    {
        let (county, device, office) = try await scene()
        let held = try device.desk.shelf.held(.policy).version
        #expect(try office.store.read { try $0.released(.policy)?.version } == held - 1)
        _ = try? await device.desk.night(TestCounty.wire(device.desk, to: office))
        let (before, after) = (
            try county.office.store.read { try $0.released(.policy) },
            try office.store.read { try $0.released(.policy) }
        )
        #expect(after?.version == held && after?.statement == before?.statement)
        #expect(try Office.content(office.store) == (try Office.content(county.office.store)))
        let item = try #require(try county.small.content().catalogue.first)
        let tomorrow = county.small.clock.clock.now().day.adding(days: 1)
        #expect(await office.policy.catalogue.item(item.code, tomorrow)?.price.fen == 777)
        #expect(
            try await device.desk.night(TestCounty.wire(device.desk, to: office)).bulletins.isEmpty)
    }

    /// An office put back by the command, as its people do it.
    private func putBack(_ county: TestCounty, _ backup: String, _ name: String) throws -> Office {
        let home = county.folder.path + "/" + name
        let (clock, randomness) = (county.small.clock.clock, county.small.randomness)
        try restoreOffice(from: backup, into: home, at: clock.now())
        return try Office(folder: home, county: nil, clock: clock, randomness: randomness)
    }

    private func lacks(_ office: Office) throws -> Bool {
        try office.store.read { try $0.mayLackPolicies(but: office.journal.kiosk) }
    }

    @Test func `once all were heard of no policy is lacking`() async throws {
        let (county, device, _) = try await scene()
        let office = try putBack(county, county.folder.path + "/backup.sqlite", "heard")
        let wire = TestCounty.wire(device.desk, to: office)
        _ = try? await device.desk.night(wire)
        #expect(try lacks(office), "it has brought the policy, others may hold a newer one")
        try await office.publishDaily()
        for _ in 0..<2 { _ = try await device.desk.night(wire) }
        #expect(try !lacks(office))
    }

    @Test func `a policy released before any kiosk was heard of has a number of its own`()
        async throws
    {
        let (county, device, _) = try await scene()
        let backup = county.folder.path + "/backup.sqlite"
        let item = try #require(try county.small.content().catalogue.first).code
        var held = try device.desk.shelf.held(.policy).version
        // Set back twice to the same backup: the two do not know of each other's either.
        for (name, fen) in [("once", 888), ("twice", 999)] {
            let office = try putBack(county, backup, name)
            #expect(try lacks(office))
            try await raise(county, to: fen, office)
            #expect(try !lacks(office))
            try await office.publishDaily()
            _ = try await device.desk.night(TestCounty.wire(device.desk, to: office))
            let version = try device.desk.shelf.held(.policy).version
            #expect(version > held)
            #expect(try office.store.read { try $0.released(.policy) }?.version == version)
            let tomorrow = county.small.clock.clock.now().day.adding(days: 1)
            #expect(await device.desk.policy.catalogue.item(item, tomorrow)?.price.fen == fen)
            held = version
            county.small.clock.advance(seconds: 600)
        }
    }

    @Test func `set back twice within a minute, it counts on and waits for everybody again`()
        async throws
    {
        let (county, device, _) = try await scene()
        let first = try putBack(county, county.folder.path + "/backup.sqlite", "once")
        try await raise(county, to: 888, first)
        try await raise(county, to: 999, first)
        try await first.publishDaily()
        for _ in 0..<2 { _ = try await device.desk.night(TestCounty.wire(device.desk, to: first)) }
        #expect(try !lacks(first))
        let backup = county.folder.path + "/later.sqlite"
        try await first.backup(to: backup)
        let second = try putBack(county, backup, "twice")
        #expect(try lacks(second), "what the device read is from before this restoring")
        try await raise(county, to: 777, second)
        let known = try first.store.read { try $0.released(.policy)?.version } ?? 0
        #expect(try second.store.read { try $0.released(.policy)?.version } == known + 1)
    }

    @Test func `a release that the own journal alone remembers is told of until it is made good`()
        async throws
    {
        let county = try await TestCounty(people: 20)
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let (backup, home) = (county.folder.path + "/backup.sqlite", county.folder.path + "/home")
        try await county.office.backup(to: backup)
        let known = try county.office.store.read { try $0.released(.policy) }?.version ?? 0
        try await raise(county, to: 777)
        // The database is lost; the journal beside it is not.
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        try county.office.journal.copy(to: home + "/journal.sqlite")
        try FileManager.default.copyItem(
            atPath: county.folder.path + "/office/keys", toPath: home + "/keys")
        let office = try putBack(county, backup, "home")
        func lost() throws -> Int? {
            try office.store.read { try office.lostRelease($0)?.1.version }
        }
        #expect(try lost() == known + 1)
        let wire = TestCounty.wire(device.desk, to: office)
        try await office.publishDaily()
        for _ in 0..<2 { _ = try await device.desk.night(wire) }
        #expect(try !lacks(office), "nobody can bring it any more")
        #expect(try lost() == known + 1, "it was in force for nobody, and should be")
        try await raise(county, to: 777, office)
        #expect(try lost() == nil)
        #expect(try county.office.store.read { try county.office.lostRelease($0) == nil })
    }

    @Test func `a database put back by other means is told so`() async throws {
        let county = try await TestCounty(people: 20)
        let (office, folder) = (county.office, county.folder.path)
        func copy(_ name: String) async throws {
            try office.journal.copy(to: folder + "/\(name).journal")
        }
        try await copy("old")
        try await office.backup(to: folder + "/backup.sqlite")
        let known = try office.store.read { try $0.released(.policy) }?.version ?? 0
        try await raise(county, to: 777)
        try await copy("new")
        // An own journal as old as the database has forgotten which rights were given since.
        for (name, forgets) in [("old", true), ("new", false)] {
            let home = folder + "/" + name
            try FileManager.default.createDirectory(
                atPath: home, withIntermediateDirectories: true)
            for (from, to) in [
                ("/office/keys", "/keys"), ("/backup.sqlite", "/county.sqlite"),
                ("/\(name).journal", "/journal.sqlite"),
            ] { try FileManager.default.copyItem(atPath: folder + from, toPath: home + to) }
            let again = try Office(
                folder: home, county: nil, clock: county.small.clock.clock,
                randomness: county.small.randomness)
            try await again.noteSetBack()
            let note = try again.store.read { try $0.note(rightsForgotten) }
            #expect((note != nil) == forgets)
            guard forgets else { continue }
            try await raise(county, to: 888, again)
            #expect(try again.store.read { try $0.released(.policy) }?.version ?? 0 > known + 1)
        }
    }

    @Test func `what waited in a backup is not released under its old number`() async throws {
        let county = try await TestCounty(people: 20)
        let (first, second) = (TestCounty.clerks[0], TestCounty.clerks[1])
        let content = try county.small.content()
        _ = try await county.office.propose(
            content, note: "waits", firstDay: nil, by: first.0, pin: first.1)
        let backup = county.folder.path + "/backup.sqlite"
        try await county.office.backup(to: backup)
        let office = try putBack(county, backup, "again")
        await #expect(throws: OfficeFault.proposalOutdated) {
            try await office.release(by: second.0, pin: second.1)
        }
        try await office.withdraw(by: first.0, pin: first.1)
        try await raise(county, to: 777, office)
    }

    @Test func `what enough people have not signed is not taken back`() async throws {
        let (county, device, office) = try await scene()
        let statement = try #require(try device.desk.shelf.statement(.policy))
        let genuine = try SignedDocument(role: .policy, bytes: statement)
        var manifest = try genuine.value(Manifest.self)
        manifest.version += 1
        let forged = try SignedDocument(
            role: .policy, manifest, key: device.desk.key)
        await #expect(throws: DocumentFault.signatures(found: 0, needed: 2)) {
            try await office.takeBack(try forged.bytes)
        }
        // A section without a statement, or one that no statement names.
        await #expect(throws: OfficeFault.notThere) {
            try await office.takeBack(compress(Array("anything".utf8)))
        }
        let lacking = try await office.takeBack(statement)
        #expect(!lacking.isEmpty)
        await #expect(throws: (any Error).self) {
            try await office.takeBack(compress(Array("anything".utf8)))
        }
        // What the office has already is not older for being brought again.
        await #expect(throws: OfficeFault.notThere) {
            try await county.office.takeBack(statement)
        }
    }
}
