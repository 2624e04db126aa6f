/// A calendar day in Beijing time, the one time zone of the law.
///
/// Kept as the count of days since 1970-01-01, so that order and differences are plain arithmetic.
public struct Day: Hashable, Comparable, Sendable {
    public let number: Int

    public init(number: Int) { self.number = number }

    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }

    /// The day `days` later (earlier where negative).
    public func adding(days: Int) -> Day { Day(number: number + days) }

    /// Days from `other` to this day; positive when this day is later.
    public func days(since other: Day) -> Int { number - other.number }
}

extension Day {
    /// A day of the proleptic Gregorian calendar; `nil` where the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...9999).contains(year),
            (1...Day.length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        // Years are counted from March, so that the leap day is the last of its year.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(number: era * 146_097 + dayOfEra - 719_468)
    }

    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    public var year: Int { parts.year }
    public var month: Int { parts.month }
    /// 1…4.
    public var quarter: Int { (parts.month + 2) / 3 }

    /// Whole years of age on this day of somebody born on `birth`; never negative.
    public func age(bornOn birth: Day) -> Int {
        let (now, then) = (parts, birth.parts)
        let beforeBirthday = (now.month, now.day) < (then.month, then.day)
        return max(0, now.year - then.year - (beforeBirthday ? 1 : 0))
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// The same day of the month `months` later, or that month's last day where it is shorter.
    public func adding(months: Int) -> Day {
        let (year, month, day) = parts
        let total = year * 12 + month - 1 + months
        let (newYear, newMonth) = (total / 12, total % 12 + 1)
        let last = Day.length(ofMonth: newMonth, year: newYear)
        guard let shifted = Day(year: newYear, month: newMonth, day: min(day, last)) else {
            preconditionFailure("the clamped day exists")
        }
        return shifted
    }
}

extension Day: CustomStringConvertible, LosslessStringConvertible {
    /// Reads "2026-11-22".
    public init?(_ text: String) {
        // Digit by digit: every entry holds a day.
        guard text.utf8.count == 10 else { return nil }
        var parts = [0, 0, 0]
        var part = 0
        for (place, byte) in text.utf8.enumerated() {
            if place == 4 || place == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
                part += 1
            } else {
                guard isDigit(byte) else { return nil }
                parts[part] = parts[part] * 10 + Int(byte - UInt8(ascii: "0"))
            }
        }
        self.init(year: parts[0], month: parts[1], day: parts[2])
    }

    public var description: String {
        let (year, month, day) = parts
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
}

extension Day: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = Day(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is not a day like 2026-11-22")
        }
        self = day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A number with leading zeros.
func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
