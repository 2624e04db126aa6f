import Crypto
import Foundation
import Journaling
import Vocabulary

/// What a device is set up from, once: whom it believes, who it is, and its one-time code.
public struct Provision: Sendable, Hashable, Codable {
    public var trust: Trust
    public var desk: DeskAssignment
    /// Address of the county server.
    public var server: String
    /// Spent at the first contact, when the device registers the key it made itself.
    public var oneTimeCode: String
    /// Certificate of the county's own authority (PEM); no other speaks for the county's server.
    public var authority: String
    /// Raw X25519 key in hexadecimal that sticks for the county are sealed to.
    public var stickKey: String
    /// Raw Ed25519 key in hexadecimal that signs the county's sticks.
    public var stickSigner: String
    /// The broken device this one stands in for.
    public var replaces: Predecessor?

    public init(
        trust: Trust, desk: DeskAssignment, server: String, oneTimeCode: String,
        authority: String = "", stickKey: String = "", stickSigner: String = "",
        replaces: Predecessor? = nil
    ) {
        self.trust = trust
        self.desk = desk
        self.server = server
        self.oneTimeCode = oneTimeCode
        self.authority = authority
        self.stickKey = stickKey
        self.stickSigner = stickSigner
        self.replaces = replaces
    }

    public static let mostBytes = 1 << 20
}

/// Names that only mean something inside a county's TLS.
public enum CountyName {
    /// What the certificate of the county's server says, wherever the server stands.
    public static func server(_ county: String) -> String { "county-\(county).village-kiosk" }
}

/// A device that broke, and how much of its journal the county has.
public struct Predecessor: Sendable, Hashable, Codable {
    public var kiosk: KioskID
    /// The county holds every entry up to this number.
    public var through: Int
    /// The highest number anybody has seen on a slip; what lies between is lost.
    public var lastSeen: Int?

    public init(kiosk: KioskID, through: Int, lastSeen: Int? = nil) {
        self.kiosk = kiosk
        self.through = through
        self.lastSeen = lastSeen
    }

    /// Numbers of entries that are known to have existed and that nobody has.
    public var lost: ClosedRange<Int>? {
        guard let lastSeen, lastSeen > through else { return nil }
        return (through + 1)...lastSeen
    }
}

/// What a device says of itself to get its certificate: its keys, signed by the key itself, and at
/// the first time proof that it knows the one-time code.
public struct Registration: Sendable, Hashable, Codable {
    public var kiosk: KioskID
    /// Raw Ed25519 key in hexadecimal.
    public var publicKey: String
    /// Raw X25519 key in hexadecimal that sticks for this device are sealed to.
    public var stickKey: String
    public var at: Instant
    /// Keyed hash under the stretched one-time code; the code itself never travels.
    public var proof: String
    public var signature: String
    /// The county's latest signed word to this device, should the county have forgotten it.
    public var acknowledgement: String?

    public init(
        kiosk: KioskID, key: DeviceKey, at: Instant, secret: [UInt8],
        acknowledgement: [UInt8]? = nil
    ) throws {
        self.acknowledgement = acknowledgement.map { String(decoding: $0, as: UTF8.self) }
        self.kiosk = kiosk
        publicKey = hex(key.publicKey)
        stickKey = key.stickPublicKey
        self.at = at
        proof = ""
        signature = ""
        proof = keyedHash(statement, under: secret)
        signature = hex(try key.sign(statement + Array(proof.utf8)))
    }

    private var statement: [UInt8] {
        Array(
            ("village-kiosk registration 1\n\(kiosk)\n\(publicKey)\n\(stickKey)\n"
                + "\(at.milliseconds)\n").utf8)
    }

    /// Whether whoever registers holds the secret half of the key.
    public var isSigned: Bool {
        guard let key = unhex(publicKey), unhex(stickKey)?.count == 32 else { return false }
        return verify(
            hexSignature: signature, over: statement + Array(proof.utf8), by: key)
    }

    public func isProven(by secret: [UInt8]) -> Bool {
        isKeyedHash(proof, of: statement, under: secret)
    }
}

/// The county's word that a key belongs to a device, until a day.
public struct DeviceCertificate: Sendable, Hashable, Codable {
    /// As TLS wants it.
    public var pem: String
    public var serial: String
    public var expires: Instant

    public init(pem: String, serial: String, expires: Instant) {
        self.pem = pem
        self.serial = serial
        self.expires = expires
    }

    /// Renewed in its last third, so that a season offline does no harm.
    public func isDue(at now: Instant) -> Bool {
        expires.seconds(since: now) < DeviceCertificate.daysValid * 86_400 / 3
    }

    public static let daysValid = 400
}

/// HMAC-SHA256 in hexadecimal.
public func keyedHash(_ message: [UInt8], under secret: [UInt8]) -> String {
    hex(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
}

/// Compares in constant time.
public func isKeyedHash(_ text: String, of message: [UInt8], under secret: [UInt8]) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(
        unhex(text) ?? [], authenticating: message, using: SymmetricKey(data: secret))
}

extension DeviceKey {
    /// The key sticks are sealed to, made from the same secret: a device keeps one secret only.
    public var stickKey: Curve25519.KeyAgreement.PrivateKey {
        let bytes = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: raw), info: Data("village-kiosk stick 1".utf8),
            outputByteCount: 32
        ).withUnsafeBytes { Data($0) }
        guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes) else {
            preconditionFailure("any 32 bytes are an X25519 key")
        }
        return key
    }

    /// In hexadecimal.
    public var stickPublicKey: String { hex(stickKey.publicKey.rawRepresentation) }
}

/// What a device that joins by code alone is told.
public struct Welcome: Sendable, Hashable, Codable {
    public var provision: Provision
    public var certificate: DeviceCertificate

    public init(provision: Provision, certificate: DeviceCertificate) {
        self.provision = provision
        self.certificate = certificate
    }
}

/// A welcome that proves it comes from whoever gave the code out, over a line nobody vouches for.
public struct JoinAnswer: Sendable, Hashable, Codable {
    public var welcome: String
    public var proof: String

    public init(_ welcome: Welcome, to registration: Registration, secret: [UInt8]) throws {
        let bytes = try CompactJSON.encode(welcome)
        self.welcome = String(decoding: bytes, as: UTF8.self)
        proof = keyedHash(Self.statement(bytes, registration), under: secret)
    }

    /// - Returns: `nil` where somebody else than the county answered.
    public func opened(by secret: [UInt8], asked registration: Registration) -> Welcome? {
        let bytes = Array(welcome.utf8)
        guard isKeyedHash(proof, of: Self.statement(bytes, registration), under: secret) else {
            return nil
        }
        return try? CompactJSON.decode(Welcome.self, from: bytes)
    }

    private static func statement(_ welcome: [UInt8], _ registration: Registration) -> [UInt8] {
        Array("village-kiosk welcome 1\n\(registration.signature)\n".utf8) + welcome
    }
}
