import Foundation
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A database of any earlier version opens, and says what it said.
@Suite(.onBothStores) struct MigrationTests {
    /// What takes a database back to a version, newest step first.
    private static let stepsBack: [(version: Int, statements: [String])] = [
        (2, ["DROP TABLE backlog"]),
        (1, ["ALTER TABLE fork DROP COLUMN previous"]),
    ]

    @Test(arguments: 1..<CountySchema.version)
    func `a database of an earlier version is carried over`(version: Int) async throws {
        let county = try await TestCounty()
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        for index in 1...3 { try await device.visit(county.small.members[index], fen: 800 * index) }
        try await device.night()
        let digest = try await county.office.digest()

        try county.office.store.write { session in
            let session = try #require(session as? SQLSession)
            for step in Self.stepsBack where step.version >= version {
                for statement in step.statements { try session.run(statement) }
            }
            try session.db.mark(version: version)
        }
        let home = county.folder.path + "/carried"
        try FileManager.default.copyItem(atPath: county.folder.path + "/office", toPath: home)
        let office = try Office(
            folder: home, county: SmallCounty.code, clock: county.small.clock.clock,
            randomness: county.small.randomness, database: county.database)
        #expect(try await office.digest() == digest)
        #expect(try await office.verify().faults == [])
        #expect(try await office.rebuild().unchanged)
    }
}
