import Foundation
import GRDB
import Journaling
import Vocabulary

/// The county's store in one SQLite file, owned by one process.
final class SQLiteStore: CountyStore {
    private let database: DatabaseQueue

    init(path: String) throws {
        do {
            database = try openDurably(path: path)
            try database.write { db in
                try db.execute(sql: CountySchema.truth)
                try db.execute(sql: CountySchema.caches)
                for guardian in CountySchema.guards { try db.execute(sql: guardian) }
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw Journal.Fault.inUse(path: path)
        }
    }

    func write<Value>(_ body: (any LedgerSession) throws -> Value) throws -> Value {
        do {
            return try database.writeDurably { try body(SQLiteSession(db: $0)) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            throw Journal.Fault.diskFull
        }
    }

    func read<Value>(_ body: (any LedgerSession) throws -> Value) throws -> Value {
        try database.read { try body(SQLiteSession(db: $0)) }
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

/// The ledger inside one SQLite transaction.
struct SQLiteSession: LedgerSession {
    let db: Database

    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    func json<Value: Decodable>(
        _ type: Value.Type, _ sql: String, _ arguments: StatementArguments = StatementArguments()
    ) throws -> [Value] {
        try Data.fetchAll(try db.cachedStatement(sql: sql), arguments: arguments)
            .map { try CompactJSON.decode(type, from: $0) }
    }

    func data(_ value: some Encodable) throws -> Data { Data(try CompactJSON.encode(value)) }
}
