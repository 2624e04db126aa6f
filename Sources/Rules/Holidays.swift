import Vocabulary

/// Which days are working days: weekends, public holidays and the working days that make up for
/// them (调休).
///
/// Source: the State Council's yearly notice, kept as `common/holidays/off` and
/// `common/holidays/working`, one value a year.
public struct Holidays: Hashable, Sendable {
    /// Days off that would be working days or weekends.
    public let off: Set<Day>
    /// Weekend days on which offices work.
    public let working: Set<Day>
    /// The years whose notice is known; in any other only weekends are.
    public let years: Set<Int>

    public init(off: Set<Day>, working: Set<Day>, years: Set<Int>) {
        self.off = off
        self.working = working
        self.years = years
    }

    public static let weekendsOnly = Holidays(off: [], working: [], years: [])

    public func isWorking(_ day: Day) -> Bool {
        if working.contains(day) { return true }
        return !day.isWeekend && !off.contains(day)
    }
}

extension Day {
    /// Saturday or Sunday; 1970-01-01, day 0, was a Thursday.
    public var isWeekend: Bool {
        let weekday = ((number % 7) + 7 + 3) % 7
        return weekday >= 5
    }
}

extension Rulebook {
    /// Every holiday table the region has published.
    ///
    /// - Throws: ``RulebookFault/kind`` where a table holds anything but days.
    public func holidays() throws(RulebookFault) -> Holidays {
        let (off, years) = try days(in: "common/holidays/off")
        let (working, _) = try days(in: "common/holidays/working")
        return Holidays(off: off, working: working, years: years)
    }

    private func days(in path: String) throws(RulebookFault) -> (Set<Day>, Set<Int>) {
        var days: Set<Day> = []
        var years: Set<Int> = []
        for dated in self[path]?.values ?? [] {
            guard let value = dated.value else { continue }
            guard case .words(let words) = value else { throw .kind(parameter: path) }
            for word in words {
                guard let day = Day(word) else { throw .kind(parameter: path) }
                days.insert(day)
            }
            years.insert(dated.from.year)
        }
        return (days, years)
    }
}
