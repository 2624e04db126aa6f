import Crypto
import CryptoExtras
import Foundation
import Journaling
import Vocabulary

/// A clerk's signing key in a file that only the clerk's PIN opens.
public enum SealedKey {
    public enum Fault: Error, Equatable { case wrongPIN, unreadable(path: String) }

    public static func make(at path: String, pin: String, randomness: Randomness) throws
        -> DeviceKey
    {
        let key = try DeviceKey(raw: randomness.bytes(32))
        let salt = randomness.bytes(16)
        let box = try AES.GCM.seal(Data(key.raw), using: try wrapping(pin, salt))
        guard let combined = box.combined else { throw Fault.unreadable(path: path) }
        let lines = [hex(salt), hex(combined), hex(key.publicKey)].joined(separator: "\n")
        try writeFile(path, Array(lines.utf8), secret: true)
        return key
    }

    public static func open(_ path: String, pin: String) throws -> DeviceKey {
        let lines = try lines(of: path)
        guard let salt = unhex(lines[0]), let box = unhex(lines[1]) else {
            throw Fault.unreadable(path: path)
        }
        do {
            let raw = try AES.GCM.open(
                try AES.GCM.SealedBox(combined: box), using: try wrapping(pin, salt))
            return try DeviceKey(raw: Array(raw))
        } catch {
            throw Fault.wrongPIN
        }
    }

    /// The public half, readable without the PIN.
    public static func publicKey(_ path: String) throws -> String { try lines(of: path)[2] }

    private static func lines(of path: String) throws -> [String] {
        let text = String(decoding: try readFile(path, limit: 4096), as: UTF8.self)
        let lines = text.split(separator: "\n").map(String.init)
        guard lines.count == 3 else { throw Fault.unreadable(path: path) }
        return lines
    }

    private static func wrapping(_ pin: String, _ salt: [UInt8]) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Array(pin.utf8), salt: salt, outputByteCount: 32, rounds: 16_384, blockSize: 8,
            parallelism: 1)
    }
}
