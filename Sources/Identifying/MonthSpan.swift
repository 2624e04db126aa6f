import Vocabulary

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
