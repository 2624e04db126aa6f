import Foundation
import Journaling
import Merging
import Vocabulary

extension SQLSession: JournalShelf {
    func journal(_ kiosk: KioskID) throws -> StoredJournal? {
        try row(
            "SELECT * FROM journal WHERE kiosk = ?", [kiosk.rawValue]
        ).flatMap(StoredJournal.init)
    }

    func journals() throws -> [StoredJournal] {
        try rows("SELECT * FROM journal ORDER BY kiosk")
            .compactMap(StoredJournal.init)
    }

    func journals(of device: KioskID) throws -> [StoredJournal] {
        try rows(
            "SELECT * FROM journal WHERE kiosk = ? OR kiosk LIKE ? ORDER BY kiosk",
            [device.rawValue, device.rawValue + "-%"]
        ).compactMap(StoredJournal.init)
    }

    func put(_ journal: StoredJournal) throws {
        try run(
            "INSERT OR REPLACE INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                journal.kiosk.rawValue, journal.institution, journal.name, journal.publicKey,
                journal.oneTimeCode, journal.revoked ? 1 : 0, journal.through,
                journal.head.bytes, journal.lastContact?.milliseconds,
                journal.lastEntryAt?.milliseconds, journal.forkedAt, journal.blocks,
            ])
    }

    func hash(_ kiosk: KioskID, at sequence: Int) throws -> Fingerprint? {
        guard sequence > 0 else { return .zero }
        return try bytes(
            "SELECT hash FROM entry WHERE kiosk = ? AND seq = ?", [kiosk.rawValue, sequence]
        ).flatMap { Fingerprint(bytes: $0) }
    }

    func keep(_ checkpoint: Checkpoint) throws {
        try run(
            "INSERT OR IGNORE INTO checkpoint VALUES (?, ?, ?, ?)",
            [
                checkpoint.kiosk.rawValue, checkpoint.sequence, checkpoint.head.bytes,
                try data(checkpoint),
            ])
    }

    func checkpoints(of kiosk: KioskID) throws -> [Checkpoint] {
        try json(
            Checkpoint.self, "SELECT json FROM checkpoint WHERE kiosk = ? ORDER BY seq",
            [kiosk.rawValue])
    }

    func append(_ entries: [EntryBytes], to kiosk: KioskID, behind sequence: Int) throws {
        try db.run(
            "INSERT INTO entry (kiosk, seq, hash, bytes) VALUES (?, ?, ?, ?)",
            each: entries.enumerated().map { offset, entry in
                [kiosk, sequence + 1 + offset, entry.hash, entry.bytes]
            })
    }

    func backlog() throws -> [Backlog] {
        try rows(
            """
            SELECT backlog.kiosk, folded, through, institution
            FROM backlog JOIN journal ON journal.kiosk = backlog.kiosk ORDER BY backlog.kiosk
            """
        ).compactMap { row in
            KioskID(rawValue: row["kiosk"]).map {
                Backlog(
                    kiosk: $0, folded: row["folded"], through: row["through"],
                    institution: row["institution"])
            }
        }
    }

    func stored(_ kiosk: KioskID, behind sequence: Int, limit: Int) throws -> [StoredEntry] {
        try rows(
            """
            SELECT seq, hash, bytes FROM entry WHERE kiosk = ? AND seq > ? ORDER BY seq LIMIT ?
            """, [kiosk, sequence, limit]
        ).compactMap { row in
            Fingerprint(bytes: row["hash"] as [UInt8]).map {
                StoredEntry(
                    kiosk: kiosk, sequence: row["seq"],
                    entry: EntryBytes(bytes: row["bytes"], hash: $0))
            }
        }
    }

    func folded(of kiosk: KioskID) throws -> Int? {
        try int("SELECT folded FROM backlog WHERE kiosk = ?", [kiosk])
    }

    func put(folded sequence: Int?, of kiosk: KioskID) throws {
        guard let sequence else {
            return try run("DELETE FROM backlog WHERE kiosk = ?", [kiosk])
        }
        try run("INSERT OR REPLACE INTO backlog VALUES (?, ?)", [kiosk, sequence])
    }

    func entry(_ reference: EntryReference) throws -> Placed? {
        let found = try entries(of: reference.kiosk, at: reference.sequence)
        guard let hash = reference.hash else { return found.first }
        return found.first { $0.entry.hash == hash }
    }

    func setAside(_ reference: EntryReference, reason: String) throws {
        try run(
            "INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?, ?)", key(reference) + [reason])
        try carry("setAside", adding: [setAsideRow(reference, reason)])
    }

    func takeBack(setAside reference: EntryReference) throws -> Bool {
        let reason = try text(
            "SELECT reason FROM set_aside WHERE kiosk = ? AND seq = ? AND hash = ?", key(reference))
        guard let reason else { return false }
        try run("DELETE FROM set_aside WHERE kiosk = ? AND seq = ? AND hash = ?", key(reference))
        try carry("setAside", removing: [setAsideRow(reference, reason)])
        return true
    }

    private func key(_ reference: EntryReference) -> [any SQLBindable] {
        [
            reference.kiosk.rawValue, reference.sequence,
            reference.hash?.bytes ?? [],
        ]
    }

    private func setAsideRow(_ reference: EntryReference, _ reason: String) -> [UInt8] {
        Array(
            "\(reference.kiosk) \(reference.sequence) \(reference.hash ?? .zero) \(reason)".utf8)
    }

    func setAside(of kiosk: KioskID) throws -> [Int] {
        try rows(
            "SELECT DISTINCT seq FROM set_aside WHERE kiosk = ? ORDER BY seq", [kiosk]
        ).map { $0["seq"] }
    }

    func forEachEntry(_ body: (Placed) throws -> Void) throws {
        var previous = Fingerprint.zero
        try db.forEachRow("SELECT kiosk, seq, bytes FROM entry ORDER BY kiosk, seq") { row in
            guard let kiosk = KioskID(rawValue: row["kiosk"]) else { return }
            let sequence = row["seq"] as Int
            if sequence == 1 { previous = .zero }
            let entry = Entry(keeping: row["bytes"], after: previous)
            previous = entry.hash
            try body(Placed(kiosk: kiosk, sequence: sequence, entry: entry))
        }
    }
}

extension StoredJournal {
    init?(_ row: SQLRow) {
        guard let kiosk = KioskID(rawValue: row["kiosk"]),
            let head = Fingerprint(bytes: row["head"] as [UInt8])
        else { return nil }
        self.init(
            kiosk: kiosk, institution: row["institution"], name: row["name"],
            publicKey: row["public_key"], oneTimeCode: row["one_time_code"],
            revoked: row["revoked"] == 1, through: row["through"], head: head,
            lastContact: (row["last_contact"] as Int?).map { Instant(milliseconds: $0) },
            lastEntryAt: (row["last_entry"] as Int?).map { Instant(milliseconds: $0) },
            forkedAt: row["forked_at"], blocks: row["blocks"])
    }
}
