import Rules
import Vocabulary

/// Why a bill cannot be priced; lines are counted from 1.
public enum PricingFault: Error, Equatable, Sendable {
    /// The rulebook has no answer for this scheme, visit kind, level and day.
    case rules(RulebookFault)
    /// A line's code is not in the catalogue on that day and the line brings no terms of its own.
    case unknownItem(line: Int, code: String)
    case noLines
    case tooManyLines(Int)
    case amountTooLarge(line: Int)
    /// Sessions, admission or amounts settled elsewhere are beyond what can be.
    case implausibleVisit
}
