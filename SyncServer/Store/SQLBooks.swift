import Foundation
import Journaling
import Merging
import Vocabulary

// The books: sums by day, kiosk, scheme and account. Like every cache they follow from the entries.
extension SQLSession: AccountBooks {
    func store(_ books: Books) throws {
        let moved = books.sums.flatMap { place, sums in
            sums.filter { $0.value != .zero }.map {
                BookedRow(place: place, account: $0, amount: $1)
            }
        }
        let rows = try db.rows(
            """
            SELECT day, kiosk, scheme, account, late, amount
            FROM (VALUES (?, ?, ?, ?, ?)) AS wanted
            JOIN booking ON day = column1 AND kiosk = column2 AND scheme = column3
                AND account = column4 AND late = column5
            """, each: moved.map(\.key))
        let held = rows.compactMap(BookedRow.init)
        var sums = Dictionary(
            uniqueKeysWithValues: held.map { (BookedRow.Place($0.place, $0.account), $0) })
        for row in moved {
            sums[BookedRow.Place(row.place, row.account), default: row.with(.zero)].amount +=
                row.amount
        }
        try db.run(
            "INSERT OR REPLACE INTO booking VALUES (?, ?, ?, ?, ?, ?)",
            each: sums.values.map { $0.key + [$0.amount.fen] })
        try carry(
            "bookings", adding: sums.values.compactMap(\.digested),
            removing: held.compactMap(\.digested))
    }

    func booked(from: Day, to: Day) throws -> [BookedRow] {
        try rows(
            """
            SELECT * FROM booking WHERE day BETWEEN ? AND ? AND amount <> 0
            ORDER BY day, kiosk, scheme, account, late
            """, [from.description, to.description]
        ).compactMap(BookedRow.init)
    }

    func closings() throws -> Closings {
        let closed = try json(
            MonthClosed.self, "SELECT json FROM month_closed ORDER BY kiosk, seq")
        return Closings(closed, standing: closed.isEmpty ? [:] : try standingInClosings())
    }

    /// The void's original and the day's close before, both from the same journal.
    func bookingContext(of placed: Placed) throws -> BookingContext {
        var context = BookingContext()
        if let number = placed.voidsNumber {
            context.voided = try entries(of: placed.kiosk, at: number).first {
                placed.entry.fact.mirrors($0.entry.fact)
            }
        }
        if case .dayClose = placed.entry.fact {
            context.closedBefore = try json(
                DayClose.self,
                """
                SELECT json FROM day_close WHERE day = ? AND kiosk = ? AND (seq, hash) < (?, ?)
                ORDER BY seq DESC, hash DESC LIMIT 1
                """,
                [
                    placed.entry.header.day.description, placed.kiosk.rawValue, placed.sequence,
                    placed.entry.hash.bytes,
                ]
            ).first
        }
        return context
    }

    /// Keeps or forgets what later bookings rest on.
    func cache(basis placed: Placed, keep: Bool) throws {
        try cache(closing: placed, keep: keep)
        let key: [any SQLBindable] = [placed.kiosk.rawValue, placed.sequence]
        switch placed.entry.fact {
        case .dayClose(let close):
            let key =
                [placed.entry.header.day.description] as [any SQLBindable] + key
                + [placed.entry.hash.bytes]
            guard keep else {
                return try run(
                    "DELETE FROM day_close WHERE day = ? AND kiosk = ? AND seq = ? AND hash = ?",
                    key)
            }
            try run(
                "INSERT OR REPLACE INTO day_close VALUES (?, ?, ?, ?, ?)", key + [try data(close)])
        case .monthClosed(let closed):
            guard keep else {
                return try run("DELETE FROM month_closed WHERE kiosk = ? AND seq = ?", key)
            }
            try run(
                "INSERT OR REPLACE INTO month_closed VALUES (?, ?, ?)", key + [try data(closed)])
        default: break
        }
    }

    func openCorrections(behind last: PersonAndYear?, limit: Int) throws -> [PersonAndYear] {
        try rows(
            """
            SELECT person, year FROM open_correction WHERE (year, person) > (?, ?)
            ORDER BY year, person LIMIT ?
            """, [last?.year ?? 0, last?.person.rawValue ?? "", limit]
        ).compactMap { row in
            PersonNumber(rawValue: row["person"]).map { PersonAndYear(($0, row["year"])) }
        }
    }
}

extension BookedRow {
    fileprivate struct Place: Hashable {
        let place: BookingPlace
        let account: Account

        init(_ place: BookingPlace, _ account: Account) {
            (self.place, self.account) = (place, account)
        }
    }

    fileprivate init?(_ row: SQLRow) {
        guard let day = Day(row["day"] as String), let kiosk = KioskID(rawValue: row["kiosk"]),
            let scheme = Scheme(rawValue: row["scheme"])
        else { return nil }
        place = BookingPlace(
            day: day, kiosk: kiosk, scheme: scheme, isLate: row["late"] as Int == 1)
        account = Account(rawValue: row["account"])
        amount = Money(fen: row["amount"])
    }

    fileprivate var key: [any SQLBindable] {
        [place.day, place.kiosk, place.scheme.rawValue, account.rawValue, place.isLate ? 1 : 0]
    }

    /// The row as the county's digest knows it; a sum of nothing is as good as none.
    fileprivate var digested: [UInt8]? {
        guard amount != .zero else { return nil }
        let words = [
            "\(place.day)", "\(place.kiosk)", place.scheme.rawValue, account.rawValue,
            "\(place.isLate)", "\(amount.fen)",
        ]
        return Array(words.joined(separator: " ").utf8)
    }

    fileprivate func with(_ amount: Money) -> BookedRow {
        BookedRow(place: place, account: account, amount: amount)
    }
}
