import Journaling
import Synchronization
import Vocabulary

/// The county's store on a PostgreSQL server, shared by as many processes as there are.
///
/// Writers of all processes take turns: each transaction holds one lock of the database from its
/// first statement to its commit, so what it reads is what it changes.
final class PostgresStore: CountyStore {
    let needsRebuild: Bool
    private let address: String
    private let text: PostgresText
    private let idle: Mutex<[PostgresWire]>

    /// - Parameter address: a connection string as libpq takes it.
    init(_ address: String) throws {
        self.address = address
        let wire = try PostgresStore.connect(address)
        _ = try wire.ask("BEGIN")
        _ = try wire.ask(PostgresStore.lock)
        needsRebuild = try PostgresStore.prepare(wire)
        text = PostgresText(tables: try PostgresStore.tables(wire))
        _ = try wire.ask("COMMIT")
        idle = Mutex([wire])
    }

    /// "kiosk" in bytes.
    private static let lock = "SELECT CAST(pg_advisory_xact_lock(461330412395) AS TEXT)"

    func write<Value>(_ body: (any LedgerSession) throws -> Value) throws -> Value {
        do {
            return try transaction("BEGIN ISOLATION LEVEL READ COMMITTED") { wire in
                _ = try wire.ask(PostgresStore.lock)
                return try body(SQLSession(db: PostgresConnection(wire, text)))
            }
        } catch let fault as PostgresFault where fault.state == "53100" {
            throw Journal.Fault.diskFull
        }
    }

    func read<Value>(_ body: (any LedgerSession) throws -> Value) throws -> Value {
        try transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") { wire in
            try body(SQLSession(db: PostgresConnection(wire, text)))
        }
    }

    /// A commit whose answer is lost may still be durable: whoever asks again finds it done.
    private func transaction<Value>(
        _ begin: String, _ body: (PostgresWire) throws -> Value
    ) throws -> Value {
        let wire = try idle.withLock { $0.popLast() } ?? PostgresStore.connect(address)
        // A connection that broke is dropped; the next transaction makes another.
        defer { if wire.isSound { idle.withLock { $0.append(wire) } } }
        do {
            _ = try wire.ask(begin)
            let value = try body(wire)
            _ = try wire.ask("COMMIT")
            return value
        } catch {
            if wire.isSound { _ = try? wire.ask("ROLLBACK") }
            throw error
        }
    }

    /// A server that may forget what it has committed is refused.
    private static func connect(_ address: String) throws -> PostgresWire {
        let wire = try PostgresWire(address)
        _ = try wire.ask("SET synchronous_commit = on")
        for setting in ["fsync", "full_page_writes"] {
            let answer = try wire.ask("SELECT current_setting('\(setting)')")
            guard case .text("on")? = answer.row(0).values.first else {
                throw PostgresFault(state: PostgresFault.notDurable, message: setting)
            }
        }
        return wire
    }

    /// Makes what is missing and carries older tables over, as for SQLite.
    private static func prepare(_ wire: PostgresWire) throws -> Bool {
        try wire.runAll("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
        let answer = try wire.ask("SELECT max(version) FROM schema_version")
        guard case .int(let version)? = answer.row(0).values.first else {
            try make(wire)
            _ = try wire.ask(
                "INSERT INTO schema_version VALUES ($1)",
                [PostgresValue(.int(CountySchema.version))])
            return false
        }
        guard version < CountySchema.version else { return false }
        for (_, _, sql) in CountySchema.additions {
            try wire.runAll(
                PostgresText.schema(sql).replacing("ADD COLUMN", with: "ADD COLUMN IF NOT EXISTS"))
        }
        for table in CountySchema.cacheTables {
            try wire.runAll("DROP TABLE IF EXISTS \(table)")
        }
        try make(wire)
        return true
    }

    private static func make(_ wire: PostgresWire) throws {
        try wire.runAll(PostgresText.schema(CountySchema.truth))
        try wire.runAll(PostgresText.schema(CountySchema.caches))
        try wire.runAll(PostgresText.schema(MatterSchema.caches))
        try wire.runAll(PostgresText.guards)
    }

    private static func tables(
        _ wire: PostgresWire
    ) throws -> [String: (columns: [String], key: [String])] {
        let answer = try wire.ask(
            """
            SELECT c.relname AS table, a.attname AS column,
                CAST(a.attnum = ANY (i.indkey) AS INTEGER) AS key
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                AND NOT a.attisdropped
            JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
            WHERE c.relnamespace = CAST(current_schema() AS regnamespace)
            ORDER BY c.relname, a.attnum
            """)
        var tables: [String: (columns: [String], key: [String])] = [:]
        for place in 0..<answer.count {
            let row = answer.row(place)
            let column: String = row["column"]
            var table = tables[row["table"]] ?? ([], [])
            table.columns.append(column)
            if row["key"] as Int == 1 { table.key.append(column) }
            tables[row["table"]] = table
        }
        return tables
    }
}
