import Foundation
import GRDB
import Identifying
import Journaling
import Merging
import Pricing
import Syncing
import Vocabulary

extension SQLiteSession: PersonYears {
    func entries(of person: PersonNumber, year: Int) throws -> [Placed] {
        let rows = try Row.fetchAll(
            try db.cachedStatement(
                sql: """
                    SELECT entry.kiosk, entry.seq, entry.hash, entry.bytes FROM about
                    JOIN entry ON entry.kiosk = about.kiosk AND entry.seq = about.seq
                    WHERE person = ? AND year = ?
                    """), arguments: [person.rawValue, year])
        return rows.compactMap { row in
            guard let kiosk = KioskID(rawValue: row["kiosk"]) else { return nil }
            // The stored hash was checked when the entry arrived; the chain is not walked again.
            guard let hash = Fingerprint(bytes: row["hash"] as Data),
                let entry = Entry(stored: Array(row["bytes"] as Data), hash: hash)
            else { return nil }
            return Placed(kiosk: kiosk, sequence: row["seq"], entry: entry)
        }
    }

    func personYear(_ person: PersonNumber, _ year: Int) throws -> PersonYear? {
        try json(
            PersonYear.self, "SELECT json FROM person_year WHERE person = ? AND year = ?",
            [person.rawValue, year]
        ).first
    }

    func put(_ personYear: PersonYear) throws {
        let (person, year) = (personYear.person.rawValue, personYear.year)
        let old = try Data.fetchOne(
            try db.cachedStatement(
                sql: "SELECT json FROM person_year WHERE person = ? AND year = ?"),
            arguments: [person, year])
        let new = try data(personYear)
        guard old != new else { return }
        var hash = try personYearsHash() + SetHash(of: Array(new))
        if let old { hash = hash + -SetHash(of: Array(old)) }
        try run("INSERT OR REPLACE INTO person_year VALUES (?, ?, ?)", [person, year, new])
        try keep(hash)
        try run("DELETE FROM clash WHERE person = ? AND year = ?", [person, year])
        for (place, clash) in personYear.clashes.enumerated() {
            try run(
                "INSERT INTO clash VALUES (?, ?, ?, ?)", [person, year, place, try data(clash)])
        }
    }

    private func keep(_ hash: SetHash) throws {
        try run("DELETE FROM ledger_hash")
        try run("INSERT INTO ledger_hash VALUES (?)", [Data(hash.bytes)])
    }

    func personYearsHash() throws -> SetHash {
        let stored = try Data.fetchOne(try db.cachedStatement(sql: "SELECT hash FROM ledger_hash"))
        return stored.map { SetHash(bytes: Array($0)) } ?? .empty
    }

    func personYears(since day: Day) throws -> [(PersonNumber, Int)] {
        try Row.fetchAll(
            db, sql: "SELECT person, year FROM person_year WHERE year >= ?", arguments: [day.year]
        ).compactMap { row in
            PersonNumber(rawValue: row["person"]).map { ($0, row["year"]) }
        }
    }

    func years(of person: PersonNumber) throws -> [Int] {
        try Int.fetchAll(
            db, sql: "SELECT year FROM person_year WHERE person = ? ORDER BY year DESC",
            arguments: [person.rawValue])
    }

    func clearCaches() throws {
        for table in CountySchema.cacheTables { try db.execute(sql: "DELETE FROM \(table)") }
    }

    func cache(_ placed: Placed) throws {
        for (person, year) in placed.personYears {
            try run(
                "INSERT OR IGNORE INTO about VALUES (?, ?, ?, ?)",
                [person.rawValue, year, placed.kiosk.rawValue, placed.sequence])
        }
        if let drawn = placed.accountDrawing {
            try run(
                """
                INSERT INTO account_drawing VALUES (?, ?)
                ON CONFLICT (person) DO UPDATE SET amount = amount + excluded.amount
                """, [drawn.person.rawValue, drawn.amount.fen])
        }
        if placed.isVisit { try span(placed) }
        if case .bulletinRead(let read) = placed.entry.fact { try note(read, of: placed.kiosk) }
        let row = placed.dayRow
        try run(
            """
            INSERT INTO kiosk_day VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (day, kiosk) DO UPDATE SET
                visits = visits + excluded.visits, total = total + excluded.total,
                fund = fund + excluded.fund, person = person + excluded.person,
                receipts = receipts + excluded.receipts,
                contributions = contributions + excluded.contributions
            """,
            [
                row.day.description, row.kiosk.rawValue, row.visits, row.total.fen, row.fund.fen,
                row.person.fen, row.receipts, row.contributions.fen,
            ])
    }

    func standings(township: String, year: Int) throws -> [StandingRow] {
        try json(
            PersonYear.self,
            """
            SELECT person_year.json FROM person_year JOIN person ON psn = person
            WHERE township = ? AND year = ?
            """, [township, year]
        ).filter { $0.claimed.visits > 0 }
            .map { StandingRow(person: $0.person, standing: $0.standing) }
    }

    func contributions(township: String) throws -> [(PersonNumber, YearPayment)] {
        let years = try json(
            PersonYear.self,
            """
            SELECT person_year.json FROM person_year JOIN person ON psn = person
            WHERE township = ?
            """, [township]
        )
        // A household stands on one receipt, so each is looked up once.
        var days: [EntryReference: Day] = [:]
        return try years.compactMap { year in
            guard let first = year.contributions.first,
                let day = try days[first] ?? entry(first)?.entry.header.day
            else { return nil }
            days[first] = day
            return (year.person, YearPayment(year: year.year, on: day))
        }
    }

    func accountDrawings(township: String) throws -> [PersonNumber: Money] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT person, amount FROM account_drawing JOIN person ON psn = person
                WHERE township = ?
                """, arguments: [township])
        return Dictionary(
            uniqueKeysWithValues: rows.compactMap { row in
                PersonNumber(rawValue: row["person"]).map { ($0, Money(fen: row["amount"])) }
            })
    }
}
