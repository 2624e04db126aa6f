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
                    SELECT about.kiosk, about.seq, about.hash AS branch, about.standing,
                        entry.hash, entry.bytes FROM about
                    LEFT JOIN entry ON entry.kiosk = about.kiosk AND entry.seq = about.seq
                        AND about.standing = 0
                    WHERE person = ? AND year = ?
                    """), arguments: [person.rawValue, year])
        return try rows.compactMap { row in
            guard let kiosk = KioskID(rawValue: row["kiosk"]) else { return nil }
            if let standing = Branches.Standing(rawValue: row["standing"]) {
                let hash = Fingerprint(bytes: row["branch"] as Data)
                return try entry(EntryReference(kiosk: kiosk, sequence: row["seq"], hash: hash))?
                    .standing(standing)
            }
            // The stored hash was checked when the entry arrived; the chain is not walked again.
            guard let bytes = row["bytes"] as Data?, let digest = row["hash"] as Data?,
                let hash = Fingerprint(bytes: digest),
                let entry = Entry(stored: Array(bytes), hash: hash)
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
        try run("INSERT OR REPLACE INTO person_year VALUES (?, ?, ?)", [person, year, new])
        try carry(
            "personYears", adding: [Array(new)], removing: old.map { [Array($0)] } ?? [])
        try cache(open: personYear)
        try run("DELETE FROM clash WHERE person = ? AND year = ?", [person, year])
        for (place, clash) in personYear.clashes.enumerated() {
            try run(
                "INSERT INTO clash VALUES (?, ?, ?, ?)", [person, year, place, try data(clash)])
        }
    }

    /// Carries the hash of a derived set along with its rows.
    func carry(_ name: String, adding: [[UInt8]] = [], removing: [[UInt8]] = []) throws {
        let stored = try Data.fetchOne(
            try db.cachedStatement(sql: "SELECT hash FROM ledger_hash WHERE name = ?"),
            arguments: [name])
        var hash = stored.map { SetHash(bytes: Array($0)) } ?? .empty
        for row in adding { hash = hash + SetHash(of: row) }
        for row in removing { hash = hash + -SetHash(of: row) }
        try run("INSERT OR REPLACE INTO ledger_hash VALUES (?, ?)", [name, Data(hash.bytes)])
    }

    func setHashes() throws -> [String: SetHash] {
        let rows = try Row.fetchAll(db, sql: "SELECT name, hash FROM ledger_hash")
        return Dictionary(
            uniqueKeysWithValues: rows.map {
                ($0["name"] as String, SetHash(bytes: Array($0["hash"] as Data)))
            })
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

    func cache(_ placed: Placed) throws {
        for (person, year) in placed.personYears {
            try run(
                "INSERT OR IGNORE INTO about VALUES (?, ?, ?, ?, ?, ?)",
                [
                    person.rawValue, year, placed.kiosk.rawValue, placed.sequence,
                    Data(placed.reference.hash?.bytes ?? []), placed.branch?.rawValue ?? 0,
                ])
        }
        // Read on whichever branch: a kiosk that holds a version holds it.
        if case .bulletinRead(let read) = placed.entry.fact { try note(read, of: placed.kiosk) }
        if placed.isHeld { return }
        try cache(decision: placed, keep: true)
        try cache(basis: placed, keep: true)
        try cache(standing: placed, keep: true)
        try book(placed, sign: 1)
    }

    func uncache(_ placed: Placed) throws {
        for (person, year) in placed.personYears {
            try run(
                """
                DELETE FROM about
                WHERE person = ? AND year = ? AND kiosk = ? AND seq = ? AND hash = ?
                """,
                [
                    person.rawValue, year, placed.kiosk.rawValue, placed.sequence,
                    Data(placed.reference.hash?.bytes ?? []),
                ])
        }
        if placed.isHeld { return }
        try cache(decision: placed, keep: false)
        try cache(basis: placed, keep: false)
        try cache(standing: placed, keep: false)
        try book(placed, sign: -1)
    }

    /// Adds an entry to the sums it stands in, or takes it out again.
    private func book(_ placed: Placed, sign: Int) throws {
        if let drawn = placed.accountDrawing {
            try run(
                """
                INSERT INTO account_drawing VALUES (?, ?, ?)
                ON CONFLICT (person, day) DO UPDATE SET amount = amount + excluded.amount
                """,
                [
                    drawn.person.rawValue, placed.entry.header.day.description,
                    sign * drawn.amount.fen,
                ])
        }
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
                row.day.description, row.kiosk.rawValue, sign * row.visits, sign * row.total.fen,
                sign * row.fund.fen, sign * row.person.fen, sign * row.receipts,
                sign * row.contributions.fen,
            ])
    }

    func standings(township: String, year: Int) throws -> [StandingRow] {
        try json(
            PersonYear.self,
            """
            SELECT person_year.json FROM person_year JOIN person ON psn = person
            WHERE township = ? AND year = ?
            """, [township, year]
        ).filter { $0.claimed.visits > 0 || !$0.held.isEmpty || $0.owed != .zero }
            .map { year in
                StandingRow(
                    person: year.person, standing: year.standing,
                    owed: year.owed == .zero ? nil : year.owed)
            }
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
            guard let first = try covering(year) else { return nil }
            guard let day = try days[first] ?? entry(first)?.entry.header.day else { return nil }
            days[first] = day
            return (year.person, YearPayment(year: year.year, on: day))
        }
    }

    /// The receipt that covers: the standing one, or one on a branch nobody has decided about yet;
    /// whoever paid is not to suffer for a box that was copied.
    private func covering(_ year: PersonYear) throws -> EntryReference? {
        if let first = year.contributions.first { return first }
        return try year.held.first { reference in
            if case .contribution? = try entry(reference)?.entry.fact { true } else { false }
        }
    }

    func accountDrawings(township: String) throws -> [PersonNumber: [Day: Money]] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT person, day, amount FROM account_drawing JOIN person ON psn = person
                WHERE township = ?
                """, arguments: [township])
        return rows.reduce(into: [:]) { drawn, row in
            guard let person = PersonNumber(rawValue: row["person"]),
                let day = Day(row["day"] as String)
            else { return }
            drawn[person, default: [:]][day] = Money(fen: row["amount"])
        }
    }
}
