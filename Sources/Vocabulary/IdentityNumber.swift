/// A citizen identity number (公民身份号码): 18 characters, the last a check character.
///
/// Source: GB 11643-1999, ISO 7064 MOD 11-2.
public struct IdentityNumber: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// What is wrong with a typed number, so that the screen can say it in one sentence.
    public enum Fault: Error, Equatable {
        /// Not 18 characters; carries the count typed.
        case length(Int)
        /// A character that is no digit (X is allowed in the last place only).
        case character
        /// Places 7–14 are no calendar day.
        case birthDate
        /// The last character does not agree with the first 17: a slip of the finger.
        case checkCharacter
    }

    public init(_ typed: some StringProtocol) throws(Fault) {
        let text = typed.uppercased()
        let characters = Array(text.utf8)
        guard characters.count == 18 else { throw .length(text.count) }
        guard characters.dropLast().allSatisfy(isDigit),
            isDigit(characters[17]) || characters[17] == UInt8(ascii: "X")
        else { throw .character }
        guard IdentityNumber.birth(in: characters) != nil else { throw .birthDate }
        guard IdentityNumber.checkCharacter(of: characters.prefix(17)) == characters[17] else {
            throw .checkCharacter
        }
        description = text
    }

    /// The number with its check character appended; for generating synthetic people.
    public init(first17 digits: String) throws(Fault) {
        let check = IdentityNumber.checkCharacter(of: Array(digits.utf8).prefix(17))
        try self.init(digits + String(UnicodeScalar(check)))
    }

    public var birth: Day {
        guard let day = IdentityNumber.birth(in: Array(description.utf8)) else {
            preconditionFailure("checked when made")
        }
        return day
    }

    /// The seventeenth digit is odd for men.
    public var sex: Sex {
        (Array(description.utf8)[16] - UInt8(ascii: "0")) % 2 == 1 ? .male : .female
    }

    /// For lists and slips: region and the last two characters only.
    public var masked: String {
        description.prefix(6) + "**********" + description.suffix(2)
    }

    private static func birth(in characters: [UInt8]) -> Day? {
        let text = String(decoding: characters[6..<14], as: UTF8.self)
        guard let number = Int(text) else { return nil }
        return Day(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    private static func checkCharacter(of digits: ArraySlice<UInt8>) -> UInt8 {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0 - UInt8(ascii: "0")) * $1.1 }
        return Array("10X98765432".utf8)[sum % 11]
    }
}

func isDigit(_ character: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
}

extension IdentityNumber: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(try container.decode(String.self))
        } catch let fault as Fault {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an identity number: \(fault)")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
