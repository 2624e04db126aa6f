import Foundation
import Synchronization

/// Statements as PostgreSQL spells them, made out of the one text that both databases share.
final class PostgresText: Sendable {
    /// By table, its columns in order and those of its key.
    private let tables: [String: (columns: [String], key: [String])]
    /// Each is spelled once: a night asks the same few dozen a hundred thousand times.
    private let spelled = Mutex<[Asked: String]>([:])

    private struct Asked: Hashable {
        let sql: String
        let lists: [String]?
    }

    init(tables: [String: (columns: [String], key: [String])]) { self.tables = tables }

    /// - Parameter lists: by column of the rows, the type of its array; given where many rows go at
    ///   once in the place of `VALUES (?, …)`.
    func statement(_ sql: String, lists: [String]? = nil) -> String {
        let asked = Asked(sql: sql, lists: lists)
        if let known = spelled.withLock({ $0[asked] }) { return known }
        let text = numbered(lists.map { listed(upserting(sql), $0) } ?? upserting(sql))
        spelled.withLock { $0[asked] = text }
        return text
    }

    /// `INSERT OR IGNORE` and `INSERT OR REPLACE` as clauses behind the values.
    private func upserting(_ sql: String) -> String {
        if let text = sql.without("INSERT OR IGNORE INTO ") {
            return "INSERT INTO \(text) ON CONFLICT DO NOTHING"
        }
        guard let text = sql.without("INSERT OR REPLACE INTO ") else { return sql }
        let name = String(text.prefix { $0.isLetter || $0 == "_" })
        guard let table = tables[name] else { preconditionFailure("no table \(name)") }
        let before = text.prefix(upTo: text.range(of: "VALUES")?.lowerBound ?? text.endIndex)
        let named = before.dropFirst(name.count).split { " (),\n".contains($0) }.map(String.init)
        let others = (named.isEmpty ? table.columns : named).filter { !table.key.contains($0) }
        let key = table.key.joined(separator: ", ")
        guard !others.isEmpty else { return "INSERT INTO \(text) ON CONFLICT (\(key)) DO NOTHING" }
        let sets = others.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        return "INSERT INTO \(text) ON CONFLICT (\(key)) DO UPDATE SET \(sets)"
    }

    private func listed(_ sql: String, _ lists: [String]) -> String {
        let place = "VALUES (" + lists.map { _ in "?" }.joined(separator: ", ") + ")"
        guard let range = sql.range(of: place) else {
            preconditionFailure("no place for rows in \(sql)")
        }
        let arrays = lists.map { "?::\($0)" }.joined(separator: ", ")
        let names = lists.indices.map { "column\($0 + 1)" }.joined(separator: ", ")
        return sql.replacingCharacters(
            in: range, with: "SELECT * FROM unnest(\(arrays)) AS listed (\(names))")
    }

    private func numbered(_ sql: String) -> String {
        var (text, number) = ("", 0)
        for character in sql {
            if character == "?" { number += 1 }
            text += character == "?" ? "$\(number)" : String(character)
        }
        return text
    }

    /// The shared schema: every whole number is of 64 bits, texts sort by their bytes.
    static func schema(_ sql: String) -> String {
        sql.replacing(" STRICT, WITHOUT ROWID", with: "").replacing(" STRICT", with: "")
            .replacing(" BLOB", with: " BYTEA").replacing(" INTEGER", with: " BIGINT")
            .replacing(" TEXT", with: " TEXT COLLATE \"C\"")
            .replacing("DEFAULT x'", with: "DEFAULT '\\x")
    }

    /// Journals are append-only here too, and one function that SQLite brings along is made.
    static let guards =
        """
        CREATE OR REPLACE FUNCTION instr(BYTEA, BYTEA) RETURNS BIGINT LANGUAGE sql IMMUTABLE
            AS 'SELECT CAST(position($2 IN $1) AS BIGINT)';
        CREATE OR REPLACE FUNCTION journals_are_append_only() RETURNS trigger LANGUAGE plpgsql
            AS 'BEGIN RAISE EXCEPTION ''journals are append-only''; END';
        """
        + ["entry", "fork"].map { table in
            """
            CREATE OR REPLACE TRIGGER \(table)_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
                ON \(table) FOR EACH STATEMENT EXECUTE FUNCTION journals_are_append_only();
            """
        }.joined()
}

extension String {
    fileprivate func without(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
