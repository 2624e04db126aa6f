import Foundation
import GRDB

/// Fills a county's file with copies of what it holds, before a program opens it: what is stored grows
/// by rows that look like the others, of other kiosks and people, and that nobody asks for.
///
/// Every table is written in the order of its key, without a log, so that thirty million entries take
/// minutes. People are spread evenly over all names there can be, and some more that are taken out
/// again: whoever comes next finds a place among them, on pages a third empty, as they are in a county
/// that has grown over the years. Pages without room would be split by everybody who comes.
struct FilledStore {
    let path: String
    /// How often everything is to stand there.
    let times: Int

    func fill() throws {
        guard times > 1 else { return }
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            for pragma in [
                "locking_mode=EXCLUSIVE", "journal_mode=OFF", "synchronous=OFF",
                "cache_size=-131072", "temp_store=MEMORY",
            ] { try db.execute(sql: "PRAGMA " + pragma) }
        }
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try database.writeWithoutTransaction { db in
            try setApart(db)
            for statement in Self.copies + Self.thinning {
                try db.inTransaction {
                    try db.execute(sql: statement)
                    return .commit
                }
            }
            try db.execute(sql: "PRAGMA journal_mode=WAL")
        }
        try database.close()
        // What the filling left for the disk to do is not part of what comes next.
        sync()
    }

    /// What is there once, numbered, and the numbers of its copies.
    private func setApart(_ db: Database) throws {
        for table in ["entry", "about", "person_year", "kiosk_day", "visit_span", "booking"] {
            try db.execute(sql: "CREATE TEMP TABLE one_\(table) AS SELECT * FROM \(table)")
        }
        try db.execute(
            sql: """
                CREATE TEMP TABLE one_person AS SELECT row_number() OVER (ORDER BY person) - 1 AS k,
                    person FROM (SELECT DISTINCT person FROM one_person_year);
                CREATE INDEX temp.one_person_k ON one_person (k);
                CREATE INDEX temp.one_about_person ON one_about (person, year, kiosk, seq);
                CREATE INDEX temp.one_person_year_person ON one_person_year (person, year);
                CREATE TEMP TABLE one_day AS SELECT DISTINCT day FROM one_kiosk_day ORDER BY day;
                """)
        for table in ["kiosk_day", "visit_span", "booking"] {
            try db.execute(sql: "CREATE INDEX temp.one_\(table)_day ON one_\(table) (day, kiosk)")
        }
        try db.execute(
            sql: """
                CREATE TEMP TABLE copy AS WITH RECURSIVE up(n) AS
                    (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n + 1 < \(times))
                SELECT n FROM up
                """)
        try db.execute(
            sql: """
                CREATE TEMP TABLE crowd AS WITH RECURSIVE up(n) AS
                    (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n + 1 < \(times * 16 / 11))
                SELECT n FROM up
                """)
        // So far lies one copied person's name behind that of the one before.
        try db.execute(
            sql: """
                CREATE TEMP TABLE spread AS SELECT count(*) AS people,
                    CAST(4294967295 / (count(*) * \(times * 16 / 11)) AS INTEGER) AS step
                FROM one_person
                """)
    }

    private static let kiosk = "'L' || (1000000 + n * 100 + CAST(substr(kiosk, 4) AS INTEGER))"
    /// Of sixteen neighbours five have a name by which they are taken out again.
    private static let person = """
        printf('P%08X%s', (n * people + k) * step, iif((n * people + k) % 16 < 5, 'D', 'Z'))
        """

    private static let thinning = ["about", "person_year"].map { table in
        "DELETE FROM \(table) WHERE person LIKE '%D'"
    }

    private static let copies =
        [
            """
            INSERT INTO entry SELECT \(kiosk), seq, hash, 0, bytes
            FROM copy CROSS JOIN one_entry
            """,
            """
            INSERT INTO about SELECT \(person), year, \(kiosk), seq, hash, standing
            FROM spread CROSS JOIN crowd CROSS JOIN one_person
            CROSS JOIN one_about ON one_about.person = one_person.person
            """,
            """
            INSERT INTO person_year SELECT \(person), year, json
            FROM spread CROSS JOIN crowd CROSS JOIN one_person
            CROSS JOIN one_person_year ON one_person_year.person = one_person.person
            """,
        ]
        + [
            ("kiosk_day", "visits, total, fund, person, receipts, contributions"),
            ("visit_span", "first, last"), ("booking", "scheme, account, late, amount"),
        ].map { table, columns in
            """
            INSERT INTO \(table) SELECT one_day.day, \(kiosk), \(columns)
            FROM one_day CROSS JOIN copy CROSS JOIN one_\(table) ON one_\(table).day = one_day.day
            """
        }
}
