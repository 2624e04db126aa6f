import Foundation
import GRDB
import Journaling
import Merging
import Vocabulary

// Visits by business day, over all journals: what is reviewed after the merge.
extension SQLiteSession: MergedVisits {
    /// Widens the stretch of a journal in which a day's visits lie.
    func span(_ placed: Placed) throws {
        try run(
            """
            INSERT INTO visit_span VALUES (?, ?, ?, ?)
            ON CONFLICT (day, kiosk) DO UPDATE SET
                first = min(first, excluded.first), last = max(last, excluded.last)
            """,
            [
                placed.entry.header.day.description, placed.kiosk.rawValue, placed.sequence,
                placed.sequence,
            ])
    }

    func visits(from: Day, to: Day, limit: Int) throws -> [Placed] {
        var found: [Placed] = []
        let spans = try Row.fetchAll(
            db,
            sql: """
                SELECT day, kiosk, first, last FROM visit_span WHERE day BETWEEN ? AND ?
                ORDER BY day DESC, kiosk
                """, arguments: [from.description, to.description])
        for span in spans {
            guard let kiosk = KioskID(rawValue: span["kiosk"]), found.count < limit else {
                continue
            }
            let day = Day(span["day"] as String)
            found += try entries(of: kiosk, from: span["first"], through: span["last"])
                .filter { $0.isVisit && $0.entry.header.day == day }
        }
        return Array(found.prefix(limit))
    }

    /// What counts of a stretch of a journal: its trunk and decided branches, less what was set
    /// aside.
    private func entries(of kiosk: KioskID, from first: Int, through last: Int) throws -> [Placed] {
        let through = try journal(kiosk)?.through ?? 0
        let aside = try Set(
            Row.fetchAll(
                try db.cachedStatement(
                    sql: """
                        SELECT seq, hash FROM set_aside WHERE kiosk = ? AND seq BETWEEN ? AND ?
                        """), arguments: [kiosk.rawValue, first, last]
            ).map { row in
                EntryReference(
                    kiosk: kiosk, sequence: row["seq"],
                    hash: Fingerprint(bytes: row["hash"] as Data))
            })
        return try stored(kiosk, "seq BETWEEN ? AND ?", [first, last]).filter { placed in
            placed.branch.map { $0 == .counts } ?? (placed.sequence <= through)
                && !aside.contains(placed.reference)
        }
    }

    func counted(of kiosk: KioskID, behind sequence: Int) throws -> [Placed] {
        try entries(of: kiosk, from: sequence + 1, through: .max)
    }

    func isSeenElsewhere(_ person: PersonNumber, year: Int) throws -> Bool {
        try Int.fetchOne(
            try db.cachedStatement(
                sql: "SELECT count(DISTINCT kiosk) FROM about WHERE person = ? AND year = ?"),
            arguments: [person.rawValue, year]) ?? 0 > 1
    }
}

extension Placed {
    /// A visit, or one taken back.
    var isVisit: Bool {
        switch entry.fact {
        case .visit, .visitVoid: true
        default: false
        }
    }
}
