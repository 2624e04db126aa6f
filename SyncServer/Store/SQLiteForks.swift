import Foundation
import GRDB
import Journaling
import Merging
import Syncing
import Vocabulary

extension SQLiteSession: ForkedJournals {
    func keepFork(
        _ kiosk: KioskID, from sequence: Int, after previous: Fingerprint, _ entries: [Entry]
    ) throws -> Bool {
        var previous = previous
        let before = db.totalChangesCount
        for (offset, entry) in entries.enumerated() {
            if try hash(kiosk, at: sequence + offset) != entry.hash {
                try run(
                    """
                    INSERT OR IGNORE INTO fork (kiosk, seq, hash, bytes, previous)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                    [
                        kiosk.rawValue, sequence + offset, Data(entry.hash.bytes),
                        Data(entry.bytes), Data(previous.bytes),
                    ])
            }
            previous = entry.hash
        }
        return db.totalChangesCount > before
    }

    func holds(_ kiosk: KioskID) throws -> Int {
        try Int.fetchOne(
            db,
            sql: """
                SELECT max(coalesce((SELECT max(seq) FROM entry WHERE kiosk = ?1), 0),
                    coalesce((SELECT max(seq) FROM fork WHERE kiosk = ?1), 0))
                """, arguments: [kiosk.rawValue]) ?? 0
    }

    func branches(of kiosk: KioskID) throws -> Branches {
        // What came first is one chain, so nothing before the first number in `fork` is contested.
        let contested = try Int.fetchOne(
            db, sql: "SELECT min(seq) FROM fork WHERE kiosk = ?", arguments: [kiosk.rawValue])
        let length = try Int.fetchOne(
            db, sql: "SELECT coalesce(max(seq), 0) FROM entry WHERE kiosk = ?",
            arguments: [kiosk.rawValue])
        let base = min((contested ?? .max) - 1, length ?? 0)
        let start = try hash(kiosk, at: base) ?? .zero
        return Branches(try links(of: kiosk, behind: base, start), after: (base, start))
    }

    private func links(of kiosk: KioskID, behind base: Int, _ start: Fingerprint) throws -> [Link] {
        var previous = start
        let first = try Row.fetchAll(
            db, sql: "SELECT seq, hash FROM entry WHERE kiosk = ? AND seq > ? ORDER BY seq",
            arguments: [kiosk.rawValue, base]
        ).compactMap { row -> Link? in
            guard let hash = Fingerprint(bytes: row["hash"] as Data) else { return nil }
            defer { previous = hash }
            return Link(sequence: row["seq"], hash: hash, previous: previous)
        }
        let others = try Row.fetchAll(
            db, sql: "SELECT seq, hash, previous FROM fork WHERE kiosk = ?",
            arguments: [kiosk.rawValue]
        ).compactMap { row -> Link? in
            guard let hash = Fingerprint(bytes: row["hash"] as Data),
                let previous = Fingerprint(bytes: row["previous"] as Data)
            else { return nil }
            return Link(sequence: row["seq"], hash: hash, previous: previous)
        }
        return first + others
    }

    func entries(of kiosk: KioskID, behind sequence: Int) throws -> [Placed] {
        try stored(kiosk, "seq > ?", [sequence])
    }

    func entries(of kiosk: KioskID, at sequence: Int) throws -> [Placed] {
        try stored(kiosk, "seq = ?", [sequence])
    }

    /// Both tables as one set, by number and hash.
    func stored(_ kiosk: KioskID, _ condition: String, _ arguments: [Int]) throws -> [Placed] {
        let standings = try beyond(kiosk)
        let both = [kiosk.rawValue] as StatementArguments + StatementArguments(arguments)
        return try Row.fetchAll(
            try db.cachedStatement(
                sql: """
                    SELECT seq, hash, bytes FROM entry WHERE kiosk = ? AND \(condition)
                    UNION ALL
                    SELECT seq, hash, bytes FROM fork WHERE kiosk = ? AND \(condition)
                    """), arguments: both + both
        ).compactMap { placed($0, of: kiosk, standings) }
            .sorted { ($0.sequence, $0.entry.hash) < ($1.sequence, $1.entry.hash) }
    }

    func placed(
        _ row: Row, of kiosk: KioskID, _ standings: [Fingerprint: Branches.Standing] = [:]
    ) -> Placed? {
        guard let hash = Fingerprint(bytes: row["hash"] as Data) else { return nil }
        return Placed(
            kiosk: kiosk, sequence: row["seq"],
            entry: Entry(keepingStored: Array(row["bytes"] as Data), hash: hash),
            branch: standings[hash])
    }

    func beyond(_ kiosk: KioskID) throws -> [Fingerprint: Branches.Standing] {
        let rows = try Row.fetchAll(
            try db.cachedStatement(sql: "SELECT hash, standing FROM beyond WHERE kiosk = ?"),
            arguments: [kiosk.rawValue])
        return Dictionary(
            uniqueKeysWithValues: rows.compactMap { row in
                guard let hash = Fingerprint(bytes: row["hash"] as Data),
                    let standing = Branches.Standing(rawValue: row["standing"])
                else { return nil }
                return (hash, standing)
            })
    }

    func put(
        beyond links: [Link], _ standings: [Fingerprint: Branches.Standing], of kiosk: KioskID
    ) throws {
        try run("DELETE FROM beyond WHERE kiosk = ?", [kiosk.rawValue])
        for link in links {
            guard let standing = standings[link.hash] else { continue }
            try run(
                "INSERT INTO beyond VALUES (?, ?, ?, ?)",
                [kiosk.rawValue, link.sequence, Data(link.hash.bytes), standing.rawValue])
        }
    }

    func forkHashes(of kiosk: KioskID) throws -> [(Int, Fingerprint, Fingerprint)] {
        try Row.fetchAll(
            db, sql: "SELECT seq, hash, bytes, previous FROM fork WHERE kiosk = ?",
            arguments: [kiosk.rawValue]
        ).compactMap { row in
            guard let hash = Fingerprint(bytes: row["hash"] as Data),
                let previous = Fingerprint(bytes: row["previous"] as Data)
            else { return nil }
            return (
                row["seq"], hash, Entry.hash(Array(row["bytes"] as Data), after: previous)
            )
        }
    }

    func storedDecisions(on kiosk: KioskID) throws -> [StoredDecision] {
        try json(
            StoredDecision.self,
            "SELECT json FROM decision WHERE target = ? ORDER BY kiosk, seq", [kiosk.rawValue])
    }

    func decisions(on kiosk: KioskID) throws -> [Fingerprint: Bool] {
        effect(of: try storedDecisions(on: kiosk))
    }

    /// Keeps or forgets a decision among the caches.
    func cache(decision placed: Placed, keep: Bool) throws {
        guard case .branchDecision(let fact) = placed.entry.fact else { return }
        let key: StatementArguments = [
            fact.kiosk.rawValue, placed.kiosk.rawValue, placed.sequence,
        ]
        guard keep else {
            return try run(
                "DELETE FROM decision WHERE target = ? AND kiosk = ? AND seq = ?", key)
        }
        let decision = StoredDecision(
            office: placed.kiosk, sequence: placed.sequence, by: placed.entry.header.by,
            counts: fact.counts,
            leaves: fact.leaves, confirms: fact.confirms)
        try run("INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?)", key + [try data(decision)])
    }
}
