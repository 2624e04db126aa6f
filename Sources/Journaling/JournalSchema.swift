import GRDB

/// The journal's tables: one truth, and caches that `rebuild` drops and fills again.
///
/// Append-only is enforced here, beneath every program that may ever open the file.
enum JournalSchema {
    /// Raised with every change of the schema; a newer file is refused, an older one carried over.
    static let version = 1

    static let truth = """
        CREATE TABLE journal (
            kiosk TEXT NOT NULL,
            format INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE entry (
            seq INTEGER PRIMARY KEY CHECK (seq > 0),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            -- 0: the bytes are in clear; otherwise the number of the key that sealed them.
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
        CREATE TRIGGER entry_in_sequence BEFORE INSERT ON entry
        WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry)
        BEGIN SELECT raise(ABORT, 'the journal has no gaps'); END;
        """

    static let caches = """
        CREATE TABLE identity_of (identity TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
        CREATE TABLE about (person TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (person, seq))
            STRICT, WITHOUT ROWID;
        CREATE TABLE day_of (day TEXT NOT NULL, kind TEXT NOT NULL, seq INTEGER PRIMARY KEY) STRICT;
        CREATE INDEX day_of_day ON day_of (day, seq);
        CREATE TABLE voided (seq INTEGER PRIMARY KEY, by_seq INTEGER NOT NULL) STRICT;
        CREATE TABLE receipt (number INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
        """

    static let cacheTables = ["identity_of", "about", "day_of", "voided", "receipt"]

    /// Facts are only ever appended: no statement can change or remove one.
    static let guards = ["journal", "entry", "checkpoint", "acknowledgement"].flatMap { table in
        ["UPDATE", "DELETE"].map { verb in
            """
            CREATE TRIGGER \(table)_no_\(verb.lowercased()) BEFORE \(verb) ON \(table)
            BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
            """
        }
    }

    static func create(_ db: Database, kiosk: String) throws {
        try db.execute(sql: truth)
        try db.execute(sql: caches)
        for guardian in guards { try db.execute(sql: guardian) }
        try db.execute(
            sql: "INSERT INTO journal (kiosk, format) VALUES (?, ?)",
            arguments: [kiosk, version])
    }
}
