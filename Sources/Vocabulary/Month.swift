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

    public var next: Month { adding(1) }
}

extension Month: CustomStringConvertible {
    public var description: String { String(firstDay.description.prefix(7)) }

    /// Reads "2026-03"; `nil` for anything else.
    public init?(_ text: String) {
        guard let day = Day(text + "-01") else { return nil }
        self.init(of: day)
    }
}

extension Month: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let month = Month(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is not a month like 2026-03")
        }
        self = month
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
