import Vocabulary

/// The day's money at one desk: what the journal says there should be, and what was counted.
public struct Till: Hashable, Sendable {
    /// By tender, from the day's entries.
    public var expected: [Tender: Money]

    public init(expected: [Tender: Money] = [:]) { self.expected = expected }

    public mutating func add(_ tenders: [Tender: Money]) {
        for (tender, amount) in tenders { expected[tender, default: .zero] += amount }
    }

    public enum Fault: Error, Equatable {
        /// Counted and expected differ and nobody wrote why.
        case differenceNeedsSentence(Money)
        case unknownDenomination(Int)
        case negativeCount
    }

    /// Notes and coins in fen, from 100 yuan down to 1 jiao.
    public static let denominations = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10]

    /// Compares counted cash with what should be there.
    ///
    /// - Parameters:
    ///   - counts: pieces by denomination in fen.
    ///   - sentence: why they differ; needed only where they do.
    /// - Returns: counted and difference (counted − expected).
    public func close(counts: [Int: Int], sentence: String) throws(Fault) -> (
        counted: Money, difference: Money
    ) {
        var counted = Money.zero
        for (denomination, pieces) in counts {
            guard Till.denominations.contains(denomination) else {
                throw .unknownDenomination(denomination)
            }
            guard (0...100_000).contains(pieces) else { throw .negativeCount }
            counted += Money(fen: denomination * pieces)
        }
        let difference = counted - (expected[.cash] ?? .zero)
        let blank = sentence.allSatisfy(\.isWhitespace)
        guard difference == .zero || !blank else { throw .differenceNeedsSentence(difference) }
        return (counted, difference)
    }
}
