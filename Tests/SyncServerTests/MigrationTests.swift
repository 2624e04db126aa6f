import Foundation
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A database of any earlier version opens, and says what it said.
@Suite(.onBothStores) struct MigrationTests {
    /// A version, and what takes a database back to it.
    struct Earlier: Sendable {
        let version: Int
        let statements: [String]
    }

    private static let backlog = ["DROP TABLE backlog"]
    private static let owing = ["DROP TABLE owing"]
    private static let matters = MatterSchema.tables.map { "DROP TABLE \($0)" }
    /// Since then only what is folded has changed, and no table.
    private static let foldedAgain = (5..<CountySchema.version).map {
        Earlier(version: $0, statements: [])
    }
    /// Version 3 went two ways: with rulings, and with parcels that are stored first.
    static let earlier =
        foldedAgain + [
            Earlier(version: 4, statements: owing),
            Earlier(version: 3, statements: owing + backlog),
            Earlier(version: 3, statements: owing + matters),
            Earlier(version: 2, statements: owing + backlog + matters),
            Earlier(
                version: 1,
                statements: owing + backlog + matters + ["ALTER TABLE fork DROP COLUMN previous"]),
        ]

    @Test func `every earlier version is tried`() {
        #expect(Set(Self.earlier.map(\.version)) == Set(1..<CountySchema.version))
    }

    @Test(arguments: earlier)
    func `a database of an earlier version is carried over`(earlier: Earlier) async throws {
        let county = try await TestCounty()
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        for index in 1...3 { try await device.visit(county.small.members[index], fen: 800 * index) }
        try await device.night()
        let digest = try await county.office.digest()

        try county.office.store.write { session in
            let session = try #require(session as? SQLSession)
            for statement in earlier.statements { try session.run(statement) }
            try session.db.mark(version: earlier.version)
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
