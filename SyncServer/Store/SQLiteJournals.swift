import Foundation
import GRDB
import Journaling
import Merging
import Vocabulary

extension SQLiteSession: JournalShelf {
    func journal(_ kiosk: KioskID) throws -> StoredJournal? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM journal WHERE kiosk = ?", arguments: [kiosk.rawValue]
        ).flatMap(StoredJournal.init)
    }

    func journals() throws -> [StoredJournal] {
        try Row.fetchAll(db, sql: "SELECT * FROM journal ORDER BY kiosk")
            .compactMap(StoredJournal.init)
    }

    func put(_ journal: StoredJournal) throws {
        try run(
            "INSERT OR REPLACE INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                journal.kiosk.rawValue, journal.institution, journal.name, journal.publicKey,
                journal.oneTimeCode, journal.revoked ? 1 : 0, journal.through,
                Data(journal.head.bytes), journal.lastContact?.milliseconds,
                journal.lastEntryAt?.milliseconds, journal.forkedAt, journal.blocks,
            ])
    }

    func hash(_ kiosk: KioskID, at sequence: Int) throws -> Fingerprint? {
        guard sequence > 0 else { return .zero }
        return try Data.fetchOne(
            db, sql: "SELECT hash FROM entry WHERE kiosk = ? AND seq = ?",
            arguments: [kiosk.rawValue, sequence]
        ).flatMap { Fingerprint(bytes: $0) }
    }

    func keep(_ checkpoint: Checkpoint) throws {
        try run(
            "INSERT OR IGNORE INTO checkpoint VALUES (?, ?, ?, ?)",
            [
                checkpoint.kiosk.rawValue, checkpoint.sequence, Data(checkpoint.head.bytes),
                try data(checkpoint),
            ])
    }

    func checkpoints(of kiosk: KioskID) throws -> [Checkpoint] {
        try json(
            Checkpoint.self, "SELECT json FROM checkpoint WHERE kiosk = ? ORDER BY seq",
            [kiosk.rawValue])
    }

    func append(_ entries: [Placed]) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO entry (kiosk, seq, hash, bytes) VALUES (?, ?, ?, ?)")
        for placed in entries {
            try statement.execute(arguments: [
                placed.kiosk.rawValue, placed.sequence, Data(placed.entry.hash.bytes),
                Data(placed.entry.bytes),
            ])
        }
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
        let reason = try String.fetchOne(
            db, sql: "SELECT reason FROM set_aside WHERE kiosk = ? AND seq = ? AND hash = ?",
            arguments: key(reference))
        guard let reason else { return false }
        try run("DELETE FROM set_aside WHERE kiosk = ? AND seq = ? AND hash = ?", key(reference))
        try carry("setAside", removing: [setAsideRow(reference, reason)])
        return true
    }

    private func key(_ reference: EntryReference) -> StatementArguments {
        [
            reference.kiosk.rawValue, reference.sequence,
            Data(reference.hash?.bytes ?? []),
        ]
    }

    private func setAsideRow(_ reference: EntryReference, _ reason: String) -> [UInt8] {
        Array(
            "\(reference.kiosk) \(reference.sequence) \(reference.hash ?? .zero) \(reason)".utf8)
    }

    func setAside(of kiosk: KioskID) throws -> [Int] {
        try Int.fetchAll(
            db, sql: "SELECT DISTINCT seq FROM set_aside WHERE kiosk = ? ORDER BY seq",
            arguments: [kiosk.rawValue])
    }

    func forEachEntry(_ body: (Placed) throws -> Void) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT kiosk, seq, bytes FROM entry")
        var previous = Fingerprint.zero
        while let row = try rows.next() {
            guard let kiosk = KioskID(rawValue: row["kiosk"]) else { continue }
            let sequence = row["seq"] as Int
            if sequence == 1 { previous = .zero }
            let entry = Entry(keeping: Array(row["bytes"] as Data), after: previous)
            previous = entry.hash
            try body(Placed(kiosk: kiosk, sequence: sequence, entry: entry))
        }
    }
}

extension StoredJournal {
    init?(_ row: Row) {
        guard let kiosk = KioskID(rawValue: row["kiosk"]),
            let head = Fingerprint(bytes: row["head"] as Data)
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
