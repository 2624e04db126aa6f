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

    func keepFork(_ kiosk: KioskID, from sequence: Int, _ entries: [Entry]) throws {
        for (offset, entry) in entries.enumerated() {
            try run(
                "INSERT OR IGNORE INTO fork (kiosk, seq, hash, bytes) VALUES (?, ?, ?, ?)",
                [
                    kiosk.rawValue, sequence + offset, Data(entry.hash.bytes), Data(entry.bytes),
                ])
        }
    }

    func entry(_ reference: EntryReference) throws -> Placed? {
        guard
            let bytes = try Data.fetchOne(
                db, sql: "SELECT bytes FROM entry WHERE kiosk = ? AND seq = ?",
                arguments: [reference.kiosk.rawValue, reference.sequence]),
            let previous = try hash(reference.kiosk, at: reference.sequence - 1)
        else { return nil }
        return Placed(
            kiosk: reference.kiosk, sequence: reference.sequence,
            entry: Entry(keeping: Array(bytes), after: previous))
    }

    func setAside(_ reference: EntryReference, reason: String) throws {
        try run(
            "INSERT OR IGNORE INTO set_aside (kiosk, seq, reason) VALUES (?, ?, ?)",
            [reference.kiosk.rawValue, reference.sequence, reason])
    }

    func setAside(of kiosk: KioskID) throws -> [Int] {
        try Int.fetchAll(
            db, sql: "SELECT seq FROM set_aside WHERE kiosk = ? ORDER BY seq",
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
