import Foundation
import GRDB
import Journaling
import Merging
import Vocabulary

/// Tables of matters; caches like the others.
enum MatterSchema {
    static let tables = ["mark", "matter", "ruling", "sign_in", "month_proposed", "stood"]

    static let caches = """
        CREATE TABLE IF NOT EXISTS mark (
            subject TEXT NOT NULL, kiosk TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
            standing INTEGER NOT NULL, PRIMARY KEY (subject, kiosk, seq, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS mark_entry ON mark (kiosk, seq);
        CREATE TABLE IF NOT EXISTS matter (
            subject TEXT NOT NULL, place INTEGER NOT NULL, json BLOB NOT NULL,
            PRIMARY KEY (subject, place)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS ruling (
            target TEXT NOT NULL, number INTEGER NOT NULL, kiosk TEXT NOT NULL,
            seq INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (target, number, kiosk, seq, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS sign_in (
            kiosk TEXT NOT NULL, session TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
            role TEXT NOT NULL, PRIMARY KEY (kiosk, session, seq, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS month_proposed (
            month TEXT NOT NULL, kiosk TEXT NOT NULL, seq INTEGER NOT NULL,
            PRIMARY KEY (month, kiosk, seq)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS stood (
            target TEXT NOT NULL, kiosk TEXT NOT NULL, seq INTEGER NOT NULL, head BLOB NOT NULL,
            PRIMARY KEY (target, kiosk, seq)
        ) STRICT, WITHOUT ROWID;
        """
}

extension SQLiteSession: Matters {
    func mark(_ placed: Placed, _ subjects: Set<Hinge>) throws {
        for subject in subjects {
            try run(
                "INSERT OR IGNORE INTO mark VALUES (?, ?, ?, ?, ?)",
                [
                    subject.rawValue, placed.kiosk.rawValue, placed.sequence,
                    Data(placed.reference.hash?.bytes ?? []), placed.branch?.rawValue ?? 0,
                ])
        }
    }

    func unmark(_ placed: Placed) throws -> Set<Hinge> {
        let key: StatementArguments = [
            placed.kiosk.rawValue, placed.sequence, Data(placed.reference.hash?.bytes ?? []),
        ]
        let subjects = try String.fetchAll(
            try db.cachedStatement(
                sql: "SELECT subject FROM mark WHERE kiosk = ? AND seq = ? AND hash = ?"),
            arguments: key)
        try run("DELETE FROM mark WHERE kiosk = ? AND seq = ? AND hash = ?", key)
        return Set(subjects.compactMap(Hinge.init(rawValue:)))
    }

    func entries(of subject: Hinge) throws -> [Placed] {
        try Row.fetchAll(
            try db.cachedStatement(
                sql: "SELECT kiosk, seq, hash, standing FROM mark WHERE subject = ?"),
            arguments: [subject.rawValue]
        ).compactMap { row in
            guard let kiosk = KioskID(rawValue: row["kiosk"]) else { return nil }
            let standing = Branches.Standing(rawValue: row["standing"])
            return try entry(
                EntryReference(
                    kiosk: kiosk, sequence: row["seq"],
                    hash: Fingerprint(bytes: row["hash"] as Data)))?.standing(standing)
        }
    }

    func put(_ clashes: [Clash], of subject: Hinge) throws {
        let key: StatementArguments = [subject.rawValue]
        let old = try Data.fetchAll(
            try db.cachedStatement(sql: "SELECT json FROM matter WHERE subject = ? ORDER BY place"),
            arguments: key)
        let new = try clashes.map { try data($0) }
        guard old != new else { return }
        try run("DELETE FROM matter WHERE subject = ?", key)
        for (place, json) in new.enumerated() {
            try run("INSERT INTO matter VALUES (?, ?, ?)", key + [place, json])
        }
        try carry("matters", adding: new.map { Array($0) }, removing: old.map { Array($0) })
    }

    func clashes(of subject: Hinge) throws -> [Clash] {
        try json(
            Clash.self, "SELECT json FROM matter WHERE subject = ? ORDER BY place",
            [subject.rawValue])
    }

