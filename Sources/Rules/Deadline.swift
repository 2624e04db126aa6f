import Vocabulary

/// A span that the rules allow for something: 24 hours, 15 working days, 3 years.
public struct TimeLimit: Hashable, Sendable {
    public let count: Int
    public let unit: Unit

    /// Hours and days are natural ones unless "working days" (工作日) is written.
    public enum Unit: String, Sendable, CaseIterable {
        case hours, days, months, years
        case workingDays = "working-days"
    }

    public init(_ count: Int, _ unit: Unit) {
        self.count = count
        self.unit = unit
    }
}

/// Until when something may be done.
public struct Deadline: Hashable, Sendable {
    public let end: End
    /// False where working days were counted through a year whose holidays are not published yet.
    public let isCertain: Bool

    public enum End: Hashable, Sendable {
        /// Limits in hours run to the moment.
        case moment(Instant)
        /// All other limits run to the end of this day.
        case day(Day)
    }

    public init(_ end: End, isCertain: Bool = true) {
        self.end = end
        self.isCertain = isCertain
    }

    /// The last day on which it is in time.
    public var lastDay: Day {
        switch end {
        case .moment(let instant): instant.day
        case .day(let day): day
        }
    }

    /// The first instant that is too late.
    public var lateFrom: Instant {
        switch end {
        case .moment(let instant): Instant(milliseconds: instant.milliseconds + 1)
        case .day(let day): Instant(startOf: day.adding(days: 1))
        }
    }

    public func isLate(at instant: Instant) -> Bool { instant >= lateFrom }

    /// Of two clocks on one case, the one that runs out first.
    public static func earlier(_ a: Deadline, _ b: Deadline) -> Deadline {
        b.lateFrom < a.lateFrom ? b : a
    }
}

/// The end of a time limit that starts at an instant; the day it starts on is not counted.
public func deadline(
    from start: Instant, _ limit: TimeLimit, holidays: Holidays
) -> Deadline {
    let count = max(0, limit.count)
    switch limit.unit {
    case .hours: return Deadline(.moment(start.adding(seconds: count * 3_600)))
    case .days: return Deadline(.day(start.day.adding(days: count)))
    case .months: return Deadline(.day(start.day.adding(months: count)))
    case .years: return Deadline(.day(start.day.adding(months: 12 * count)))
    case .workingDays: return workingDays(count, after: start.day, holidays)
    }
}

private func workingDays(_ count: Int, after start: Day, _ holidays: Holidays) -> Deadline {
    var day = start
    var left = count
    while left > 0 {
        day = day.adding(days: 1)
        if holidays.isWorking(day) { left -= 1 }
    }
    let years = start.year...day.year
    return Deadline(.day(day), isCertain: years.allSatisfy(holidays.years.contains))
}
