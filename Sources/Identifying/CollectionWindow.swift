import Rules
import Vocabulary

/// When a year's resident contribution is collected (集中缴费期): in the autumn before, with an
/// extension into the year where the region grants one.
public struct CollectionWindow: Hashable, Sendable {
    public let first: Day
    public let last: Day
    /// Last day of the extension, in the year itself.
    public let extendedTo: Day?

    public init(first: Day, last: Day, extendedTo: Day? = nil) {
        self.first = first
        self.last = last
        self.extendedTo = extendedTo
    }

    /// The last day on which paying still counts as in the window.
    public var closes: Day { max(last, extendedTo ?? last) }

    public func contains(_ day: Day) -> Bool { first <= day && day <= closes }
}

extension Member {
    /// The parameters of a scheme's contributions.
    static func folder(_ scheme: Scheme, _ rules: Rulebook) -> RuleFolder {
        rules.folder("\(scheme.rawValue)/contribution")
    }

    /// What the rules of a contribution year may ask about the person; age is that of its first
    /// day, so that it does not matter on which day of the season somebody comes to pay.
    public func circumstances(
        for year: Int, titles: [Title]? = nil, tier: String? = nil
    ) -> Circumstances {
        var circumstances = Circumstances()
        circumstances.state(.title, (titles ?? self.titles).map(\.rawValue))
        circumstances.state(.sex, sex.rawValue)
        circumstances.state(.age, firstDay(of: year).age(bornOn: birth))
        if let tier = tier ?? coverage.tier { circumstances.state(.tier, tier) }
        return circumstances
    }

    /// The window for a year as it applies to this person; `nil` where the region has none.
    public func window(
        for year: Int, by rules: Rulebook
    ) throws(RulebookFault) -> CollectionWindow? {
        let folder = Member.folder(.resident, rules)
        let first = firstDay(of: year)
        let asked = circumstances(for: year)
        guard let from = try folder.word("window_from", on: first, for: asked),
            let to = try folder.word("window_to", on: first, for: asked)
        else { return nil }
        let extended = try folder.word("window_extended_to", on: first, for: asked)
        return CollectionWindow(
            first: monthDay(from.value, of: year - 1), last: monthDay(to.value, of: year - 1),
            extendedTo: extended.map { monthDay($0.value, of: year) })
    }
}

/// The first day of a year of the calendar.
public func firstDay(of year: Int) -> Day {
    guard let day = Day(year: min(max(year, 1), 9999), month: 1, day: 1) else {
        preconditionFailure("a year has a first day")
    }
    return day
}

/// "09-01" of a year; "02-29" is the last of February in every year.
public func monthDay(_ text: String, of year: Int) -> Day {
    let start = firstDay(of: year)
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 2, (1...12).contains(parts[0]) else { return start }
    let month = start.adding(months: parts[0] - 1)
    return min(month.adding(days: max(0, parts[1] - 1)), Month(of: month).lastDay)
}