    func matters(limit: Int) throws -> [(subject: Hinge, clash: Clash)] {
        try Row.fetchAll(
            db, sql: "SELECT subject, json FROM matter ORDER BY subject, place LIMIT ?",
            arguments: [limit]
        ).compactMap { row in
            guard let subject = Hinge(rawValue: row["subject"]) else { return nil }
            return (subject, try CompactJSON.decode(Clash.self, from: row["json"] as Data))
        }
    }

    func forEachHinge(_ body: (Hinge) throws -> Void) throws {
        for text in try String.fetchAll(db, sql: "SELECT DISTINCT subject FROM mark") {
            if let subject = Hinge(rawValue: text) { try body(subject) }
        }
    }

    func isSetAside(_ reference: EntryReference) throws -> Bool {
        try Int.fetchOne(
            try db.cachedStatement(
                sql: "SELECT 1 FROM set_aside WHERE kiosk = ? AND seq = ? AND hash = ?"),
            arguments: [
                reference.kiosk.rawValue, reference.sequence, Data(reference.hash?.bytes ?? []),
            ]) != nil
    }

    func sameIdentity(limit: Int) throws -> [[PersonNumber]] {
        try String.fetchAll(
            db,
            sql: """
                SELECT group_concat(psn, ' ') FROM (SELECT psn, certno FROM person ORDER BY psn)
                GROUP BY certno HAVING count(*) > 1 ORDER BY certno LIMIT ?
                """, arguments: [limit]
        ).map { $0.split(separator: " ").compactMap { PersonNumber(rawValue: String($0)) } }
    }
}

// What later entries of a journal rest on.
extension SQLiteSession {
    func cache(standing placed: Placed, keep: Bool) throws {
        let place: StatementArguments = [
            placed.kiosk.rawValue, placed.sequence, Data(placed.entry.hash.bytes),
        ]
        switch placed.entry.fact {
        case .signedIn(let signIn):
            let key = [placed.kiosk.rawValue, placed.entry.header.session] as StatementArguments
            guard keep else {
                return try run(
                    "DELETE FROM sign_in WHERE kiosk = ? AND session = ? AND seq = ? AND hash = ?",
                    key + [placed.sequence, Data(placed.entry.hash.bytes)])
            }
            try run(
                "INSERT OR IGNORE INTO sign_in VALUES (?, ?, ?, ?, ?)",
                key + [placed.sequence, Data(placed.entry.hash.bytes), signIn.role.rawValue])
        case .ruling(let ruling):
            let key = [ruling.kiosk.rawValue, ruling.sequence] as StatementArguments + place
            guard keep else {
                return try run(
                    """
                    DELETE FROM ruling
                    WHERE target = ? AND number = ? AND kiosk = ? AND seq = ? AND hash = ?
                    """, key)
            }
            try run("INSERT OR IGNORE INTO ruling VALUES (?, ?, ?, ?, ?)", key)
        default: break
        }
    }

    func rulings(on kiosk: KioskID, _ sequence: Int) throws -> [Placed] {
        try Row.fetchAll(
            try db.cachedStatement(
                sql: "SELECT kiosk, seq, hash FROM ruling WHERE target = ? AND number = ?"),
            arguments: [kiosk.rawValue, sequence]
        ).compactMap { row in
            guard let office = KioskID(rawValue: row["kiosk"]),
                let hash = Fingerprint(bytes: row["hash"] as Data)
            else { return nil }
            return try entry(EntryReference(kiosk: office, sequence: row["seq"], hash: hash))
        }
    }

    func role(in kiosk: KioskID, session: String, before sequence: Int) throws -> Role? {
        try String.fetchOne(
            try db.cachedStatement(
                sql: """
                    SELECT role FROM sign_in WHERE kiosk = ? AND session = ? AND seq < ?
                    ORDER BY seq DESC, hash DESC LIMIT 1
                    """), arguments: [kiosk.rawValue, session, sequence]
        ).flatMap(Role.init(rawValue:))
    }
}
