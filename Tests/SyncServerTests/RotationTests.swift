import Foundation
import Identifying
import Journaling
import Publishing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// The county changes its keys, and its kiosks follow by themselves.
@Suite struct RotationTests {
    private func county() async throws -> (TestCounty, TestDevice) {
        let county = try await TestCounty()
        return (county, try await county.device("H41992500001", operator: ("D0001", "246810")))
    }

    private func propose(
        _ county: TestCounty, without: [String] = [], newServiceKey: Bool = false, by clerk: Int = 0
    ) async throws -> RootAnswer {
        let login = TestCounty.clerks[clerk]
        return try await county.office.proposeRoot(
            without: without, newServiceKey: newServiceKey, by: login.0, pin: login.1)
    }

    private func release(_ county: TestCounty, by clerk: Int) async throws -> RootAnswer {
        let login = TestCounty.clerks[clerk]
        return try await county.office.releaseRoot(by: login.0, pin: login.1)
    }

    @Test func `two clerks give the server a new key, and kiosks go on as before`() async throws {
        let (county, device) = try await county()
        let old = await county.office.trust.serviceKey
        #expect(try await propose(county, newServiceKey: true).released == false)
        await #expect(throws: ReleaseFault.samePerson) { try await release(county, by: 0) }
        #expect(
            try await release(county, by: 1)
                == RootAnswer(
                    version: 1, signedBy: ["C0001", "C0002"], released: true))
        #expect(await county.office.trust.serviceKey != old)
        let members = county.small.members.filter { $0.coverage.died == nil }
        try await device.visit(members[0], fen: 2_000)
        let report = try await device.night()
        #expect(report.sent.acknowledgedThrough == (try device.desk.journal.head().sequence))
        #expect(await device.desk.trust.rootVersion == 1)
        let faults = try await county.office.verify().faults
        #expect(faults == [])
        // A restart from the same files believes the same.
        let home = county.folder.path + "/again"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: county.folder.path + "/office/keys", toPath: home + "/keys")
        try await county.office.backup(to: home + "/county.sqlite")
        let again = try Office(
            folder: home, county: nil, clock: county.small.clock.clock,
            randomness: county.small.randomness)
        #expect(await again.trust == county.office.trust)
        #expect(hex(again.service.publicKey) == (await county.office.trust.serviceKey))
    }

    @Test func `a kiosk without a network follows the roots on its stick`() async throws {
        let (county, device) = try await county()
        for _ in 0..<3 {
            _ = try await propose(county, newServiceKey: true)
            _ = try await release(county, by: 2)
        }
        let stick = county.folder.path + "/stick"
        _ = try await county.office.writeStick(for: device.desk.journal.kiosk, to: stick)
        let report = try await device.desk.importStick(stick)
        #expect(await device.desk.trust.rootVersion == 3)
        #expect(report.bulletins["daily"] != nil)
    }

    @Test func `a clerk who left signs nothing, and a key that went never comes back`()
        async throws
    {
        let (county, device) = try await county()
        _ = try await propose(county, without: ["C0003"])
        #expect(try await release(county, by: 1).released)
        _ = try await device.night()
        await #expect(throws: (any Error).self) { try await propose(county, by: 2) }
        let trust = await county.office.trust
        #expect(trust.officeKeys.count == 2)
        let keys = county.folder.path + "/office/keys/"
        try FileManager.default.moveItem(
            atPath: keys + "C0003.retired-1", toPath: keys + "C0003.sealed")
        await #expect(throws: OfficeFault.self) { try await propose(county) }
    }

    @Test func `where two of three people go, a third signature is waited for`() async throws {
        let (county, device) = try await county()
        try await county.office.makeOfficeKey(of: "C0004", pin: "135791")
        let small = county.small
        let person = Syncing.Operator(
            id: "C0004", name: "C0004", role: .countyClerk, institution: "H41992599999",
            salt: hex(small.randomness.bytes(16)), verifier: "")
        try county.office.store.write { try $0.put([person]) }
        _ = try await propose(county, without: ["C0002", "C0003"])
        #expect(try await release(county, by: 1).released == false)
        let answer = try await county.office.releaseRoot(by: "C0004", pin: "135791")
        #expect(answer.released && answer.signedBy == ["C0001", "C0002", "C0004"])
        // The policy in force was signed by one who went: it is signed again, and believed again.
        #expect(answer.policyToSignAgain)
        await #expect(throws: DocumentFault.signatures(found: 1, needed: 2)) {
            try await device.night()
        }
        #expect(await device.desk.trust.officeKeys.count == 2)
        let first = TestCounty.clerks[0]
        _ = try await county.office.signAgain(by: first.0, pin: first.1)
        _ = try await county.office.release(by: "C0004", pin: "135791")
        #expect(try await device.night().bulletins["policy"] == 2)
    }
}
