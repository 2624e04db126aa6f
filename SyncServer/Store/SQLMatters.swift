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

extension SQLSession: Matters {
    func mark(_ marks: [Mark]) throws {
        try db.run(
            "INSERT OR IGNORE INTO mark VALUES (?, ?, ?, ?, ?)",
            each: marks.map { mark in
                [
                    mark.subject.rawValue, mark.entry.kiosk, mark.entry.sequence,
                    mark.entry.reference.hash?.bytes ?? [], mark.entry.branch?.rawValue ?? 0,
                ]
            })
    }

    func unmark(_ placed: Placed) throws -> Set<Hinge> {
        let subjects = try rows(
            "SELECT subject FROM mark WHERE kiosk = ? AND seq = ? AND hash = ?",
            place(placed.reference))
        try run(
            "DELETE FROM mark WHERE kiosk = ? AND seq = ? AND hash = ?", place(placed.reference))
        return Set(subjects.compactMap { Hinge(rawValue: $0["subject"]) })
    }

    private func place(_ reference: EntryReference) -> [any SQLBindable] {
        [reference.kiosk, reference.sequence, reference.hash?.bytes ?? []]
    }

    func entries(of subject: Hinge) throws -> [Placed] {
        try rows(
            "SELECT kiosk, seq, hash, standing FROM mark WHERE subject = ?", [subject.rawValue]
        ).compactMap { row in
            guard let kiosk = KioskID(rawValue: row["kiosk"]) else { return nil }
            let standing = Branches.Standing(rawValue: row["standing"])
            return try entry(
                EntryReference(
                    kiosk: kiosk, sequence: row["seq"],
                    hash: Fingerprint(bytes: row["hash"] as [UInt8])))?.standing(standing)
        }
    }

    func put(_ clashes: [Clash], of subject: Hinge) throws {
        let old = try rows(
            "SELECT json FROM matter WHERE subject = ? ORDER BY place", [subject.rawValue]
        ).map { $0["json"] as [UInt8] }
        let new = try clashes.map { try data($0) }
        guard old != new else { return }
        try run("DELETE FROM matter WHERE subject = ?", [subject.rawValue])
        try db.run(
            "INSERT INTO matter VALUES (?, ?, ?)",
            each: new.enumerated().map { [subject.rawValue, $0, $1] })
        try carry("matters", adding: new, removing: old)
    }

    func clashes(of subject: Hinge) throws -> [Clash] {
        try json(
            Clash.self, "SELECT json FROM matter WHERE subject = ? ORDER BY place",
            [subject.rawValue])
    }

    func matters(limit: Int) throws -> [(subject: Hinge, clash: Clash)] {
        try rows("SELECT subject, json FROM matter ORDER BY subject, place LIMIT ?", [limit])
            .compactMap { row in
                guard let subject = Hinge(rawValue: row["subject"]) else { return nil }
                return (subject, try CompactJSON.decode(Clash.self, from: row["json"] as [UInt8]))
            }
    }

    func contacts() throws -> [PersonNumber: ContactDetails] {
        // From the first subject of this kind up to the first that sorts behind all of them.
        let subjects = try rows(
            "SELECT DISTINCT subject FROM mark WHERE subject >= ? AND subject < ?",
            ["contact ", "contact!"]
        ).compactMap { Hinge(rawValue: $0["subject"]) }
        var contacts: [PersonNumber: ContactDetails] = [:]
        for case .contact(let person) in subjects {
            contacts[person] = foldContact(try entries(of: .contact(person))).details
        }
        return contacts
    }

    func forEachHinge(_ body: (Hinge) throws -> Void) throws {
        for row in try rows("SELECT DISTINCT subject FROM mark") {
            if let subject = Hinge(rawValue: row["subject"]) { try body(subject) }
        }
    }

    func isSetAside(_ reference: EntryReference) throws -> Bool {
        try int(
            "SELECT count(*) FROM set_aside WHERE kiosk = ? AND seq = ? AND hash = ?",
            place(reference)) != 0
    }

    func sameIdentity(limit: Int) throws -> [[PersonNumber]] {
        let found = try rows(
            """
            SELECT certno, psn FROM person WHERE certno IN (
                SELECT certno FROM person GROUP BY certno HAVING count(*) > 1
                ORDER BY certno LIMIT ?
            ) ORDER BY certno, psn
            """, [limit])
        let people = Dictionary(grouping: found) { $0["certno"] as String }
        return people.sorted { $0.key < $1.key }.map { _, rows in
            rows.compactMap { PersonNumber(rawValue: $0["psn"]) }
        }
    }
}

// What later entries of a journal rest on.
extension SQLSession {
    func cache(standing placed: Placed, keep: Bool) throws {
        let (kiosk, sequence, hash) = (placed.kiosk, placed.sequence, placed.entry.hash)
        switch placed.entry.fact {
        case .signedIn(let signIn):
            let key: [any SQLBindable] = [kiosk, placed.entry.header.session, sequence, hash]
            guard keep else {
                posts.forget(kiosk, placed.entry.header.session)
                return try run(
                    "DELETE FROM sign_in WHERE kiosk = ? AND session = ? AND seq = ? AND hash = ?",
                    key)
            }
            posts.add(
                .init(sequence: sequence, hash: hash, role: signIn.role), of: kiosk,
                placed.entry.header.session)
            try run(
                "INSERT OR IGNORE INTO sign_in VALUES (?, ?, ?, ?, ?)",
                key + [signIn.role.rawValue])
        case .ruling(let ruling):
            let key: [any SQLBindable] = [ruling.kiosk, ruling.sequence, kiosk, sequence, hash]
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
        try rows(
            "SELECT kiosk, seq, hash FROM ruling WHERE target = ? AND number = ?",
            [kiosk, sequence]
        ).compactMap { row in
            guard let office = KioskID(rawValue: row["kiosk"]),
                let hash = Fingerprint(bytes: row["hash"] as [UInt8])
            else { return nil }
            return try entry(EntryReference(kiosk: office, sequence: row["seq"], hash: hash))
        }
    }

    func ruledEntries() throws -> Set<EntryReference> {
        Set(
            try rows("SELECT DISTINCT target, number FROM ruling").compactMap { row in
                KioskID(rawValue: row["target"]).map {
                    EntryReference(kiosk: $0, sequence: row["number"])
                }
            })
    }

    func role(in kiosk: KioskID, session: String, before sequence: Int) throws -> Role? {
        try posts.stated(in: kiosk, session) {
            try rows(
                "SELECT seq, hash, role FROM sign_in WHERE kiosk = ? AND session = ?",
                [kiosk, session]
            ).compactMap { row in
                Fingerprint(bytes: row["hash"] as [UInt8]).map {
                    .init(sequence: row["seq"], hash: $0, role: Role(rawValue: row["role"]))
                }
            }
        }.last { $0.sequence < sequence }?.role
    }
}
