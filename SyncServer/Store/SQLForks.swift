import Foundation
import Journaling
import Merging
import Syncing
import Vocabulary

extension SQLSession: ForkedJournals {
    func keepFork(
        _ kiosk: KioskID, from sequence: Int, after previous: Fingerprint, _ entries: [EntryBytes]
    ) throws -> Bool {
        var previous = previous
        var added = 0
        for (offset, entry) in entries.enumerated() {
            if try hash(kiosk, at: sequence + offset) != entry.hash {
                added += try db.run(
                    """
                    INSERT OR IGNORE INTO fork (kiosk, seq, hash, bytes, previous)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                    [
                        kiosk.rawValue, sequence + offset, entry.hash.bytes,
                        entry.bytes, previous.bytes,
                    ])
            }
            previous = entry.hash
        }
        return added > 0
    }

    func holds(_ kiosk: KioskID) throws -> Int {
        try int(
            """
            SELECT max(seq) FROM (SELECT seq FROM entry WHERE kiosk = ? UNION ALL
                SELECT seq FROM fork WHERE kiosk = ?) AS held
            """, [kiosk, kiosk]) ?? 0
    }

    func branches(of kiosk: KioskID) throws -> Branches {
        // What came first is one chain, so nothing before the first number in `fork` is contested.
        let contested = try int("SELECT min(seq) FROM fork WHERE kiosk = ?", [kiosk.rawValue])
        let length = try int(
            "SELECT coalesce(max(seq), 0) FROM entry WHERE kiosk = ?", [kiosk.rawValue])
        let base = min((contested ?? .max) - 1, length ?? 0)
        let start = try hash(kiosk, at: base) ?? .zero
        return Branches(try links(of: kiosk, behind: base, start), after: (base, start))
    }

    private func links(of kiosk: KioskID, behind base: Int, _ start: Fingerprint) throws -> [Link] {
        var previous = start
        let first = try rows(
            "SELECT seq, hash FROM entry WHERE kiosk = ? AND seq > ? ORDER BY seq",
            [kiosk.rawValue, base]
        ).compactMap { row -> Link? in
            guard let hash = Fingerprint(bytes: row["hash"] as [UInt8]) else { return nil }
            defer { previous = hash }
            return Link(sequence: row["seq"], hash: hash, previous: previous)
        }
        let others = try rows(
            "SELECT seq, hash, previous FROM fork WHERE kiosk = ?", [kiosk.rawValue]
        ).compactMap { row -> Link? in
            guard let hash = Fingerprint(bytes: row["hash"] as [UInt8]),
                let previous = Fingerprint(bytes: row["previous"] as [UInt8])
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
        let both = [kiosk] as [any SQLBindable] + arguments
        return try rows(
            """
            SELECT seq, hash, bytes FROM entry WHERE kiosk = ? AND \(condition)
            UNION ALL
            SELECT seq, hash, bytes FROM fork WHERE kiosk = ? AND \(condition)
            """, both + both
        ).compactMap { placed($0, of: kiosk, standings) }
            .sorted { ($0.sequence, $0.entry.hash) < ($1.sequence, $1.entry.hash) }
    }

    func placed(
        _ row: SQLRow, of kiosk: KioskID, _ standings: [Fingerprint: Branches.Standing] = [:]
    ) -> Placed? {
        guard let hash = Fingerprint(bytes: row["hash"] as [UInt8]) else { return nil }
        return Placed(
            kiosk: kiosk, sequence: row["seq"],
            entry: Entry(keepingStored: row["bytes"], hash: hash),
            branch: standings[hash])
    }

    func beyond(_ kiosk: KioskID) throws -> [Fingerprint: Branches.Standing] {
        let rows = try rows("SELECT hash, standing FROM beyond WHERE kiosk = ?", [kiosk.rawValue])
        return Dictionary(
            uniqueKeysWithValues: rows.compactMap { row in
                guard let hash = Fingerprint(bytes: row["hash"] as [UInt8]),
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
                [kiosk.rawValue, link.sequence, link.hash.bytes, standing.rawValue])
        }
    }

    func forkHashes(of kiosk: KioskID) throws -> [(Int, Fingerprint, Fingerprint)] {
        try rows(
            "SELECT seq, hash, bytes, previous FROM fork WHERE kiosk = ?", [kiosk.rawValue]
        ).compactMap { row in
            guard let hash = Fingerprint(bytes: row["hash"] as [UInt8]),
                let previous = Fingerprint(bytes: row["previous"] as [UInt8])
            else { return nil }
            return (
                row["seq"], hash, Entry.hash(row["bytes"], after: previous)
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
        let key: [any SQLBindable] = [
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
