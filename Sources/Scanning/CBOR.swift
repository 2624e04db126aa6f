/// The part of CBOR that a credential needs, in its deterministic form.
///
/// Whole numbers within 64 bits, byte strings, texts, arrays, maps with whole-number keys, tag 18
/// (COSE_Sign1), true, false and null; definite lengths only. One value has exactly one encoding,
/// so that a credential cannot be rewritten into a second text that still verifies.
///
/// Source: RFC 8949 §3 and §4.2.1.
indirect enum CBOR: Equatable, Sendable {
    case integer(Int)
    case bytes([UInt8])
    case text(String)
    case array([CBOR])
    case map([Int: CBOR])
    /// Tag 18, the only tag accepted.
    case sign1(CBOR)
    case bool(Bool)
    case null

    /// Why bytes were refused.
    enum Fault: Error, Hashable {
        case truncated
        case trailingBytes
        /// A number or length written longer than needed.
        case notShortest
        case duplicateKey
        case keysOutOfOrder
        case notUTF8
        /// A whole number outside 64 bits with sign.
        case range
        case tooDeep
        case tooLong
        /// Floats, other tags, indefinite lengths, keys that are no whole numbers; the first byte.
        case unsupported(UInt8)
    }

    /// Levels of arrays, maps and tags; a COSE_Sign1 message has three.
    static let maximumDepth = 4
    /// Bytes of a whole message; 700 characters of base45 hold 464.
    static let maximumLength = 1024
}

extension CBOR {
    /// The deterministic encoding.
    var encoded: [UInt8] {
        switch self {
        case .integer(let number) where number < 0:
            CBOR.head(.negative, UInt64(bitPattern: Int64(~number)))
        case .integer(let number): CBOR.head(.unsigned, UInt64(number))
        case .bytes(let bytes): CBOR.head(.bytes, UInt64(bytes.count)) + bytes
        case .text(let text): CBOR.head(.text, UInt64(text.utf8.count)) + text.utf8
        case .array(let items):
            CBOR.head(.array, UInt64(items.count)) + items.flatMap(\.encoded)
        case .map(let map):
            CBOR.head(.map, UInt64(map.count))
                + map.sorted { CBOR.precedes($0.key, $1.key) }
                .flatMap { CBOR.integer($0.key).encoded + $0.value.encoded }
        case .sign1(let item): CBOR.head(.tag, CBOR.sign1Tag) + item.encoded
        case .bool(let value): [value ? 0xF5 : 0xF4]
        case .null: [0xF6]
        }
    }

    /// Reads exactly one item that fills all of `bytes`.
    init(decoding bytes: [UInt8]) throws(Fault) {
        guard bytes.count <= CBOR.maximumLength else { throw .tooLong }
        var reader = CBORReader(bytes: bytes)
        let item = try reader.item(depth: 0)
        guard reader.isAtEnd else { throw .trailingBytes }
        self = item
    }

    static let sign1Tag: UInt64 = 18

    enum Major: UInt8 {
        case unsigned, negative, bytes, text, array, map, tag, simple
    }

    /// Order of keys by their encoded bytes: 0, 1, 2 … and then −1, −2, −3 …
    static func precedes(_ a: Int, _ b: Int) -> Bool {
        if (a < 0) != (b < 0) { return b < 0 }
        return a < 0 ? a > b : a < b
    }

    private static func head(_ major: Major, _ value: UInt64) -> [UInt8] {
        let kind = major.rawValue << 5
        let (marker, width): (UInt8, Int) =
            switch value {
            case 0..<24: (UInt8(value), 0)
            case 24...0xFF: (24, 1)
            case 0x100...0xFFFF: (25, 2)
            case 0x1_0000...0xFFFF_FFFF: (26, 4)
            default: (27, 8)
            }
        let shifts = (0..<width).reversed().map { $0 * 8 }
        return [kind | marker] + shifts.map { UInt8(truncatingIfNeeded: value >> UInt64($0)) }
    }
}
