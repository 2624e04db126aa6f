import Vocabulary

/// A month of the calendar, as the count of months since year 0, so that gaps are plain
/// subtraction; "2026-03" in files.
public struct Month: Hashable, Comparable, Sendable {
    public let number: Int

    public init(number: Int) { self.number = number }
    public init(of day: Day) { number = day.year * 12 + day.month - 1 }

    public static func < (a: Month, b: Month) -> Bool { a.number < b.number }

    public var year: Int { number / 12 }

    public var firstDay: Day {
        guard let day = Day(year: year, month: number % 12 + 1, day: 1) else {
            preconditionFailure("a month has a first day")
        }
        return day
    }

    public var lastDay: Day { firstDay.adding(months: 1).adding(days: -1) }

    public func adding(_ months: Int) -> Month { Month(number: number + months) }
}

extension Month: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text + "-01") else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is not a month like 2026-03")
        }
        self.init(of: day)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(firstDay.description.prefix(7)))
    }
}

/// Consecutive months paid for; without an end it is still running.
public struct MonthSpan: Hashable, Sendable, Codable {
    public var from: Month
    public var through: Month?

    public init(from: Month, through: Month?) {
        self.from = from
        self.through = through
    }

    func contains(_ month: Month) -> Bool { from <= month && through.map { month <= $0 } ?? true }

    func touches(_ year: Int) -> Bool {
        from.year <= year && through.map { year <= $0.year } ?? true
    }
}
