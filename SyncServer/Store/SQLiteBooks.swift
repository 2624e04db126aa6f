import Foundation
import GRDB
import Journaling
import Merging
import Vocabulary

// The books: sums by day, kiosk, scheme and account. Like every cache they follow from the entries.
extension SQLiteSession: AccountBooks {
    func store(_ books: Books) throws {
        for (place, sums) in books.sums {
            for (account, amount) in sums where amount != .zero {
                try add(amount, to: account, at: place)
            }
        }
    }

    private func add(_ amount: Money, to account: Account, at place: BookingPlace) throws {
        let key: StatementArguments = [
            place.day.description, place.kiosk.rawValue, place.scheme.rawValue, account.rawValue,
            place.isLate ? 1 : 0,
        ]
        let held = try Int.fetchOne(
            try db.cachedStatement(
                sql: """
                    SELECT amount FROM booking
                    WHERE day = ? AND kiosk = ? AND scheme = ? AND account = ? AND late = ?
                    """), arguments: key)
        let sum = (held ?? 0) + amount.fen
        try run("INSERT OR REPLACE INTO booking VALUES (?, ?, ?, ?, ?, ?)", key + [sum])
        func row(_ fen: Int) -> [[UInt8]] {
            fen == 0
                ? []
                : [
                    Array(
                        "\(place.day) \(place.kiosk) \(place.scheme.rawValue) \(account.rawValue) \(place.isLate) \(fen)"
                            .utf8)
                ]
        }
        try carry("bookings", adding: row(sum), removing: row(held ?? 0))
    }

    func booked(from: Day, to: Day) throws -> [BookedRow] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM booking WHERE day BETWEEN ? AND ? AND amount <> 0
                ORDER BY day, kiosk, scheme, account, late
                """, arguments: [from.description, to.description]
        ).compactMap { row in
            guard let day = Day(row["day"] as String), let kiosk = KioskID(rawValue: row["kiosk"]),
                let scheme = Scheme(rawValue: row["scheme"])
            else { return nil }
            return BookedRow(
                place: BookingPlace(
                    day: day, kiosk: kiosk, scheme: scheme, isLate: row["late"] == 1),
                account: Account(rawValue: row["account"]), amount: Money(fen: row["amount"]))
        }
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
                    Data(placed.entry.hash.bytes),
                ]
            ).first
        }
        return context
    }

    /// Keeps or forgets what later bookings rest on.
    func cache(basis placed: Placed, keep: Bool) throws {
        try cache(closing: placed, keep: keep)
        let key: StatementArguments = [placed.kiosk.rawValue, placed.sequence]
        switch placed.entry.fact {
        case .dayClose(let close):
            let key =
                [placed.entry.header.day.description] as StatementArguments + key
                + [Data(placed.entry.hash.bytes)]
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

    func openCorrections(limit: Int) throws -> [(PersonNumber, Int)] {
        try Row.fetchAll(
            db, sql: "SELECT person, year FROM open_correction ORDER BY year, person LIMIT ?",
            arguments: [limit]
        ).compactMap { row in
            PersonNumber(rawValue: row["person"]).map { ($0, row["year"]) }
        }
    }

    /// Remembers whether an adjustment is due.
    func cache(open personYear: PersonYear) throws {
        let key: StatementArguments = [personYear.person.rawValue, personYear.year]
        if personYear.corrections.contains(where: { !$0.open.isEmpty }) {
            try run("INSERT OR IGNORE INTO open_correction VALUES (?, ?)", key)
        } else {
            try run("DELETE FROM open_correction WHERE person = ? AND year = ?", key)
        }
    }
}
