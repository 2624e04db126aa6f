import Journaling
import Merging
import Vocabulary

/// What the office asks before it closes a month.
protocol MonthReports {
    /// Sums of the books by kiosk and account; of all days up to the last where no first is given.
    func sums(from: Day?, to: Day) throws -> [KioskID: [Account: Money]]
    /// The earliest day that holds anything; `nil` for books that are empty.
    func firstBooked() throws -> Day?
    /// The entries by which months were closed.
    func closingEntries() throws -> [Month: Placed]
}

extension SQLSession: MonthReports {
    func sums(from: Day?, to: Day) throws -> [KioskID: [Account: Money]] {
        try rows(
            """
            SELECT kiosk, account, CAST(sum(amount) AS BIGINT) AS amount FROM booking
            WHERE day BETWEEN ? AND ? GROUP BY kiosk, account
            """, [(from ?? Day(number: 0)).description, to.description]
        ).reduce(into: [:]) { sums, row in
            guard let kiosk = KioskID(rawValue: row["kiosk"]) else { return }
            sums[kiosk, default: [:]][Account(rawValue: row["account"])] = Money(
                fen: row["amount"])
        }
    }

    func firstBooked() throws -> Day? {
        try text("SELECT min(day) FROM booking WHERE amount <> 0").flatMap(Day.init)
    }

    func closingEntries() throws -> [Month: Placed] {
        try rows("SELECT kiosk, seq FROM month_closed ORDER BY kiosk, seq").reduce(into: [:]) {
            guard let kiosk = KioskID(rawValue: $1["kiosk"]),
                let placed = try entry(EntryReference(kiosk: kiosk, sequence: $1["seq"])),
                case .monthClosed(let closed) = placed.entry.fact
            else { return }
            // The first closing of a month stands.
            $0[closed.month] = $0[closed.month] ?? placed
        }
    }
}
