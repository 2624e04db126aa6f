/// One object of a JSON text, written member by member: the counterpart of ``JSONFields`` for the
/// few types of which a night writes hundreds of thousands.
///
/// Whoever writes names the members in the order of their names, as ``CompactJSON`` does; the tests
/// of such a type compare it with that, byte for byte.
public struct JSONMembers {
    private var text: [UInt8]

    /// - Parameter size: about how many bytes it will come to.
    public init(size: Int = 64) {
        text = []
        text.reserveCapacity(size)
        text.append(UInt8(ascii: "{"))
    }

    /// The whole object.
    public var bytes: [UInt8] { text + [UInt8(ascii: "}")] }

    private mutating func begin(_ name: String) {
        if text.count > 1 { text.append(UInt8(ascii: ",")) }
        quote(name)
        text.append(UInt8(ascii: ":"))
    }

    private mutating func quote(_ words: String) {
        var words = words
        text.append(UInt8(ascii: "\""))
        words.withUTF8 { letters in
            // Nearly every name and word goes as it is.
            if letters.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
                text.append(contentsOf: letters)
            } else {
                for letter in letters { escape(letter) }
            }
        }
        text.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
        case 0x08: text += "\\b".utf8
        case 0x09: text += "\\t".utf8
        case 0x0A: text += "\\n".utf8
        case 0x0C: text += "\\f".utf8
        case 0x0D: text += "\\r".utf8
        case 0..<0x10: text += "\\u000\(String(byte, radix: 16))".utf8
        case 0x10..<0x20: text += "\\u00\(String(byte, radix: 16))".utf8
        default: text.append(byte)
        }
    }

    public mutating func put(_ name: String, _ number: Int) {
        begin(name)
        if number < 0 { text.append(UInt8(ascii: "-")) }
        var left = number.magnitude
        let start = text.count
        repeat {
            text.append(UInt8(ascii: "0") + UInt8(left % 10))
            left /= 10
        } while left > 0
        text[start...].reverse()
    }

    public mutating func put(_ name: String, _ words: String) {
        begin(name)
        quote(words)
    }

    /// A value that is JSON already.
    public mutating func put(_ name: String, json: [UInt8]) {
        begin(name)
        text += json
    }
}
