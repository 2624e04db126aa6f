import Journaling
import Merging
import Vocabulary

// What counted entries add to sums and sets, whole batches at a time.
extension SQLSession: MergedSums {
    func cache(_ counted: [Placed]) throws {
        try db.run(
            "INSERT OR IGNORE INTO about VALUES (?, ?, ?, ?, ?, ?)",
            // In the table's order, so that neighbours are written together.
            each: counted.flatMap { placed in
                placed.personYears.map { (PersonAndYear($0), placed) }
            }.sorted { $0.0 < $1.0 }.map { about, placed in
                aboutKey(about, placed) + [placed.branch?.rawValue ?? 0]
            })
        for placed in counted {
            if placed.isHeld { continue }
            try cache(decision: placed, keep: true)
            try cache(basis: placed, keep: true)
        }
        try add(counted.filter { !$0.isHeld }, sign: 1)
    }

    func uncache(_ placed: Placed) throws {
        try db.run(
            """
            DELETE FROM about
            WHERE (person, year, kiosk, seq, hash) IN (VALUES (?, ?, ?, ?, ?))
            """, each: placed.personYears.map { aboutKey(PersonAndYear($0), placed) })
        if placed.isHeld { return }
        try cache(decision: placed, keep: false)
        try cache(basis: placed, keep: false)
        try add([placed], sign: -1)
    }

    private func aboutKey(_ about: PersonAndYear, _ placed: Placed) -> [any SQLBindable] {
        [
            about.person, about.year, placed.kiosk, placed.sequence,
            placed.reference.hash?.bytes ?? [],
        ]
    }

    /// Adds entries to the sums they stand in, or takes them out again.
    private func add(_ entries: [Placed], sign: Int) throws {
        var drawings: [PersonNumber: [Day: Int]] = [:]
        var days: [KioskDay: DayRow] = [:]
        for placed in entries {
            let day = placed.entry.header.day
            for drawn in placed.entry.fact.drawings {
                drawings[drawn.owner, default: [:]][day, default: 0] += drawn.amount.fen
            }
            let place = KioskDay(day: day, kiosk: placed.kiosk)
            days[place] = (days[place] ?? DayRow(day: day, kiosk: placed.kiosk)) + placed.dayRow
        }
        try db.run(
            """
            INSERT INTO account_drawing VALUES (?, ?, ?) ON CONFLICT (person, day)
                DO UPDATE SET amount = account_drawing.amount + excluded.amount
            """,
            each: drawings.flatMap { person, sums in
                sums.map { [person, $0, sign * $1] as [any SQLBindable] }
            })
        try db.run(
            """
            INSERT INTO kiosk_day VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (day, kiosk) DO UPDATE SET
                visits = kiosk_day.visits + excluded.visits,
                total = kiosk_day.total + excluded.total,
                fund = kiosk_day.fund + excluded.fund,
                person = kiosk_day.person + excluded.person,
                receipts = kiosk_day.receipts + excluded.receipts,
                contributions = kiosk_day.contributions + excluded.contributions
            """,
            each: days.values.map { row in
                [
                    row.day, row.kiosk, sign * row.visits, sign * row.total.fen,
                    sign * row.fund.fen, sign * row.person.fen, sign * row.receipts,
                    sign * row.contributions.fen,
                ]
            })
    }
}

extension DayRow {
    static func + (a: DayRow, b: DayRow) -> DayRow {
        var sum = a
        sum.visits += b.visits
        sum.total += b.total
        sum.fund += b.fund
        sum.person += b.person
        sum.receipts += b.receipts
        sum.contributions += b.contributions
        return sum
    }
}
