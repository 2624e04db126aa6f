import Foundation
import Journaling
import Merging
import Vocabulary

// Visits by business day, over all journals: what is reviewed after the merge.
extension SQLSession: MergedVisits {
    /// Widens the stretches of journals in which a day's visits lie.
    func span(_ visits: [Placed]) throws {
        var stretches: [KioskDay: ClosedRange<Int>] = [:]
        for visit in visits {
            let place = KioskDay(day: visit.entry.header.day, kiosk: visit.kiosk)
            let held = stretches[place] ?? visit.sequence...visit.sequence
            stretches[place] =
                min(held.lowerBound, visit.sequence)...max(held.upperBound, visit.sequence)
        }
        try db.run(
            """
            INSERT INTO visit_span VALUES (?, ?, ?, ?)
            ON CONFLICT (day, kiosk) DO UPDATE SET
                first = CASE WHEN excluded.first < visit_span.first
                    THEN excluded.first ELSE visit_span.first END,
                last = CASE WHEN excluded.last > visit_span.last
                    THEN excluded.last ELSE visit_span.last END
            """,
            each: stretches.map { [$0.day, $0.kiosk, $1.lowerBound, $1.upperBound] })
    }

    func visits(from: Day, to: Day, limit: Int) throws -> [Placed] {
        var found: [Placed] = []
        let spans = try rows(
            """
            SELECT day, kiosk, first, last FROM visit_span WHERE day BETWEEN ? AND ?
            ORDER BY day DESC, kiosk
            """, [from.description, to.description])
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
        let through = try folded(of: kiosk) ?? journal(kiosk)?.through ?? 0
        let aside = try Set(
            rows(
                """
                SELECT seq, hash FROM set_aside WHERE kiosk = ? AND seq BETWEEN ? AND ?
                """, [kiosk.rawValue, first, last]
            ).map { row in
                EntryReference(
                    kiosk: kiosk, sequence: row["seq"],
                    hash: Fingerprint(bytes: row["hash"] as [UInt8]))
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
        try int(
            "SELECT count(DISTINCT kiosk) FROM about WHERE person = ? AND year = ?",
            [person.rawValue, year]) ?? 0 > 1
    }
}

/// One kiosk's business day.
struct KioskDay: Hashable {
    let day: Day
    let kiosk: KioskID
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
