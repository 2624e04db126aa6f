/// Walks over encoded bytes; every read is checked against what is left.
struct CBORReader {
    private let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }
    private var remaining: Int { bytes.count - position }

    mutating func item(depth: Int) throws(CBOR.Fault) -> CBOR {
        guard depth <= CBOR.maximumDepth else { throw .tooDeep }
        let (first, major, value) = try head()
        switch major {
        case .unsigned: return .integer(try number(value))
        case .negative: return .integer(~(try number(value)))
        case .bytes: return .bytes(Array(try take(value)))
        case .text: return .text(try text(length: value))
        case .array: return .array(try items(count: value, depth: depth + 1))
        case .map: return .map(try pairs(count: value, depth: depth + 1))
        case .tag:
            guard value == CBOR.sign1Tag else { throw .unsupported(first) }
            return .sign1(try item(depth: depth + 1))
        case .simple:
            switch first {
            case 0xF4: return .bool(false)
            case 0xF5: return .bool(true)
            case 0xF6: return .null
            default: throw .unsupported(first)
            }
        }
    }

    private typealias Head = (first: UInt8, major: CBOR.Major, value: UInt64)

    private mutating func head() throws(CBOR.Fault) -> Head {
        let first = try byte()
        guard let major = CBOR.Major(rawValue: first >> 5) else { throw .unsupported(first) }
        let marker = first & 0x1F
        if marker < 24 || major == .simple { return (first, major, UInt64(marker)) }
        guard marker <= 27 else { throw .unsupported(first) }
        let width = 1 << Int(marker - 24)
        let value = try take(UInt64(width)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let least: [UInt64] = [24, 0x100, 0x1_0000, 0x1_0000_0000]
        guard value >= least[Int(marker - 24)] else { throw .notShortest }
        return (first, major, value)
    }

    private func number(_ value: UInt64) throws(CBOR.Fault) -> Int {
        guard let number = Int(exactly: value) else { throw .range }
        return number
    }

    private mutating func text(length: UInt64) throws(CBOR.Fault) -> String {
        guard let text = String(validating: try take(length), as: UTF8.self) else {
            throw .notUTF8
        }
        return text
    }

    private mutating func items(count: UInt64, depth: Int) throws(CBOR.Fault) -> [CBOR] {
        // An item takes at least one byte, so a count beyond the bytes left cannot be true; refused
        // here, before anything is made ready for it.
        guard count <= remaining else { throw .truncated }
        var items: [CBOR] = []
        for _ in 0..<count { items.append(try item(depth: depth)) }
        return items
    }

    private mutating func pairs(count: UInt64, depth: Int) throws(CBOR.Fault) -> [Int: CBOR] {
        guard count <= remaining else { throw .truncated }
        var map: [Int: CBOR] = [:]
        var last: Int?
        for _ in 0..<count {
            let key = try key()
            guard map[key] == nil else { throw .duplicateKey }
            if let last, !CBOR.precedes(last, key) { throw .keysOutOfOrder }
            map[key] = try item(depth: depth)
            last = key
        }
        return map
    }

    private mutating func key() throws(CBOR.Fault) -> Int {
        let (first, major, value) = try head()
        switch major {
        case .unsigned: return try number(value)
        case .negative: return ~(try number(value))
        default: throw .unsupported(first)
        }
    }

    private mutating func byte() throws(CBOR.Fault) -> UInt8 {
        guard remaining > 0 else { throw .truncated }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func take(_ count: UInt64) throws(CBOR.Fault) -> ArraySlice<UInt8> {
        guard count <= remaining else { throw .truncated }
        defer { position += Int(count) }
        return bytes[position..<position + Int(count)]
    }
}
