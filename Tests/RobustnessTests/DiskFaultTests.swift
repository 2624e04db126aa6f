import BrokenDisk
import Foundation
import GRDB
import SmallCounty
import Testing
import Vocabulary

@testable import Journaling
@testable import Kiosk

/// A disk that is full, cannot be read or written for once, or cannot sync: the program goes on.
@Suite(.serialized) struct DiskFaultTests {
    @Test(arguments: [FaultDisk.Fault.full, .write, .sync, .read])
    func `an error of the disk loses nothing, and pressing again works`(
        fault: FaultDisk.Fault
    ) async throws {
        let stride = PowerCutTests.isAll ? 1 : (fault == .sync ? 3 : 23)
        let run = try FaultyDisk(stride: stride)
        try await run.run(fault)
        print("\(fault): \(run.tally)")
        #expect(run.tally.struck > 0)
    }

    /// The harness must be able to find what it looks for: commits that are not synced are lost.
    @Test func `without synchronous FULL commits are lost, and with it none`() throws {
        var lost = [false: 0, true: 0]
        for (full, point) in (2...60).flatMap({ [(false, $0), (true, $0)] }) {
            let folder = try TestFolder()
            let disk = try FaultDisk(folder.path)
            disk.arm(.cut, at: point * 5)
            let committed = try commits(folder.path + "/plain.sqlite", full: full)
            let remains = try TestFolder()
            try disk.remains(.dropped, in: remains.path)
            let found = try DatabaseQueue(path: remains.path + "/plain.sqlite").read {
                try $0.tableExists("t") ? try Int.fetchOne($0, sql: "SELECT count(*) FROM t") : 0
            }
            lost[full, default: 0] += max(0, committed - (found ?? 0))
        }
        #expect(lost[false, default: 0] > 100)
        #expect(lost[true] == 0)
        print("commits lost: \(lost[false] ?? 0) with NORMAL, \(lost[true] ?? 0) with FULL")
    }

    /// Commits rows until the power goes.
    ///
    /// - Returns: how many commits returned.
    private func commits(_ path: String, full: Bool) throws -> Int {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA locking_mode=EXCLUSIVE")
            try db.execute(sql: "PRAGMA journal_mode=WAL")
            try db.execute(sql: "PRAGMA synchronous=\(full ? "FULL" : "NORMAL")")
        }
        var committed = 0
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { try $0.execute(sql: "CREATE TABLE t (n INTEGER)") }
            while committed < 200 {
                try queue.write { try $0.execute(sql: "INSERT INTO t VALUES (1)") }
                committed += 1
            }
        } catch is DatabaseError {}
        return committed
    }

    @Test func `a lying disk is found out by its remains`() throws {
        let folder = try TestFolder()
        let disk = try FaultDisk(folder.path)
        // The sync that fails takes its writes with it, though they can still be read.
        disk.arm(.sync, at: 1)
        let path = folder.path + "/plain.sqlite"
        #expect(throws: DatabaseError.self) {
            try DatabaseQueue(path: path).write {
                try $0.execute(sql: "CREATE TABLE t (n INTEGER)")
            }
        }
        #expect(disk.struck)
        let remains = try TestFolder()
        try disk.remains(.dropped, in: remains.path)
        let there = try DatabaseQueue(path: remains.path + "/plain.sqlite").read {
            try $0.tableExists("t")
        }
        #expect(!there)
    }
}
