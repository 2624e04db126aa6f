import Vocabulary

extension Rulebook {
    /// The limit written in `common/deadlines/<name>`; where a limit is missing, `default` stands
    /// in for it (规定时间内 without a figure).
    public func timeLimit(_ name: String, on day: Day) throws(RulebookFault) -> Cited<TimeLimit> {
        let folder = folder("common/deadlines")
        for name in [name, "default"] {
            guard let count = try folder.count(name, on: day) else { continue }
            guard let unit = self["\(folder.path)/\(name)"]?.unit,
                let limit = TimeLimit.Unit(rawValue: unit.rawValue)
            else { throw .kind(parameter: "\(folder.path)/\(name)") }
            return Cited(TimeLimit(count.value, limit), count.citation)
        }
        throw .missing(parameter: "\(folder.path)/\(name)")
    }

    /// The end of a named limit that starts at an instant, by the rules of that day.
    public func deadline(
        _ name: String, from start: Instant
    ) throws(RulebookFault) -> Cited<Deadline> {
        let limit = try timeLimit(name, on: start.day)
        return Cited(
            Rules.deadline(from: start, limit.value, holidays: try holidays()), limit.citation)
    }

    /// The first day on which papers of a kind may be destroyed.
    ///
    /// `<name>_from` says whether the years count from receipt or from closure; an open case that
    /// counts from closure is kept, hence `nil`.
    public func keepUntil(
        _ name: String, received: Instant, closed: Instant?
    ) throws(RulebookFault) -> Cited<Day>? {
        let anchor = try word("common/deadlines/\(name)_from", on: received.day)?.value
        guard let start = anchor == "closure" ? closed : received else { return nil }
        let end = try deadline(name, from: start)
        return Cited(end.value.lastDay, end.citation)
    }
}
