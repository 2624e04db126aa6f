/// Bytes as text in the 45 characters that a QR code holds in 5½ bits each.
///
/// Two bytes are three characters. Strict: every text that is accepted has exactly one meaning, and
/// every list of bytes exactly one text. The last character is never a space, because a whole
/// group's last digit is at most 32 and a half group's at most 5, while the space is 36; so
/// trimming what a scanner typed cannot damage a code.
///
/// Source: RFC 9285.
enum Base45 {
    /// Why a text was refused.
    enum Fault: Error, Hashable {
        /// A character outside the alphabet; lower-case letters are outside.
        case character
        /// A last group of a single character.
        case length
        /// A group beyond 65535, or a half group beyond 255.
        case overflow
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)

    private static let values: [UInt8: Int] = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, $0) })

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 3 + 1) / 2)
        for index in stride(from: 0, to: bytes.count, by: 2) {
            let isWhole = index + 1 < bytes.count
            var value = Int(bytes[index])
            if isWhole { value = value << 8 | Int(bytes[index + 1]) }
            for _ in 0..<(isWhole ? 3 : 2) {
                text.append(alphabet[value % 45])
                value /= 45
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func decode(_ text: some StringProtocol) throws(Fault) -> [UInt8] {
        var digits: [Int] = []
        for character in text.utf8 {
            guard let value = values[character] else { throw .character }
            digits.append(value)
        }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 3) {
            bytes += try group(digits[start..<min(start + 3, digits.count)])
        }
        return bytes
    }

    private static func group(_ digits: ArraySlice<Int>) throws(Fault) -> [UInt8] {
        let value = digits.reversed().reduce(0) { $0 * 45 + $1 }
        switch digits.count {
        case 3:
            guard value <= 0xFFFF else { throw .overflow }
            return [UInt8(value >> 8), UInt8(value & 0xFF)]
        case 2:
            guard value <= 0xFF else { throw .overflow }
            return [UInt8(value)]
        default: throw .length
        }
    }
}
