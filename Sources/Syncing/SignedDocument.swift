import Crypto
import Foundation
import Journaling
import Vocabulary

/// What a signature is for; the words are part of what is signed, so that a document of one role can
/// never be shown as another.
public enum DocumentRole: String, Sendable, Codable, CaseIterable {
    case acknowledgement
    /// Catalogue, parameters, review rules: two people of the office sign.
    case policy
    /// Roll, standing, operators, revocations: the county's service key signs nightly.
    case daily
    /// Whose signatures count for which role, and for the next root.
    case root
    /// Rights drawn for a visit: the county's service key signs the answer.
    case rights
}

/// A payload with one or more Ed25519 signatures; one line of JSON, then a line a signature.
///
/// The payload's bytes are kept and verified as they are, never encoded again.
public struct SignedDocument: Sendable, Equatable {
    public let role: DocumentRole
    public let payload: [UInt8]
    public private(set) var signatures: [Signature]

    public struct Signature: Sendable, Equatable, Codable {
        /// Raw public key in hexadecimal.
        public let key: String
        public let signature: String

        enum CodingKeys: String, CodingKey {
            case key
            case signature = "sig"
        }
    }

    public init(role: DocumentRole, payload: [UInt8]) {
        self.role = role
        self.payload = payload
        signatures = []
    }

    public init(role: DocumentRole, _ value: some Encodable, key: DeviceKey) throws {
        self.init(role: role, payload: try CompactJSON.encode(value))
        try sign(key)
    }

    public mutating func sign(_ key: DeviceKey) throws {
        let signature = try key.sign(statement)
        signatures.append(Signature(key: hex(key.publicKey), signature: hex(signature)))
    }

    private var statement: [UInt8] { Array("village-kiosk \(role.rawValue) 1\n".utf8) + payload }

    public var fingerprint: Fingerprint { SyncingHash.of(payload) }

    /// How many different of the named keys signed this document.
    public func signers(among keys: [String]) -> Set<String> {
        Set(
            signatures.filter { signature in
                keys.contains(signature.key)
                    && verify(
                        hexSignature: signature.signature, over: statement,
                        by: unhex(signature.key) ?? [])
            }.map(\.key))
    }

    public var bytes: [UInt8] {
        get throws {
            var bytes = payload
            for signature in signatures {
                bytes += [UInt8(ascii: "\n")] + (try CompactJSON.encode(signature))
            }
            return bytes
        }
    }

    /// Splits bytes as they arrived; nothing is trusted yet.
    public init(
        role: DocumentRole, bytes: [UInt8], limit: Int = SignedDocument.mostBytes
    ) throws(DocumentFault) {
        guard bytes.count <= limit else { throw .tooLarge(bytes.count) }
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        guard let payload = lines.first, (2...9).contains(lines.count) else { throw .malformed }
        self.init(role: role, payload: Array(payload))
        for line in lines.dropFirst() {
            guard let signature = try? CompactJSON.decode(Signature.self, from: line) else {
                throw .malformed
            }
            signatures.append(signature)
        }
    }

    public static let mostBytes = 1024 * 1024

    /// - Throws: ``DocumentFault/signatures(found:needed:)`` where fewer than `needed` different
    ///   keys among those named have signed.
    func requireSigners(_ needed: Int, among keys: [String]) throws(DocumentFault) {
        let found = signers(among: keys).count
        guard found >= needed else { throw .signatures(found: found, needed: needed) }
    }

    /// The payload, for a document whose signatures have been checked.
    public func value<Value: Decodable>(_ type: Value.Type) throws(DocumentFault) -> Value {
        do { return try CompactJSON.decode(type, from: payload) } catch { throw .malformed }
    }
}

/// Why a signed document is refused.
public enum DocumentFault: Error, Equatable, Sendable {
    case tooLarge(Int)
    case malformed
    /// Fewer genuine signatures of the trusted keys than needed.
    case signatures(found: Int, needed: Int)
    case otherCounty(String)
    /// Another document than the one asked for.
    case otherRecipient
    /// Older than the one held: somebody tries to turn the clock back.
    case olderThanHeld(held: Int, offered: Int)
    case expired(Instant)
    /// What a device knows of the county's keys is too old for anything new to be believed.
    case rootExpired(Instant)
    /// Roots are taken over one by one; this is not the next.
    case rootOutOfStep(held: Int, offered: Int)
    /// Older than what another signed document says is the newest: parts of different days.
    case behind(DocumentRole, newest: Int, offered: Int)
    /// A section's bytes are not those the manifest names.
    case sectionDiffers(String)
    case sectionMissing(String)
}

/// SHA-256 over whole byte strings.
public enum SyncingHash {
    public static func of(_ bytes: [UInt8]) -> Fingerprint {
        guard let digest = Fingerprint(bytes: SHA256.hash(data: bytes)) else {
            preconditionFailure("SHA-256 gives 32 bytes")
        }
        return digest
    }
}
