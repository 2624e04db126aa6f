/// The county's tables. Entries and forks are the truth and only ever grow; the tables below
/// `caches` can be dropped and filled again, and are whenever ``version`` has changed.
///
/// What is stored of a journal is the union of `entry`, the chain that came first, and `fork`; which
/// of the two a branch lies in is of no consequence anywhere.
enum CountySchema {
    static let version = 10

    /// Columns that files of version 1 lack.
    static let additions = [
        (
            table: "fork", column: "previous",
            sql: "ALTER TABLE fork ADD COLUMN previous BLOB NOT NULL DEFAULT x'"
                + String(repeating: "0", count: 64) + "'"
        )
    ]

    static let truth = """
        CREATE TABLE IF NOT EXISTS journal (
            kiosk TEXT PRIMARY KEY, institution TEXT NOT NULL, name TEXT NOT NULL,
            public_key TEXT NOT NULL, one_time_code TEXT NOT NULL, revoked INTEGER NOT NULL,
            through INTEGER NOT NULL, head BLOB NOT NULL, last_contact INTEGER,
            last_entry INTEGER, forked_at INTEGER, blocks TEXT NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS entry (
            kiosk TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
            sealed INTEGER NOT NULL DEFAULT 0, bytes BLOB NOT NULL, PRIMARY KEY (kiosk, seq)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS device (
            kiosk TEXT PRIMARY KEY, stick_key TEXT NOT NULL, replaced_by TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS certificate (
            serial TEXT PRIMARY KEY, kiosk TEXT NOT NULL, public_key TEXT NOT NULL,
            expires INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS fork (
            kiosk TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL,
            previous BLOB NOT NULL, PRIMARY KEY (kiosk, seq, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS checkpoint (
            kiosk TEXT NOT NULL, seq INTEGER NOT NULL, head BLOB NOT NULL, json BLOB NOT NULL,
            PRIMARY KEY (kiosk, seq, head)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS person (
            psn TEXT PRIMARY KEY, township TEXT NOT NULL, sealed INTEGER NOT NULL DEFAULT 0,
            name TEXT NOT NULL, initials TEXT NOT NULL, certno TEXT NOT NULL, json BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS person_township ON person (township);
        CREATE INDEX IF NOT EXISTS person_name ON person (name);
        CREATE INDEX IF NOT EXISTS person_certno ON person (certno);
        CREATE TABLE IF NOT EXISTS institution (code TEXT PRIMARY KEY, json BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS operator (id TEXT PRIMARY KEY, json BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS revocation (credential INTEGER PRIMARY KEY, day TEXT NOT NULL)
            STRICT;
        CREATE TABLE IF NOT EXISTS manifest (
            role TEXT NOT NULL, version INTEGER NOT NULL, statement BLOB NOT NULL,
            PRIMARY KEY (role, version)
        ) STRICT;
        CREATE TABLE IF NOT EXISTS section (digest BLOB PRIMARY KEY, packed BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS published (
            name TEXT NOT NULL, digest BLOB NOT NULL, role TEXT NOT NULL, version INTEGER NOT NULL,
            PRIMARY KEY (digest, name)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS section_delta (
            old BLOB NOT NULL, new BLOB NOT NULL, packed BLOB NOT NULL, PRIMARY KEY (old, new)
        ) STRICT;
        CREATE TABLE IF NOT EXISTS arrival (
            at INTEGER NOT NULL, kiosk TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            PRIMARY KEY (at, kiosk, first)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        """

    static let caches = """
        CREATE TABLE IF NOT EXISTS about (
            person TEXT NOT NULL, year INTEGER NOT NULL, kiosk TEXT NOT NULL, seq INTEGER NOT NULL,
            -- Beyond a fork: which entry of this number, and its standing. Empty and 0 on a trunk.
            hash BLOB NOT NULL, standing INTEGER NOT NULL,
            PRIMARY KEY (person, year, kiosk, seq, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS set_aside (
            kiosk TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, reason TEXT NOT NULL,
            PRIMARY KEY (kiosk, seq, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS beyond (
            kiosk TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
            standing INTEGER NOT NULL, PRIMARY KEY (kiosk, seq, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS decision (
            target TEXT NOT NULL, kiosk TEXT NOT NULL, seq INTEGER NOT NULL, json BLOB NOT NULL,
            PRIMARY KEY (target, kiosk, seq)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS person_year (
            person TEXT NOT NULL, year INTEGER NOT NULL, json BLOB NOT NULL,
            PRIMARY KEY (person, year)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS clash (
            person TEXT NOT NULL, year INTEGER NOT NULL, place INTEGER NOT NULL, json BLOB NOT NULL,
            PRIMARY KEY (person, year, place)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS kiosk_day (
            day TEXT NOT NULL, kiosk TEXT NOT NULL, visits INTEGER NOT NULL,
            total INTEGER NOT NULL, fund INTEGER NOT NULL, person INTEGER NOT NULL,
            receipts INTEGER NOT NULL, contributions INTEGER NOT NULL, PRIMARY KEY (day, kiosk)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS visit_span (
            day TEXT NOT NULL, kiosk TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            PRIMARY KEY (day, kiosk)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS account_drawing (
            person TEXT NOT NULL, day TEXT NOT NULL, amount INTEGER NOT NULL,
            PRIMARY KEY (person, day)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS booking (
            day TEXT NOT NULL, kiosk TEXT NOT NULL, scheme TEXT NOT NULL, account TEXT NOT NULL,
            late INTEGER NOT NULL, amount INTEGER NOT NULL,
            PRIMARY KEY (day, kiosk, scheme, account, late)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS day_close (
            day TEXT NOT NULL, kiosk TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
            json BLOB NOT NULL, PRIMARY KEY (day, kiosk, seq, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS month_closed (
            kiosk TEXT NOT NULL, seq INTEGER NOT NULL, json BLOB NOT NULL,
            PRIMARY KEY (kiosk, seq)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS open_correction (
            person TEXT NOT NULL, year INTEGER NOT NULL, PRIMARY KEY (person, year)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS owing (
            -- Person-years with sums that visits may settle.
            person TEXT NOT NULL, year INTEGER NOT NULL, PRIMARY KEY (person, year)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS bulletin_read (
            kiosk TEXT PRIMARY KEY, policy INTEGER NOT NULL, daily INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS backlog (
            -- Stored through the journal's number, folded through this one.
            kiosk TEXT PRIMARY KEY, folded INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS ledger_hash (name TEXT PRIMARY KEY, hash BLOB NOT NULL) STRICT;
        """

    static let cacheTables =
        [
            "about", "set_aside", "beyond", "decision", "person_year", "clash", "kiosk_day",
            "visit_span", "account_drawing", "bulletin_read",
            "booking", "day_close", "month_closed", "open_correction", "owing", "backlog",
            "ledger_hash",
        ] + MatterSchema.tables

    /// What arrived is never changed or removed.
    static let guards = ["entry", "fork"].flatMap { table in
        ["UPDATE", "DELETE"].map { verb in
            """
            CREATE TRIGGER IF NOT EXISTS \(table)_no_\(verb.lowercased()) BEFORE \(verb) ON \(table)
            BEGIN SELECT raise(ABORT, 'journals are append-only'); END;
            """
        }
    }
}
