import GRDB
import GRDBSQLite
import Vocabulary

/// A transaction of the embedded database. Statements are kept prepared, and values go to and fro
/// without a copy between.
final class SQLiteConnection: SQLConnection {
    private let db: Database

    init(_ db: Database) { self.db = db }

    @discardableResult
    func run(_ sql: String, _ values: [any SQLBindable]) throws -> Int {
        let statement = try db.cachedStatement(sql: sql).sqliteStatement
        let before = db.totalChangesCount
        try execute(statement, values, sql)
        return db.totalChangesCount - before
    }

    @discardableResult
    func run(_ sql: String, each rows: [[any SQLBindable]]) throws -> Int {
        let statement = try db.cachedStatement(sql: sql).sqliteStatement
        let before = db.totalChangesCount
        for values in rows { try execute(statement, values, sql) }
        return db.totalChangesCount - before
    }

    func rows(_ sql: String, _ values: [any SQLBindable]) throws -> [SQLRow] {
        var found: [SQLRow] = []
        try read(try db.cachedStatement(sql: sql), [values]) { found.append($0) }
        return found
    }

    func rows(_ sql: String, each keys: [[any SQLBindable]]) throws -> [SQLRow] {
        var found: [SQLRow] = []
        try read(try db.cachedStatement(sql: sql), keys) { found.append($0) }
        return found
    }

    func forEachRow(_ sql: String, _ body: (SQLRow) throws -> Void) throws {
        // A statement of its own, since the body may ask the same again meanwhile.
        try read(try db.makeStatement(sql: sql), [[]], body)
    }

    func mark(version: Int) throws { try db.execute(sql: "PRAGMA user_version = \(version)") }

    private func execute(
        _ statement: OpaquePointer, _ values: [any SQLBindable], _ sql: String
    ) throws {
        bind(values, to: statement)
        defer { sqlite3_reset(statement) }
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW { code = sqlite3_step(statement) }
        guard code == SQLITE_DONE else { throw fault(code, sql) }
    }

    private func read(
        _ prepared: Statement, _ keys: [[any SQLBindable]], _ body: (SQLRow) throws -> Void
    ) throws {
        let statement = prepared.sqliteStatement
        let names = prepared.columnNames
        for key in keys {
            bind(key, to: statement)
            defer { sqlite3_reset(statement) }
            var code = sqlite3_step(statement)
            while code == SQLITE_ROW {
                let values = (0..<Int32(names.count)).map { value(statement, $0) }
                try body(SQLRow(names: names, values: values))
                code = sqlite3_step(statement)
            }
            guard code == SQLITE_DONE else { throw fault(code, prepared.sql) }
        }
    }

    private func bind(_ values: [any SQLBindable], to statement: OpaquePointer) {
        precondition(
            values.count == sqlite3_bind_parameter_count(statement), "a value for every place")
        for (place, value) in values.enumerated() {
            let place = Int32(place + 1)
            switch value.sql {
            case .null: sqlite3_bind_null(statement, place)
            case .int(let number): sqlite3_bind_int64(statement, place, Int64(number))
            case .text(var text):
                text.withUTF8 { utf8 in
                    _ = utf8.withMemoryRebound(to: CChar.self) {
                        sqlite3_bind_text(
                            statement, place, $0.baseAddress ?? empty, Int32($0.count), copied)
                    }
                }
            case .blob(let bytes):
                _ = bytes.withUnsafeBytes {
                    // A blob of no bytes is not the same as nothing.
                    $0.isEmpty
                        ? sqlite3_bind_zeroblob(statement, place, 0)
                        : sqlite3_bind_blob(
                            statement, place, $0.baseAddress, Int32($0.count), copied)
                }
            }
        }
    }

    private func value(_ statement: OpaquePointer, _ column: Int32) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .int(Int(sqlite3_column_int64(statement, column)))
        case SQLITE_TEXT: .text(sqlite3_column_text(statement, column).map(String.init) ?? "")
        default:
            .blob(
                Array(
                    UnsafeRawBufferPointer(
                        start: sqlite3_column_blob(statement, column),
                        count: Int(sqlite3_column_bytes(statement, column)))))
        }
    }

    private func fault(_ code: Int32, _ sql: String) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: db.sqliteConnection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) },
            sql: sql)
    }
}

/// SQLite makes its own copy of what is bound.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
private nonisolated(unsafe) let empty = UnsafePointer(
    UnsafeMutablePointer<CChar>.allocate(capacity: 1))
