/// The tables of what the county published: a cache of verified bulletins, which may be thrown away
/// and fetched again at any time, and the drafts of visits.
///
/// Whatever names a person is sealed, and found by marks; what is public (rules, catalogue, lists)
/// is sealed with it, since one rule without exceptions is easier to keep.
enum ShelfSchema {
    static let version = 2

    static let tables = """
        CREATE TABLE IF NOT EXISTS keeping (format INTEGER NOT NULL, key BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS manifest (
            role TEXT PRIMARY KEY, version INTEGER NOT NULL, issued INTEGER NOT NULL,
            statement BLOB NOT NULL, started_again INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE IF NOT EXISTS section (
            name TEXT PRIMARY KEY, digest BLOB NOT NULL, bytes BLOB
        ) STRICT;
        CREATE TABLE IF NOT EXISTS revocation (credential INTEGER PRIMARY KEY, day TEXT NOT NULL)
            STRICT;
        """

    /// The tables that are made anew whenever the key changes, since their marks do.
    static let people = """
        CREATE TABLE IF NOT EXISTS member (
            psn BLOB PRIMARY KEY, certno BLOB NOT NULL, household BLOB NOT NULL, json BLOB NOT NULL
        ) STRICT;
        CREATE INDEX IF NOT EXISTS member_certno ON member (certno);
        CREATE INDEX IF NOT EXISTS member_household ON member (household);
        CREATE TABLE IF NOT EXISTS names (
            id INTEGER PRIMARY KEY CHECK (id = 1), bytes BLOB NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS standing (psn BLOB PRIMARY KEY, json BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS operator (id TEXT PRIMARY KEY, json BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS draft (owner BLOB PRIMARY KEY, json BLOB NOT NULL) STRICT;
        """

    static let dropPeople = """
        DROP TABLE IF EXISTS member;
        DROP TABLE IF EXISTS member_word;
        DROP TABLE IF EXISTS names;
        DROP TABLE IF EXISTS standing;
        DROP TABLE IF EXISTS operator;
        DROP TABLE IF EXISTS draft;
        """
}
