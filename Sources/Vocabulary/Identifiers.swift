/// A journal by the device that keeps it: "K0012", or the county office's "C0001".
///
/// A device keeps one journal at a time. Where that was damaged or set aside, it goes on in its
/// next journal, "K0012-2": another journal with another chain, so that a number once used is never
/// written again under the same name.
public struct KioskID: Hashable, Comparable, Sendable, Codable, RawRepresentable {
    public let rawValue: String

    /// One capital letter and four to eight digits, and for a later journal "-2" to "-999".
    ///
    /// Anything else is refused, since the number is printed on slips and typed by people.
    public init?(rawValue: String) {
        let parts = rawValue.split(separator: "-", omittingEmptySubsequences: false)
        let characters = Array(parts[0].utf8)
        guard (5...9).contains(characters.count), parts.count <= 2,
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(characters[0]),
            characters.dropFirst().allSatisfy(isDigit)
        else { return nil }
        if parts.count == 2 {
            guard let number = Int(parts[1]), String(number) == parts[1],
                (2...KioskID.mostJournals).contains(number)
            else { return nil }
        }
        self.rawValue = rawValue
    }

    /// A device that has needed more is broken.
    public static let mostJournals = 999

    /// The device, under the name its first journal bears.
    public var device: KioskID {
        KioskID(unchecked: String(rawValue.prefix { $0 != "-" }))
    }

    /// Which of its device's journals this is: 1, 2, 3 …
    public var journal: Int {
        rawValue.firstIndex(of: "-").flatMap { Int(rawValue[$0...].dropFirst()) } ?? 1
    }

    /// The device's journal of that number; `nil` beyond the last.
    public func journal(_ number: Int) -> KioskID? {
        number == 1 ? device : KioskID(rawValue: "\(device.rawValue)-\(number)")
    }

    /// Stands where an unreadable entry names no device; never a real one.
    public static let nobody = KioskID(unchecked: "X0000")
    private init(unchecked rawValue: String) { self.rawValue = rawValue }

    public static func < (a: KioskID, b: KioskID) -> Bool { a.rawValue < b.rawValue }
}

extension KioskID: CustomStringConvertible {
    public var description: String { rawValue }
}

/// The insurance number of a person (人员编号 psn_no): opaque, given by the county, for life.
///
/// Journals carry this number and never a name or an identity number.
public struct PersonNumber: Hashable, Comparable, Sendable, Codable, RawRepresentable {
    public let rawValue: String

    public init?(rawValue: String) {
        guard (1...30).contains(rawValue.utf8.count),
            rawValue.utf8.allSatisfy({ isDigit($0) || (0x41...0x5A).contains($0) })
        else { return nil }
        self.rawValue = rawValue
    }

    public static func < (a: PersonNumber, b: PersonNumber) -> Bool { a.rawValue < b.rawValue }
}

extension PersonNumber: CustomStringConvertible {
    public var description: String { rawValue }
}

/// A SHA-256 digest.
public struct Fingerprint: Hashable, Comparable, Sendable {
    public let bytes: [UInt8]

    /// Takes exactly 32 bytes.
    public init?(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
        guard self.bytes.count == 32 else { return nil }
    }

    /// The digest before the first entry of a journal.
    public static let zero = Fingerprint(zeros: ())
    private init(zeros: Void) { bytes = Array(repeating: 0, count: 32) }

    public static func < (a: Fingerprint, b: Fingerprint) -> Bool {
        a.bytes.lexicographicallyPrecedes(b.bytes)
    }
}

extension Fingerprint: Codable, CustomStringConvertible {
    public var description: String { hex(bytes) }

    public init?(hex text: String) {
        guard let bytes = unhex(text) else { return nil }
        self.init(bytes: bytes)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = Fingerprint(hex: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a digest is 64 hexadecimal digits")
        }
        self = digest
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

private let hexDigits = Array("0123456789abcdef".utf8)

/// Lower-case hexadecimal.
public func hex(_ bytes: some Sequence<UInt8>) -> String {
    String(
        decoding: bytes.flatMap { [hexDigits[Int($0 >> 4)], hexDigits[Int($0 & 15)]] },
        as: UTF8.self)
}

/// The bytes of a hexadecimal text; `nil` for an odd length or a foreign character.
public func unhex(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
        guard let high = Character(UnicodeScalar(digits[index])).hexDigitValue,
            let low = Character(UnicodeScalar(digits[index + 1])).hexDigitValue
        else { return nil }
        bytes.append(UInt8(high << 4 | low))
    }
    return bytes
}
