import Foundation
import Hosting
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// Several server processes on one PostgreSQL database.
@Suite struct SharedDatabaseTests {
    @Test func `two processes, one killed again and again, lose and double nothing`() async throws {
        guard case .success = PostgresCluster.shared else {
            return print("no PostgreSQL server, so no processes share one")
        }
        let county = try await TestStore.$current.withValue(.postgres) { try await TestCounty() }
        let parcels = try await parcels(of: county)
        let files = try parcels.enumerated().map { number, packed in
            let path = county.folder.path + "/parcel\(number)"
            try writeFile(path, packed)
            return path
        }
        var random = SeededNumbers(seed: 7)
        let steady = try process(files.shuffled(using: &random), county, journal: "C0002")
        for _ in 0..<3 {
            let victim = try process(files.shuffled(using: &random), county, journal: "C0003")
            try await Task.sleep(for: .milliseconds(300 + random.next(below: 3_000)))
            kill(victim.processIdentifier, SIGKILL)
            victim.waitUntilExit()
        }
        steady.waitUntilExit()
        // Parcels came in any order, so a last pass in order fills what had a gap before it.
        let last = try process(files, county, journal: "C0003")
        last.waitUntilExit()
        #expect(last.terminationStatus == 0)

        let alone = try await alone(county, parcels)
        #expect(try await county.office.digest() == alone)
        #expect(try await county.office.verify().faults == [])
        #expect(try await county.office.rebuild().unchanged)
    }

    private func parcels(of county: TestCounty) async throws -> [[UInt8]] {
        let devices = [
            try await county.device("H41992500001", operator: ("D0001", "246810")),
            try await county.device("H41992500002", operator: ("D0002", "246810")),
        ]
        for (index, member) in county.small.members.prefix(8).enumerated() {
            for device in devices { _ = try? await device.visit(member, fen: 900 * (index + 1)) }
        }
        return try devices.flatMap { try pieces(of: $0.desk.journal, key: $0.desk.key, county) }
    }

    private func pieces(
        of journal: Journal, key: DeviceKey, _ county: TestCounty
    ) throws -> [[UInt8]] {
        try stride(from: 0, to: try journal.head().sequence, by: 2).map { start in
            let entries = try journal.read { try $0.entries(after: start, limit: 2) }
            let last = try #require(entries.last)
            return try Parcel(
                kiosk: journal.kiosk,
                previous: try journal.read { try $0.hash(at: start) } ?? .zero, entries: entries,
                checkpoint: try Checkpoint(
                    kiosk: journal.kiosk, sequence: last.header.sequence, head: last.hash,
                    at: county.small.clock.clock.now(), key: key)
            ).packed()
        }
    }

    /// `syncserver import` of all files, with the office's keys and a journal of its own.
    private func process(
        _ files: [String], _ county: TestCounty, journal: String
    ) throws -> Process {
        let home = county.folder.path + "/" + journal
        if !FileManager.default.fileExists(atPath: home) {
            try makeFolder(home)
            try FileManager.default.copyItem(
                atPath: county.folder.path + "/office/keys", toPath: home + "/keys")
            try writeFile(
                home + "/database.conf", Array((county.database ?? "").utf8), secret: true)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent().appendingPathComponent("syncserver")
        process.arguments = ["import", "--data", home, "--journal", journal] + files
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// The digest of one server that got every parcel once and in order.
    private func alone(_ county: TestCounty, _ parcels: [[UInt8]]) async throws -> Fingerprint {
        let home = county.folder.path + "/alone"
        try makeFolder(home)
        try FileManager.default.copyItem(
            atPath: county.folder.path + "/office/keys", toPath: home + "/keys")
        let office = try Office(
            folder: home, county: SmallCounty.code, clock: county.small.clock.clock,
            randomness: county.small.randomness)
        await office.use(await county.office.policy)
        try county.office.store.read { source in
            try office.store.write { target in
                for var journal in try source.journals() {
                    (journal.through, journal.head, journal.lastEntryAt) = (0, .zero, nil)
                    try target.put(journal)
                }
            }
        }
        let own = try pieces(of: county.office.journal, key: county.office.service, county)
        for packed in own + parcels { _ = try await office.receive(packed) }
        return try await office.digest()
    }
}
