import Crypto
import Foundation
import Vocabulary

/// A device's signature over the head of its journal: all entries up to `sequence` are as they were.
public struct Checkpoint: Hashable, Sendable, Codable {
    public let kiosk: KioskID
    public let sequence: Int
    public let head: Fingerprint
    public let at: Instant
    /// Ed25519, in hexadecimal.
    public let signature: String

    public enum CodingKeys: String, CodingKey {
        case kiosk
        case sequence = "seq"
        case head, at
        case signature = "sig"
    }

    public init(
        kiosk: KioskID, sequence: Int, head: Fingerprint, at: Instant, key: DeviceKey
    ) throws {
        self.kiosk = kiosk
        self.sequence = sequence
        self.head = head
        self.at = at
        signature = hex(try key.sign(Checkpoint.statement(kiosk, sequence, head, at)))
    }

    /// Whether the raw Ed25519 public key made this signature.
    public func isSigned(by publicKey: [UInt8]) -> Bool {
        verify(
            hexSignature: signature, over: Checkpoint.statement(kiosk, sequence, head, at),
            by: publicKey)
    }

    /// The signed text; its first line keeps it from being taken for anything else.
    private static func statement(
        _ kiosk: KioskID, _ sequence: Int, _ head: Fingerprint, _ at: Instant
    )
        -> [UInt8]
    {
        Array(
            "village-kiosk checkpoint 1\n\(kiosk)\n\(sequence)\n\(head)\n\(at.milliseconds)\n".utf8)
    }
}

/// An Ed25519 key that signs for a device or an office.
public struct DeviceKey: Sendable {
    /// The key itself, for signatures of another form (a credential's COSE).
    public let signingKey: Curve25519.Signing.PrivateKey

    public init(raw: [UInt8]) throws {
        signingKey = try Curve25519.Signing.PrivateKey(rawRepresentation: raw)
    }

    public var publicKey: [UInt8] { Array(signingKey.publicKey.rawRepresentation) }
    /// The secret itself, for sealing or for a file of mode 0600.
    public var raw: [UInt8] { Array(signingKey.rawRepresentation) }

    public func sign(_ message: [UInt8]) throws -> [UInt8] {
        Array(try signingKey.signature(for: message))
    }
}

/// Whether a hexadecimal Ed25519 signature over a message is genuine; false for anything malformed.
public func verify(hexSignature: String, over message: [UInt8], by publicKey: [UInt8]) -> Bool {
    guard let signature = unhex(hexSignature),
        let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
    else { return false }
    return key.isValidSignature(signature, for: message)
}
