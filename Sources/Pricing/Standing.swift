import Vocabulary

/// What a person has used of this year's benefits: plain input to pricing, folded from bulletin and
/// journal by the caller.
public struct Standing: Hashable, Sendable, Codable {
    /// Calendar year the counters belong to; every counter starts again with a new year.
    public var year: Int
    /// Deductible already borne, by the counter's name.
    public var deductible: [String: Money]
    /// Fund payments already made, by the counter's name.
    public var paid: [String: Money]

    public init(year: Int, deductible: [String: Money] = [:], paid: [String: Money] = [:]) {
        self.year = year
        self.deductible = deductible
        self.paid = paid
    }

    /// These counters if they are of the day's year, otherwise fresh ones.
    public func on(_ day: Day) -> Standing { year == day.year ? self : Standing(year: day.year) }

    /// No counter is negative: what was given back was taken before.
    public var isPossible: Bool {
        (Array(deductible.values) + paid.values).allSatisfy { $0 >= .zero }
    }

    /// Adds what one settlement used; a void adds the negative.
    public mutating func add(_ use: StandingUse) {
        deductible[use.deductibleCounter, default: .zero] += use.deductible
        paid[use.paidCounter, default: .zero] += use.paid
    }
}

/// What one settlement takes from the year's counters; kept in the entry so that a void can give
/// back exactly this.
public struct StandingUse: Hashable, Sendable, Codable {
    public var deductibleCounter: String
    public var deductible: Money
    public var paidCounter: String
    public var paid: Money

    public init(
        deductibleCounter: String, deductible: Money, paidCounter: String, paid: Money
    ) {
        self.deductibleCounter = deductibleCounter
        self.deductible = deductible
        self.paidCounter = paidCounter
        self.paid = paid
    }

    public static prefix func - (use: StandingUse) -> StandingUse {
        StandingUse(
            deductibleCounter: use.deductibleCounter, deductible: -use.deductible,
            paidCounter: use.paidCounter, paid: -use.paid)
    }
}
