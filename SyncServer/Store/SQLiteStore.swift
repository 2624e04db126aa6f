import Foundation
import GRDB
import Journaling
import Vocabulary

/// The county's store in one SQLite file, owned by one process.
final class SQLiteStore: CountyStore {
    private let database: DatabaseQueue
    /// The caches were dropped, since an earlier version made them; a rebuild fills them.
    let needsRebuild: Bool

    init(path: String) throws {
        do {
            database = try openDurably(path: path)
            try database.inDatabase { db in
                // A night touches people all over the file: two megabytes of pages would be read again
                // and again, and copied out of the log after every transaction.
                try db.execute(sql: "PRAGMA cache_size = -262144")
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 65536")
            }
            needsRebuild = try database.write { try SQLiteStore.prepare($0) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw Journal.Fault.inUse(path: path)
        }
    }

    /// Makes what is missing and carries an older file over; the truth is only ever added to.
    private static func prepare(_ db: Database) throws -> Bool {
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let isOld = try version < CountySchema.version && db.tableExists("journal")
        try db.execute(sql: CountySchema.truth)
        if isOld {
            for (table, column, sql) in CountySchema.additions
            where try !db.columns(in: table).contains(where: { $0.name == column }) {
                try db.execute(sql: sql)
            }
            for table in CountySchema.cacheTables {
                try db.execute(sql: "DROP TABLE IF EXISTS \(table)")
            }
        }
        try db.execute(sql: CountySchema.caches)
        try db.execute(sql: MatterSchema.caches)
        for guardian in CountySchema.guards { try db.execute(sql: guardian) }
        // An older file is of this version once its caches have been filled again.
        if !isOld { try db.execute(sql: "PRAGMA user_version = \(CountySchema.version)") }
        return isOld
    }

    func write<Value>(_ body: (any LedgerSession) throws -> Value) throws -> Value {
        do {
            return try database.writeDurably { try body(SQLSession(db: SQLiteConnection($0))) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            throw Journal.Fault.diskFull
        }
    }

    func read<Value>(_ body: (any LedgerSession) throws -> Value) throws -> Value {
        try database.read { try body(SQLSession(db: SQLiteConnection($0))) }
    }

    /// A whole copy while the server runs on.
    func copy(to path: String) throws {
        let copy = try DatabaseQueue(path: path)
        try database.backup(to: copy)
        try copy.close()
    }

    /// What SQLite itself finds wrong with the file.
    func integrity() throws -> String {
        try database.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") ?? "no answer" }
    }
}
