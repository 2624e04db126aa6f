/// The tables of what the county published: a cache of verified bulletins, which may be thrown away
/// and fetched again at any time.
enum ShelfSchema {
    static let tables = """
        CREATE TABLE IF NOT EXISTS manifest (
            role TEXT PRIMARY KEY, version INTEGER NOT NULL, issued INTEGER NOT NULL,
            statement BLOB NOT NULL, started_again INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE IF NOT EXISTS section (
            name TEXT PRIMARY KEY, digest BLOB NOT NULL, bytes BLOB
        ) STRICT;
        CREATE TABLE IF NOT EXISTS member (
            psn TEXT PRIMARY KEY, certno TEXT NOT NULL, household TEXT NOT NULL,
            sealed INTEGER NOT NULL DEFAULT 0, json BLOB NOT NULL
        ) STRICT;
        CREATE INDEX IF NOT EXISTS member_certno ON member (certno);
        CREATE INDEX IF NOT EXISTS member_household ON member (household);
        CREATE TABLE IF NOT EXISTS member_word (
            word TEXT NOT NULL, psn TEXT NOT NULL, PRIMARY KEY (word, psn)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS standing (psn TEXT PRIMARY KEY, json BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS revocation (credential INTEGER PRIMARY KEY, day TEXT NOT NULL)
            STRICT;
        CREATE TABLE IF NOT EXISTS operator (id TEXT PRIMARY KEY, json BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS draft (owner TEXT PRIMARY KEY, json BLOB NOT NULL) STRICT;
        """
}
