import Journaling
import Merging
import Pricing
import Syncing
import Vocabulary

extension SQLSession: PersonYears {
    func entries(of person: PersonNumber, year: Int) throws -> [Placed] {
        try work(for: [PersonAndYear((person, year))]).flatMap(\.entries)
            .map { $0.placed() }
    }

    func work(for years: [PersonAndYear]) throws -> [FoldingWork] {
        let keys = years.map { [$0.person, $0.year] as [any SQLBindable] }
        var stored: [PersonAndYear: [StoredEntry]] = [:]
        let rows = try db.rows(
            """
            SELECT about.person, about.year, about.kiosk, about.seq, about.hash AS branch,
                about.standing, entry.hash, entry.bytes
            FROM (VALUES (?, ?)) AS wanted
            JOIN about ON about.person = column1 AND about.year = column2
            LEFT JOIN entry ON entry.kiosk = about.kiosk AND entry.seq = about.seq
                AND about.standing = 0
            """, each: keys)
        for row in rows {
            guard let person = PersonNumber(rawValue: row["person"]),
                let entry = try storedEntry(row)
            else { continue }
            stored[PersonAndYear((person, row["year"])), default: []].append(entry)
        }
        var before: [PersonAndYear: [UInt8]] = [:]
        let held = try db.rows(
            """
            SELECT person_year.person, person_year.year, person_year.json
            FROM (VALUES (?, ?)) AS wanted
            JOIN person_year ON person_year.person = column1 AND person_year.year = column2
            """, each: keys)
        for row in held {
            guard let person = PersonNumber(rawValue: row["person"]) else { continue }
            before[PersonAndYear((person, row["year"]))] = row["json"]
        }
        return years.map {
            FoldingWork(place: $0, entries: stored[$0] ?? [], before: before[$0])
        }
    }

    private func storedEntry(_ row: SQLRow) throws -> StoredEntry? {
        guard let kiosk = KioskID(rawValue: row["kiosk"]) else { return nil }
        guard let standing = Branches.Standing(rawValue: row["standing"]) else {
            guard let bytes = row["bytes"] as [UInt8]?, let digest = row["hash"] as [UInt8]?,
                let hash = Fingerprint(bytes: digest)
            else { return nil }
            return StoredEntry(
                kiosk: kiosk, sequence: row["seq"], entry: EntryBytes(bytes: bytes, hash: hash))
        }
        let hash = Fingerprint(bytes: row["branch"] as [UInt8])
        let reference = EntryReference(kiosk: kiosk, sequence: row["seq"], hash: hash)
        return try entry(reference).map {
            StoredEntry(
                kiosk: kiosk, sequence: $0.sequence,
                entry: EntryBytes(bytes: $0.entry.bytes, hash: $0.entry.hash), branch: standing)
        }
    }

    func personYear(_ person: PersonNumber, _ year: Int) throws -> PersonYear? {
        try json(
            PersonYear.self, "SELECT json FROM person_year WHERE person = ? AND year = ?",
            [person, year]
        ).first
    }

    func put(_ folded: [FoldedYear]) throws {
        let changed = folded.filter(\.isChanged)
        func keys(_ years: [FoldedYear]) -> [[any SQLBindable]] {
            years.map { [$0.place.person, $0.place.year] }
        }
        try db.run(
            "INSERT OR REPLACE INTO person_year VALUES (?, ?, ?)",
            each: changed.map { [$0.place.person, $0.place.year, $0.json] })
        try carry("personYears", by: changed.reduce(.empty) { $0 + $1.difference })
        let (open, settled) = (changed.filter(\.isOpen), changed.filter { !$0.isOpen && !$0.isNew })
        try db.run("INSERT OR IGNORE INTO open_correction VALUES (?, ?)", each: keys(open))
        try db.run(
            "DELETE FROM open_correction WHERE (person, year) IN (VALUES (?, ?))",
            each: keys(settled))
        try db.run(
            "INSERT OR IGNORE INTO owing VALUES (?, ?)", each: keys(changed.filter(\.isOwing)))
        try db.run(
            "DELETE FROM owing WHERE (person, year) IN (VALUES (?, ?))",
            each: keys(changed.filter { $0.wasOwing && !$0.isOwing }))
        try db.run(
            "DELETE FROM clash WHERE (person, year) IN (VALUES (?, ?))",
            each: keys(changed.filter { !$0.isNew }))
        try db.run(
            "INSERT INTO clash VALUES (?, ?, ?, ?)",
            each: changed.flatMap { year in
                year.clashes.enumerated().map { place, clash in
                    [year.place.person, year.place.year, place, clash] as [any SQLBindable]
                }
            })
    }

    /// Carries the hash of a derived set along with its rows.
    func carry(_ name: String, adding: [[UInt8]] = [], removing: [[UInt8]] = []) throws {
        var difference = SetHash.empty
        for row in adding { difference = difference + SetHash(of: row) }
        for row in removing { difference = difference + -SetHash(of: row) }
        try carry(name, by: difference)
    }

    func carry(_ name: String, by difference: SetHash) throws {
        guard difference != .empty else { return }
        let stored = try bytes("SELECT hash FROM ledger_hash WHERE name = ?", [name])
        let hash = (stored.map { SetHash(bytes: $0) } ?? .empty) + difference
        try run("INSERT OR REPLACE INTO ledger_hash VALUES (?, ?)", [name, hash.bytes])
    }

    func setHashes() throws -> [String: SetHash] {
        Dictionary(
            uniqueKeysWithValues: try rows("SELECT name, hash FROM ledger_hash").map {
                ($0["name"] as String, SetHash(bytes: $0["hash"]))
            })
    }

    func personYears(since day: Day) throws -> [(PersonNumber, Int)] {
        try rows("SELECT person, year FROM person_year WHERE year >= ?", [day.year])
            .compactMap { row in
                PersonNumber(rawValue: row["person"]).map { ($0, row["year"]) }
            }
    }

    func years(of person: PersonNumber) throws -> [Int] {
        try rows("SELECT year FROM person_year WHERE person = ? ORDER BY year DESC", [person])
            .map { $0["year"] }
    }
}
