import Merging
import Vocabulary

/// The books of a stretch of days, summed one way; every group comes to nothing.
struct TrialBalance: Codable, Sendable {
    enum By: String, Codable, Sendable, CaseIterable {
        case day, clinic, township, scheme
    }

    struct Group: Codable, Sendable {
        /// A day, an institution's code, a township's code or a scheme.
        var key: String
        /// By account, debits positive.
        var accounts: [String: Money]
        /// Of that, what came after its month was closed.
        var late: [String: Money]
        var sum: Money
    }

    var from: Day
    var to: Day
    var by: By
    var groups: [Group]
    /// Over all groups; anything but zero is a fault of the program.
    var sum: Money

    init(
        _ rows: [BookedRow], from: Day, to: Day, by: By, place: (BookedRow) -> String
    ) {
        (self.from, self.to, self.by) = (from, to, by)
        groups = Dictionary(grouping: rows, by: place).sorted { $0.key < $1.key }.map { key, rows in
            Group(
                key: key, accounts: TrialBalance.sums(rows),
                late: TrialBalance.sums(rows.filter(\.place.isLate)),
                sum: rows.map(\.amount).sum())
        }
        sum = groups.map(\.sum).sum()
    }

    private static func sums(_ rows: [BookedRow]) -> [String: Money] {
        rows.reduce(into: [String: Money]()) {
            $0[$1.account.rawValue, default: .zero] += $1.amount
        }
        .filter { $0.value != .zero }
    }
}

extension LedgerSession {
    func trialBalance(from: Day, to: Day, by: TrialBalance.By) throws -> TrialBalance {
        let places = try Places(self)
        return TrialBalance(try booked(from: from, to: to), from: from, to: to, by: by) { row in
            switch by {
            case .day: row.place.day.description
            case .clinic: places.journal(row.place.kiosk)?.institution ?? row.place.kiosk.rawValue
            case .township: places.township(row.place.kiosk)
            case .scheme: row.place.scheme.rawValue
            }
        }
    }
}

struct BalanceInput: Codable, Sendable {
    var by: TrialBalance.By
    /// Left out: everything.
    var from: Day?
    var to: Day?
}

struct CloseInput: Codable, Sendable {
    var month: Month
    var by: String
    var pin: String
}

extension Office {
    nonisolated func balance(_ input: BalanceInput) throws -> TrialBalance {
        try store.read {
            try $0.trialBalance(
                from: input.from ?? Day(number: 0), to: input.to ?? today.adding(days: 366),
                by: input.by)
        }
    }
}
