import Crypto
import Foundation
import Vocabulary

/// The secret everything one device keeps on its disk is sealed with: 32 random bytes, made when
/// the device is set up, different on every device.
///
/// It is never used itself. Every use has a key of its own, derived by HKDF-SHA256 (RFC 5869) from
/// the secret and the name of the use.
public struct DataKey: Sendable, Equatable {
    public static let length = 32

    /// The secret itself, for the key's own file and for nothing else.
    public let raw: [UInt8]

    /// Takes exactly 32 bytes.
    public init?(raw: [UInt8]) {
        guard raw.count == DataKey.length else { return nil }
        self.raw = raw
    }

    /// Says which key a file was sealed with, without helping anybody to find the key.
    public var check: [UInt8] {
        derived(for: "check").withUnsafeBytes { Array($0.prefix(8)) }
    }

    /// A key of its own for each use, so that what is sealed for one opens for no other.
    public func derived(for use: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: raw), info: Data("village-kiosk \(use) 1".utf8),
            outputByteCount: DataKey.length)
    }
}
