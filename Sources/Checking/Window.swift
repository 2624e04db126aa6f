import Vocabulary

/// The stretch of time a rule counts over (时间区间), up to and including the day of the visit.
public enum Window: Hashable, Sendable {
    case visit, day, month, quarter, year
    /// That many days, today included.
    case days(Int)
    /// Hours; a clinic's journal is asked by the visit, so they mean this visit there.
    case hours(Int)

    /// Reads "visit", "day", "month", "quarter", "year", "days 7", "hours 6".
    public init?(_ text: String) {
        let parts = text.split(separator: " ")
        switch (parts.first, parts.count) {
        case ("visit", 1): self = .visit
        case ("day", 1): self = .day
        case ("month", 1): self = .month
        case ("quarter", 1): self = .quarter
        case ("year", 1): self = .year
        case ("days", 2), ("hours", 2):
            guard let count = Int(parts[1]), (1...3_660).contains(count) else { return nil }
            self = parts[0] == "days" ? .days(count) : .hours(count)
        default: return nil
        }
    }

    /// Whether an earlier day counts together with today.
    public func reaches(_ earlier: Day, from today: Day) -> Bool {
        guard earlier <= today else { return false }
        return switch self {
        case .visit, .hours: false
        case .day: earlier == today
        case .month: earlier.year == today.year && earlier.month == today.month
        case .quarter: earlier.year == today.year && earlier.quarter == today.quarter
        case .year: earlier.year == today.year
        case .days(let count): today.days(since: earlier) < count
        }
    }
}

extension Window: CustomStringConvertible {
    public var description: String {
        switch self {
        case .visit: "visit"
        case .day: "day"
        case .month: "month"
        case .quarter: "quarter"
        case .year: "year"
        case .days(let count): "days \(count)"
        case .hours(let count): "hours \(count)"
        }
    }
}
