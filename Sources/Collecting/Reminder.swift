import Identifying
import Rules
import Vocabulary

/// A renewal that is still open (续保提醒).
public struct Reminder: Hashable, Sendable {
    public let year: Int
    /// The day by which the office wants it paid; later, but in the window, is still in time.
    public let by: Day
    public let closes: Day
    /// The day has passed.
    public let isUrgent: Bool
    public let citation: Citation
}

/// The reminder a member is to be given on a day, if any: once the window is open and until it
/// closes, while the year is not paid.
public func reminder(
    for member: Member, on day: Day, by rules: Rulebook
) throws(RulebookFault) -> Reminder? {
    guard member.coverage.died == nil, member.coverage.moved == nil,
        member.scheme(on: day) == .resident
    else { return nil }
    for year in [day.year, day.year + 1] where !member.coverage.paidYears.contains(year) {
        guard let window = try member.window(for: year, by: rules), window.contains(day),
            let by = try rules.folder(contributions).word(
                "reminder", on: firstDay(of: year), for: member.circumstances(for: year))
        else { continue }
        let last = monthDay(by.value, of: year - 1)
        return Reminder(
            year: year, by: last, closes: window.closes, isUrgent: last < day,
            citation: by.citation)
    }
    return nil
}
