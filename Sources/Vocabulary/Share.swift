/// A part of one, exact to the millionth: a benefit rate, an own-share proportion.
public struct Share: Hashable, Comparable, Sendable {
    public let millionths: Int

    public init(millionths: Int) { self.millionths = millionths }

    public static let zero = Share(millionths: 0)
    public static let one = Share(millionths: 1_000_000)

    public static func < (a: Share, b: Share) -> Bool { a.millionths < b.millionths }

    /// What is left of one.
    public var complement: Share { Share(millionths: Share.one.millionths - millionths) }
}

extension Share: CustomStringConvertible {
    /// Reads "0.5" or "1"; `nil` outside 0…1 or with more than six decimals.
    public init?(_ text: some StringProtocol) {
        guard let value = fixedPoint(text, decimals: 6), (0...1_000_000).contains(value) else {
            return nil
        }
        self.init(millionths: value)
    }

    /// The share as the national messages write it, with at least two decimals: "0.50", "0.055".
    public var description: String { decimal(millionths, decimals: 6, atLeast: 2) }

    /// The share as people read it: "50%", "5.5%".
    public var percent: String { decimal(millionths, decimals: 4, atLeast: 0) + "%" }
}

/// A count of packs, pieces or times, exact to the ten-thousandth (national N(16,4)).
public struct Quantity: Hashable, Comparable, Sendable {
    public let tenThousandths: Int

    public init(tenThousandths: Int) { self.tenThousandths = tenThousandths }
    public init(_ whole: Int) { self.init(tenThousandths: whole * 10_000) }

    public static let one = Quantity(1)
    /// No village visit dispenses more of one thing; a larger figure is a slip of the finger.
    public static let largest = Quantity(9_999)

    public static func < (a: Quantity, b: Quantity) -> Bool {
        a.tenThousandths < b.tenThousandths
    }
}

extension Quantity: CustomStringConvertible {
    /// Reads "2" or "0.5"; `nil` for zero, negatives, more than four decimals, or above ``largest``.
    public init?(_ text: some StringProtocol) {
        guard let value = fixedPoint(text, decimals: 4), value > 0,
            value <= Quantity.largest.tenThousandths
        else { return nil }
        self.init(tenThousandths: value)
    }

    public var description: String { decimal(tenThousandths, decimals: 4, atLeast: 0) }
}

extension Share: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(millionths: try boundedInteger(from: decoder, in: 0...Share.one.millionths))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(millionths)
    }
}

extension Quantity: Codable {
    /// Ten-thousandths that a journal may speak of.
    public static let journaled = 1...largest.tenThousandths

    public init(from decoder: any Decoder) throws {
        self.init(tenThousandths: try boundedInteger(from: decoder, in: Quantity.journaled))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(tenThousandths)
    }
}

/// Writes a scaled integer as a decimal without needless zeros.
func decimal(_ scaled: Int, decimals: Int, atLeast least: Int) -> String {
    var (rest, kept) = (scaled.magnitude, decimals)
    while kept > least, rest.isMultiple(of: 10) { (rest, kept) = (rest / 10, kept - 1) }
    var (digits, above) = (1, rest / 10)
    while above > 0 || digits <= kept { (digits, above) = (digits + 1, above / 10) }
    let length = (scaled < 0 ? 1 : 0) + digits + (kept > 0 ? 1 : 0)
    // Every reason holds some: filled from its last digit, as text it was a tenth of a quote's time.
    return String(unsafeUninitializedCapacity: length) { buffer in
        var place = length
        for digit in 0..<digits {
            if digit == kept, kept > 0 {
                place -= 1
                buffer[place] = UInt8(ascii: ".")
            }
            place -= 1
            buffer[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        if scaled < 0 { buffer[0] = UInt8(ascii: "-") }
        return length
    }
}
