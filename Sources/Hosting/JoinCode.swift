import CryptoExtras
import Foundation
import Vocabulary

/// A one-time code for a new device: twelve characters to read out over the telephone or to print.
///
/// Sixty bits, and stretched before use, so that neither a found stick sealed under it nor a
/// conversation listened to gives it away.
public struct JoinCode: Sendable, Hashable {
    /// Without its dashes.
    public let characters: String

    // No I, L, O or U: nothing looks or sounds like something else.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    private static let length = 12

    public init(randomness: Randomness) {
        characters = String(randomness.bytes(Self.length).map { Self.alphabet[Int($0 & 31)] })
    }

    /// Reads what somebody typed: dashes, blanks and small letters are forgiven.
    public init?(_ typed: String) {
        let plain = typed.uppercased().filter { !$0.isWhitespace && $0 != "-" }
            .map { $0 == "O" ? "0" : $0 == "I" || $0 == "L" ? "1" : $0 }
        guard plain.count == Self.length, plain.allSatisfy(Self.alphabet.contains) else {
            return nil
        }
        characters = String(plain)
    }

    /// In groups of four, as it is printed.
    public var text: String {
        stride(from: 0, to: characters.count, by: 4).map {
            String(characters.dropFirst($0).prefix(4))
        }.joined(separator: "-")
    }

    /// What both sides work with; some ten milliseconds of a clinic box, and an age for whoever guesses sixty bits.
    public func secret(for kiosk: KioskID) throws -> [UInt8] {
        try KDF.Scrypt.deriveKey(
            from: Array(characters.utf8), salt: Array("village-kiosk join \(kiosk)".utf8),
            outputByteCount: 32, rounds: 4_096, blockSize: 8, parallelism: 1
        ).withUnsafeBytes { Array($0) }
    }
}
