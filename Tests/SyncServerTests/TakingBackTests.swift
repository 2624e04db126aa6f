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

    private func raise(_ county: TestCounty, to fen: Int) async throws {
        let (first, second) = (TestCounty.clerks[0], TestCounty.clerks[1])
        let item = try #require(try county.small.content().catalogue.first)
        let draft = Draft(
            prices: [
                Draft.PriceChange(
                    code: item.code, price: Money(fen: fen), limit: nil,
                    from: county.small.clock.clock.now().day.adding(days: 1))
            ], note: "price")
        _ = try await county.office.publish(draft, by: first.0, pin: first.1)
        _ = try await county.office.release(by: second.0, pin: second.1)
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
