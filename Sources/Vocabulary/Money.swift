/// An amount of money in whole fen; 100 fen are 1 yuan.
///
/// There is no fraction of a fen anywhere in the product. Every division goes through
/// ``share(_:)`` or ``cost(of:)``, which name their rounding; the other side of a split is found
/// by subtraction.
public struct Money: Hashable, Comparable, Sendable {
    public var fen: Int

    public init(fen: Int) { self.fen = fen }

    public static let zero = Money(fen: 0)
    /// The largest amount a single bill, limit or balance may have: 9,999,999,999.99 yuan, well
    /// inside the N(16,2) of the national interface and far from overflow when multiplied.
    public static let largest = Money(fen: 999_999_999_999)

    public static func < (a: Money, b: Money) -> Bool { a.fen < b.fen }
    public static func + (a: Money, b: Money) -> Money { Money(fen: a.fen + b.fen) }
    public static func - (a: Money, b: Money) -> Money { Money(fen: a.fen - b.fen) }
    public static prefix func - (a: Money) -> Money { Money(fen: -a.fen) }
    public static func += (a: inout Money, b: Money) { a = a + b }
    public static func -= (a: inout Money, b: Money) { a = a - b }

    /// This amount times a share, rounded half up (away from zero) to the fen.
    public func share(_ share: Share) -> Money {
        Money(fen: divideHalfUp(fen * share.millionths, by: Share.one.millionths))
    }

    /// This unit price times a quantity, rounded half up to the fen.
    public func cost(of quantity: Quantity) -> Money {
        Money(fen: divideHalfUp(fen * quantity.tenThousandths, by: Quantity.one.tenThousandths))
    }
}

extension Money {
    /// How the fraction of a fen is resolved.
    public enum Rounding: Sendable {
        case halfUp
        /// Towards zero.
        case down
    }

    /// The sum of amounts times their shares, exact until it is rounded once to the fen.
    public static func sum(
        of products: [(amount: Money, share: Share)], _ rounding: Rounding = .halfUp
    ) -> Money {
        let millionths = products.reduce(0) { $0 + $1.amount.fen * $1.share.millionths }
        switch rounding {
        case .halfUp: return Money(fen: divideHalfUp(millionths, by: Share.one.millionths))
        case .down: return Money(fen: millionths / Share.one.millionths)
        }
    }

    /// This amount times `part ⁄ whole`, rounded half up to the fen; zero where the whole is zero.
    public func times(_ part: Money, over whole: Money) -> Money {
        guard whole.fen > 0 else { return .zero }
        let product = Int128(fen) * Int128(part.fen)
        let doubled = 2 * product + Int128(product < 0 ? -whole.fen : whole.fen)
        return Money(fen: Int(doubled / (2 * Int128(whole.fen))))
    }
}

/// Integer division rounded half away from zero, so that a void mirrors its original exactly.
func divideHalfUp(_ dividend: Int, by divisor: Int) -> Int {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    guard 2 * abs(remainder) >= divisor else { return quotient }
    return dividend < 0 ? quotient - 1 : quotient + 1
}

extension Money: CustomStringConvertible {
    /// The amount in yuan with two decimals, as every screen, slip and message shows it: "18.40".
    public var description: String { decimal(fen, decimals: 2, atLeast: 2) }

    /// Reads an amount in yuan: "18.4", "18.40", "18", "-3.00".
    ///
    /// - Returns: `nil` for anything but an optional sign, digits and at most two decimals, and for
    ///   amounts beyond ``largest``; a third decimal is an error, never rounded away.
    public init?(yuan text: some StringProtocol) {
        guard let fen = fixedPoint(text, decimals: 2), abs(fen) <= Money.largest.fen else {
            return nil
        }
        self.init(fen: fen)
    }
}

extension Money: Codable {
    /// Fen that a journal may speak of.
    public static let journaled = -largest.fen...largest.fen

    /// Whole fen, as the journal keeps money; anything beyond ``largest`` is refused, so that sums of
    /// what a foreign journal says cannot overflow.
    public init(from decoder: any Decoder) throws {
        self.init(fen: try boundedInteger(from: decoder, in: Money.journaled))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(fen)
    }
}

// Inlined into the caller: through the generic entry sums were a fifth of a quote's time.
extension Sequence where Element == Money {
    @inlinable
    public func sum() -> Money { sum { $0 } }
}

extension Sequence {
    @inlinable
    public func sum(_ amount: (Element) -> Money) -> Money {
        reduce(into: Money(fen: 0)) { $0.fen += amount($1).fen }
    }
}

/// Reads a decimal text as an integer scaled by 10^decimals; `nil` where it does not fit exactly.
func fixedPoint(_ text: some StringProtocol, decimals: Int) -> Int? {
    var digits = text.utf8[...]
    let negative = digits.first == UInt8(ascii: "-")
    if negative { digits.removeFirst() }
    let parts = digits.split(
        separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, (1...13).contains(whole.count) else { return nil }
    let fraction = parts.count == 2 ? Array(parts[1]) : []
    guard parts.count == 1 || (!fraction.isEmpty && fraction.count <= decimals) else { return nil }

    var value = 0
    let padding = repeatElement(UInt8(ascii: "0"), count: decimals - fraction.count)
    for digit in Array(whole) + fraction + Array(padding) {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        let (tens, over) = value.multipliedReportingOverflow(by: 10)
        let (sum, again) = tens.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
        guard !over, !again else { return nil }
        value = sum
    }
    return negative ? -value : value
}

/// A whole number of JSON within a range; everything read from outside is bounded where it is read.
func boundedInteger(from decoder: any Decoder, in range: ClosedRange<Int>) throws -> Int {
    let container = try decoder.singleValueContainer()
    let number = try container.decode(Int.self)
    guard range.contains(number) else {
        throw DecodingError.dataCorruptedError(
            in: container, debugDescription: "\(number) lies outside \(range)")
    }
    return number
}
