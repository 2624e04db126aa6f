import Merging
import Vocabulary

/// One open transaction of a database that speaks SQL.
///
/// Statements are written once, with `?` for values; what a database spells otherwise is turned
/// over by its connection.
protocol SQLConnection: AnyObject {
    /// - Returns: how many rows were added, changed or removed.
    @discardableResult
    func run(_ sql: String, _ values: [any SQLBindable]) throws -> Int

    /// Runs a statement for many rows. Its text has the place of a row as `VALUES (?, …)`; a database
    /// across a socket takes all rows in one message.
    ///
    /// No two rows may have the same key.
    @discardableResult
    func run(_ sql: String, each rows: [[any SQLBindable]]) throws -> Int

    func rows(_ sql: String, _ values: [any SQLBindable]) throws -> [SQLRow]

    /// Asks for many keys at once: the text has `(VALUES (?, …)) AS wanted`, whose columns are
    /// called `column1`, `column2` …
    func rows(_ sql: String, each keys: [[any SQLBindable]]) throws -> [SQLRow]

    /// Remembers that the caches are of this version of the schema.
    func mark(version: Int) throws

    /// Hands over the rows of a statement one after another, without holding all of them.
    func forEachRow(_ sql: String, _ body: (SQLRow) throws -> Void) throws
}

/// A value of a column: whole numbers, text and bytes are all there is.
enum SQLValue: Hashable, Sendable {
    case null
    case int(Int)
    case text(String)
    case blob([UInt8])
}

/// What can stand in the place of a `?`.
protocol SQLBindable {
    var sql: SQLValue { get }
}

extension Int: SQLBindable { var sql: SQLValue { .int(self) } }
extension String: SQLBindable { var sql: SQLValue { .text(self) } }
extension Array: SQLBindable where Element == UInt8 { var sql: SQLValue { .blob(self) } }
extension Fingerprint: SQLBindable { var sql: SQLValue { .blob(bytes) } }
extension KioskID: SQLBindable { var sql: SQLValue { .text(rawValue) } }
extension PersonNumber: SQLBindable { var sql: SQLValue { .text(rawValue) } }
extension Day: SQLBindable { var sql: SQLValue { .text(description) } }
extension Optional: SQLBindable where Wrapped: SQLBindable {
    var sql: SQLValue { map(\.sql) ?? .null }
}

/// A row that was read, by the names of its columns.
///
/// The schema holds every column to one type, so a column of another is a fault of the program.
struct SQLRow {
    let names: [String]
    let values: [SQLValue]

    subscript(name: String) -> SQLValue {
        guard let place = names.firstIndex(of: name) else {
            preconditionFailure("no column \(name)")
        }
        return values[place]
    }

    subscript(name: String) -> Int? {
        switch self[name] as SQLValue {
        case .int(let value): value
        case .null: nil
        default: preconditionFailure("\(name) is no number")
        }
    }

    subscript(name: String) -> String? {
        switch self[name] as SQLValue {
        case .text(let value): value
        case .null: nil
        default: preconditionFailure("\(name) is no text")
        }
    }

    subscript(name: String) -> [UInt8]? {
        switch self[name] as SQLValue {
        case .blob(let value): value
        case .null: nil
        default: preconditionFailure("\(name) is no bytes")
        }
    }

    subscript(name: String) -> Int { found(self[name] as Int?, name) }
    subscript(name: String) -> String { found(self[name] as String?, name) }
    subscript(name: String) -> [UInt8] { found(self[name] as [UInt8]?, name) }

    private func found<Value>(_ value: Value?, _ name: String) -> Value {
        guard let value else { preconditionFailure("\(name) holds nothing") }
        return value
    }
}

/// The ledger inside one transaction, whichever database it is kept in.
struct SQLSession: LedgerSession {
    let db: any SQLConnection
    let posts = StatedPosts()

    func run(_ sql: String, _ values: [any SQLBindable] = []) throws { try db.run(sql, values) }

    func rows(_ sql: String, _ values: [any SQLBindable] = []) throws -> [SQLRow] {
        try db.rows(sql, values)
    }

    func row(_ sql: String, _ values: [any SQLBindable] = []) throws -> SQLRow? {
        try rows(sql, values).first
    }

    /// The first column of the first row; `nil` where there is none, or nothing in it.
    func int(_ sql: String, _ values: [any SQLBindable] = []) throws -> Int? {
        guard case .int(let value)? = try rows(sql, values).first?.values.first else { return nil }
        return value
    }

    func text(_ sql: String, _ values: [any SQLBindable] = []) throws -> String? {
        guard case .text(let value)? = try rows(sql, values).first?.values.first else {
            return nil
        }
        return value
    }

    func bytes(_ sql: String, _ values: [any SQLBindable] = []) throws -> [UInt8]? {
        guard case .blob(let value)? = try rows(sql, values).first?.values.first else {
            return nil
        }
        return value
    }

    func json<Value: Decodable>(
        _ type: Value.Type, _ sql: String, _ values: [any SQLBindable] = []
    ) throws -> [Value] {
        try rows(sql, values).map { row in
            guard case .blob(let bytes)? = row.values.first else {
                preconditionFailure("JSON is kept as bytes")
            }
            return try CompactJSON.decode(type, from: bytes)
        }
    }

    func data(_ value: some Encodable) throws -> [UInt8] { try CompactJSON.encode(value) }
}
