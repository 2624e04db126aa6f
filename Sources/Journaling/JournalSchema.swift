import Foundation
import GRDB

/// The journal's tables: one truth, and caches that `rebuild` drops and fills again.
///
/// Append-only is enforced here, beneath every program that may ever open the file.
enum JournalSchema {
    /// Raised with every change of the schema; a newer file is refused, an older one carried over.
    static let version = 2

    static let truth = """
        CREATE TABLE journal (
            kiosk TEXT NOT NULL,
            format INTEGER NOT NULL,
            -- Which key sealed the entries; NULL where they are in clear.
            key BLOB
        ) STRICT;
        CREATE TABLE entry (
            seq INTEGER PRIMARY KEY CHECK (seq > 0),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            -- 0: the bytes are in clear; 1: sealed with the key that table journal names.
            sealed INTEGER NOT NULL DEFAULT 0,
            bytes BLOB NOT NULL
        ) STRICT;
        CREATE TABLE checkpoint (
            seq INTEGER NOT NULL,
            statement BLOB NOT NULL
        ) STRICT;
        CREATE TABLE acknowledgement (
            through INTEGER NOT NULL,
            statement BLOB NOT NULL
        ) STRICT;
        """

    /// Identities and people stand as marks, so that a cache tells no more than a sealed entry.
    static let caches = """
        CREATE TABLE identity_of (identity BLOB PRIMARY KEY, seq INTEGER NOT NULL)
            STRICT, WITHOUT ROWID;
        CREATE TABLE about (person BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (person, seq))
            STRICT, WITHOUT ROWID;
        CREATE TABLE day_of (day TEXT NOT NULL, kind TEXT NOT NULL, seq INTEGER PRIMARY KEY) STRICT;
        CREATE INDEX day_of_day ON day_of (day, seq);
        CREATE TABLE voided (seq INTEGER PRIMARY KEY, by_seq INTEGER NOT NULL) STRICT;
        CREATE TABLE receipt (number INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
        """

    static let cacheTables = ["identity_of", "about", "day_of", "voided", "receipt"]

    /// Facts are only ever appended: no statement can change or remove one.
    static let guards: [(name: String, sql: String)] =
        [
            (
                "entry_in_sequence",
                """
                CREATE TRIGGER entry_in_sequence BEFORE INSERT ON entry
                WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry)
                BEGIN SELECT raise(ABORT, 'the journal has no gaps'); END;
                """
            )
        ]
        + ["journal", "entry", "checkpoint", "acknowledgement"].flatMap { table in
            ["UPDATE", "DELETE"].map { verb in
                let name = "\(table)_no_\(verb.lowercased())"
                return (
                    name,
                    """
                    CREATE TRIGGER \(name) BEFORE \(verb) ON \(table)
                    BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
                    """
                )
            }
        }

    static func create(_ db: Database, kiosk: String, key: Data?) throws {
        try db.execute(sql: truth)
        try db.execute(sql: caches)
        for guardian in guards { try db.execute(sql: guardian.sql) }
        try db.execute(
            sql: "INSERT INTO journal (kiosk, format, key) VALUES (?, ?, ?)",
            arguments: [kiosk, version, key])
    }

    /// Lets the whole file be written again in another seal, within the caller's transaction: the
    /// guards stand again before anything is committed.
    static func withoutGuards(_ db: Database, _ work: () throws -> Void) throws {
        for guardian in guards { try db.execute(sql: "DROP TRIGGER IF EXISTS \(guardian.name)") }
        try work()
        for guardian in guards { try db.execute(sql: guardian.sql) }
    }

    static func createCachesAnew(_ db: Database) throws {
        for table in cacheTables { try db.execute(sql: "DROP TABLE IF EXISTS \(table)") }
        try db.execute(sql: caches)
    }
}
