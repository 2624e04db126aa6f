import Vocabulary

/// A transaction of a PostgreSQL server. Rows that belong together travel in one message.
final class PostgresConnection: SQLConnection {
    private let wire: PostgresWire
    private let text: PostgresText
    private var cursors = 0

    init(_ wire: PostgresWire, _ text: PostgresText) {
        self.wire = wire
        self.text = text
    }

    @discardableResult
    func run(_ sql: String, _ values: [any SQLBindable]) throws -> Int {
        try wire.ask(text.statement(sql), values.map { PostgresValue($0.sql) }).changed
    }

    @discardableResult
    func run(_ sql: String, each rows: [[any SQLBindable]]) throws -> Int {
        try pieces(of: rows).reduce(0) { try $0 + list(sql, $1).changed }
    }

    func rows(_ sql: String, _ values: [any SQLBindable]) throws -> [SQLRow] {
        let answer = try wire.ask(text.statement(sql), values.map { PostgresValue($0.sql) })
        return (0..<answer.count).map(answer.row)
    }

    func rows(_ sql: String, each keys: [[any SQLBindable]]) throws -> [SQLRow] {
        try pieces(of: keys).flatMap { piece in
            let answer = try list(sql, piece)
            return (0..<answer.count).map(answer.row)
        }
    }

    func mark(version: Int) throws {
        _ = try wire.ask("DELETE FROM schema_version")
        _ = try wire.ask("INSERT INTO schema_version VALUES ($1)", [PostgresValue(.int(version))])
    }

    func forEachRow(_ sql: String, _ body: (SQLRow) throws -> Void) throws {
        cursors += 1
        let cursor = "walk\(cursors)"
        _ = try wire.ask("DECLARE \(cursor) NO SCROLL CURSOR FOR \(text.statement(sql))")
        while true {
            let answer = try wire.ask("FETCH 2000 FROM \(cursor)")
            guard answer.count > 0 else { break }
            for place in 0..<answer.count { try body(answer.row(place)) }
        }
        _ = try wire.ask("CLOSE \(cursor)")
    }

    /// A message stays far below what the server takes.
    private func pieces(of rows: [[any SQLBindable]]) -> [ArraySlice<[any SQLBindable]>] {
        stride(from: 0, to: rows.count, by: 4_096).map {
            rows[$0..<min($0 + 4_096, rows.count)]
        }
    }

    private func list(
        _ sql: String, _ rows: ArraySlice<[any SQLBindable]>
    ) throws -> PostgresAnswer {
        let values = rows.map { $0.map(\.sql) }
        let columns = (values.first ?? []).indices.map { column in values.map { $0[column] } }
        let lists = columns.map { PostgresValue.name(ofListWith: $0.first ?? .null) }
        return try wire.ask(
            text.statement(sql, lists: lists), columns.map(PostgresValue.init(list:)))
    }
}
