import Rules
import Vocabulary

/// The days after a birth in which paying reaches back to it (新生儿参保).
public struct NewbornWindow: Hashable, Sendable {
    /// First day of benefit: the day of birth, or the first of its month.
    public let benefitFrom: Day
    /// Last day to pay.
    public let last: Day
    public let citation: Citation

    /// The years that may be paid for: both, where the days run over a new year.
    public func years(born: Day) -> ClosedRange<Int> { born.year...max(born.year, last.year) }

    public func contains(_ day: Day) -> Bool { benefitFrom <= day && day <= last }
}

extension Member {
    /// The newborn rule as it applies to this person; `nil` where the scheme has none, or where it
    /// was not yet law at the time.
    public func newbornWindow(
        _ scheme: Scheme = .resident, by rules: Rulebook
    ) throws(RulebookFault) -> NewbornWindow? {
        let folder = Member.folder(scheme, rules)
        guard let parameter = folder.parameters["newborn_days"],
            let start = parameter.values.first?.from
        else { return nil }
        let asked = max(birth, start)
        guard let days = try folder.count("newborn_days", on: asked) else { return nil }
        let fromMonth = try folder.word("newborn_start", on: asked)?.value == "birth-month"
        return NewbornWindow(
            benefitFrom: fromMonth ? Month(of: birth).firstDay : birth,
            last: birth.adding(days: days.value), citation: days.citation)
    }
}
