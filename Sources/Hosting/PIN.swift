import Crypto
import CryptoExtras
import Foundation
import Syncing
import Vocabulary

/// An operator's PIN, checked without a network and kept nowhere.
public enum PIN {
    /// Cost of one try, about 30 ms on a clinic box: six digits fall only to somebody who already
    /// holds the file, and then not at the keyboard.
    private static let rounds = 16_384

    public static func verifier(of pin: String, salt: [UInt8]) throws -> String {
        let key = try KDF.Scrypt.deriveKey(
            from: Array(pin.utf8), salt: salt, outputByteCount: 32, rounds: rounds, blockSize: 8,
            parallelism: 1)
        return key.withUnsafeBytes { hex($0) }
    }

    public static func matches(_ pin: String, _ person: Operator) throws -> Bool {
        guard let salt = unhex(person.salt) else { return false }
        let given = Array(try verifier(of: pin, salt: salt).utf8)
        let expected = Array(person.verifier.utf8)
        guard given.count == expected.count else { return false }
        // Every byte is looked at, so that the time taken says nothing about the place of a
        // difference.
        return zip(given, expected).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
