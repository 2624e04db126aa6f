import Journaling
import Merging
import Pricing
import Syncing
import Vocabulary

extension SQLSession: PersonYears {
    func entries(of person: PersonNumber, year: Int) throws -> [Placed] {
        try work(for: [PersonAndYear((person, year))], knowing: []).flatMap(\.placed)
    }

    func work(
        for years: [PersonAndYear], knowing placed: [Placed]
    ) throws -> [FoldingWork] {
        let keys = years.map { [$0.person, $0.year] as [any SQLBindable] }
        let known = Dictionary(
            placed.lazy.filter { $0.branch == nil }.map { ($0.reference, $0) },
            uniquingKeysWith: { first, _ in first })
        var read: [PersonAndYear: [Placed]] = [:]
        var stored: [PersonAndYear: [StoredEntry]] = [:]
        var missing: [EntryReference: [PersonAndYear]] = [:]
        for row in try about(keys) {
            guard let person = PersonNumber(rawValue: row["person"]),
                let kiosk = KioskID(rawValue: row["kiosk"])
            else { continue }
            let place = PersonAndYear((person, row["year"]))
            if let standing = Branches.Standing(rawValue: row["standing"]) {
                stored[place, default: []] += try branchEntry(row, of: kiosk, standing)
                continue
            }
            let reference = EntryReference(kiosk: kiosk, sequence: row["seq"])
            if let known = known[reference] {
                read[place, default: []].append(known)
            } else {
                missing[reference, default: []].append(place)
            }
        }
        for entry in try trunkEntries(Array(missing.keys)) {
            let reference = EntryReference(kiosk: entry.kiosk, sequence: entry.sequence)
            for place in missing[reference] ?? [] { stored[place, default: []].append(entry) }
        }
        let before = try held(keys)
        return years.map {
            FoldingWork(
                place: $0, entries: stored[$0] ?? [], known: read[$0] ?? [], before: before[$0])
        }
    }

    private func branchEntry(
        _ row: SQLRow, of kiosk: KioskID, _ standing: Branches.Standing
    ) throws -> [StoredEntry] {
        let hash = Fingerprint(bytes: row["hash"] as [UInt8])
        return try entry(EntryReference(kiosk: kiosk, sequence: row["seq"], hash: hash))
            .map { [StoredEntry($0, on: standing)] } ?? []
    }

    /// Where entries of these people and years stand.
    private func about(_ keys: [[any SQLBindable]]) throws -> [SQLRow] {
        try db.rows(
            """
            SELECT about.person, about.year, about.kiosk, about.seq, about.hash, about.standing
            FROM (VALUES (?, ?)) AS wanted
            JOIN about ON about.person = column1 AND about.year = column2
            """, each: keys)
    }

    private func trunkEntries(_ references: [EntryReference]) throws -> [StoredEntry] {
        try db.rows(
            """
            SELECT entry.kiosk, entry.seq, entry.hash, entry.bytes
            FROM (VALUES (?, ?)) AS wanted
            JOIN entry ON entry.kiosk = column1 AND entry.seq = column2
            """, each: references.map { [$0.kiosk, $0.sequence] }
        ).compactMap { row in
            guard let kiosk = KioskID(rawValue: row["kiosk"]),
                let hash = Fingerprint(bytes: row["hash"] as [UInt8])
            else { return nil }
            return StoredEntry(
                kiosk: kiosk, sequence: row["seq"],
                entry: EntryBytes(bytes: row["bytes"], hash: hash))
        }
    }

    /// Person-years as they were folded before.
    private func held(_ keys: [[any SQLBindable]]) throws -> [PersonAndYear: [UInt8]] {
        var before: [PersonAndYear: [UInt8]] = [:]
        let rows = try db.rows(
            """
            SELECT person_year.person, person_year.year, person_year.json
            FROM (VALUES (?, ?)) AS wanted
            JOIN person_year ON person_year.person = column1 AND person_year.year = column2
            """, each: keys)
        for row in rows {
            guard let person = PersonNumber(rawValue: row["person"]) else { continue }
            before[PersonAndYear((person, row["year"]))] = row["json"]
        }
        return before
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

extension LedgerSession {
    /// The last year that has begun and says something about a person; next year's rights are given
    /// weeks before it.
    func latestYear(of person: PersonNumber, by today: Day) throws -> Int {
        try years(of: person).first { $0 <= today.year } ?? today.year
    }
}
