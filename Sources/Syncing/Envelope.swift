import Crypto
import Foundation
import Journaling
import Vocabulary

/// A file on a stick: sealed to its reader, signed by its writer, and labelled in clear so that a
/// wrong one is refused before anything in it is read.
///
/// One line of label, the sealed body, 64 bytes of signature over both.
public struct Envelope: Sendable {
    public let label: Label
    private let body: [UInt8]

    public enum Direction: String, Sendable, CaseIterable {
        case toCounty = "to-county"
        case fromCounty = "from-county"
        /// For a device that has no key yet: sealed under its one-time code.
        case provision
    }

    /// What anybody may read who finds the stick; it names nobody.
    public struct Label: Sendable, Hashable {
        public var direction: Direction
        public var county: String
        public var kiosk: KioskID
        /// When it was written; of two, the later counts.
        public var at: Instant
        /// Raw Ed25519 key of the writer in hexadecimal.
        public var signer: String

        public init(
            direction: Direction, county: String, kiosk: KioskID, at: Instant, signer: String
        ) {
            self.direction = direction
            self.county = county
            self.kiosk = kiosk
            self.at = at
            self.signer = signer
        }

        func line(size: Int) -> [UInt8] {
            Array(
                ("\(Envelope.format) \(direction.rawValue) \(county) \(kiosk) "
                    + "\(at.milliseconds) \(size) \(signer)\n").utf8)
        }
    }

    public static let format = "village-kiosk stick 1"
    public static let mostBytes = 128 * 1024 * 1024
    private static let mostLabelBytes = 256
    private static let signatureBytes = 64
    private static let cipher = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly

    /// The name of the file on the stick.
    public static func fileName(_ direction: Direction, _ kiosk: KioskID) -> String {
        "\(kiosk).\(direction.rawValue)"
    }

    /// Takes a file apart as far as its label goes, and checks size and signature.
    public init(bytes: [UInt8]) throws(StickFault) {
        guard bytes.count <= Envelope.mostBytes else { throw .tooLarge(bytes.count) }
        guard bytes.starts(with: Array(Envelope.format.utf8)),
            let end = bytes.prefix(Envelope.mostLabelBytes).firstIndex(of: 0x0A),
            let (label, size) = Envelope.label(of: bytes[..<end])
        else { throw .notAStick }
        let start = end + 1
        guard bytes.count == start + size + Envelope.signatureBytes else {
            throw .cutOrDamaged
        }
        let split = bytes.count - Envelope.signatureBytes
        guard let key = unhex(label.signer),
            verify(
                hexSignature: hex(bytes[split...]), over: Envelope.statement(bytes[..<split]),
                by: key)
        else { throw .cutOrDamaged }
        self.label = label
        body = Array(bytes[start..<split])
    }

    private static func label(of line: ArraySlice<UInt8>) -> (Label, size: Int)? {
        let text = String(decoding: line.dropFirst(format.utf8.count), as: UTF8.self)
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 7, words[0].isEmpty,
            let direction = Direction(rawValue: String(words[1])),
            words[2].count == 6, words[2].allSatisfy({ $0.isASCII && $0.isNumber }),
            let kiosk = KioskID(rawValue: String(words[3])),
            let at = Int(words[4]), Instant.known.contains(at),
            let size = Int(words[5]), size >= 0, words[6].utf8.count == 64
        else { return nil }
        return (
            Label(
                direction: direction, county: String(words[2]), kiosk: kiosk,
                at: Instant(milliseconds: at), signer: String(words[6])), size
        )
    }

    private static func statement(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array("village-kiosk stick signature 1\n".utf8) + SHA256.hash(data: bytes)
    }
}

// Sealing and opening.
extension Envelope {
    /// Seals contents to the holder of a key (HPKE, RFC 9180).
    ///
    /// - Parameter key: raw X25519 key in hexadecimal.
    public static func seal(
        _ contents: StickContents, _ label: Label, to key: String, by signer: DeviceKey
    ) throws -> [UInt8] {
        let recipient = try Curve25519.KeyAgreement.PublicKey(
            rawRepresentation: unhex(key) ?? [])
        let plain = try contents.bytes
        var sender = try HPKE.Sender(
            recipientKey: recipient, ciphersuite: cipher, info: Data(info(label)))
        let sealed = try sender.seal(plain, authenticating: Data())
        return try close(label, Array(sender.encapsulatedKey + sealed), by: signer)
    }

    /// Seals contents under a device's one-time code, stretched.
    public static func seal(
        _ contents: StickContents, _ label: Label, under secret: [UInt8], randomness: Randomness,
        by signer: DeviceKey
    ) throws -> [UInt8] {
        let salt = randomness.bytes(32)
        let box = try ChaChaPoly.seal(
            try contents.bytes, using: key(secret, salt), authenticating: info(label))
        return try close(label, salt + Array(box.combined), by: signer)
    }

    private static func close(
        _ label: Label, _ body: [UInt8], by signer: DeviceKey
    ) throws -> [UInt8] {
        let bytes = label.line(size: body.count) + body
        return bytes + (try signer.sign(statement(bytes[...])))
    }

    public func open(with key: DeviceKey) throws(StickFault) -> StickContents {
        guard body.count > 32 else { throw .cutOrDamaged }
        do {
            var recipient = try HPKE.Recipient(
                privateKey: key.stickKey, ciphersuite: Envelope.cipher,
                info: Data(Envelope.info(label)), encapsulatedKey: Data(body.prefix(32)))
            let plain = try recipient.open(Data(body.dropFirst(32)), authenticating: Data())
            return try StickContents(bytes: Array(plain))
        } catch let fault as StickFault {
            throw fault
        } catch {
            throw .sealedToAnother
        }
    }

    public func open(under secret: [UInt8]) throws(StickFault) -> StickContents {
        guard body.count > 32 else { throw .cutOrDamaged }
        do {
            let box = try ChaChaPoly.SealedBox(combined: body.dropFirst(32))
            let plain = try ChaChaPoly.open(
                box, using: Envelope.key(secret, Array(body.prefix(32))),
                authenticating: Envelope.info(label))
            return try StickContents(bytes: Array(plain))
        } catch let fault as StickFault {
            throw fault
        } catch {
            throw .wrongCode
        }
    }

    private static func info(_ label: Label) -> [UInt8] { label.line(size: 0) }

    private static func key(_ secret: [UInt8], _ salt: [UInt8]) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret), salt: salt,
            info: Data("village-kiosk provision 1".utf8), outputByteCount: 32)
    }
}

/// Why a stick is not taken; nothing in it has been read then.
public enum StickFault: Error, Equatable, Sendable {
    case notAStick
    case tooLarge(Int)
    case cutOrDamaged
    case otherCounty(String)
    /// Written for, or by, another device.
    case otherKiosk(KioskID)
    case wrongDirection(Envelope.Direction)
    /// Written before the one taken last.
    case older(than: Instant)
    /// Signed by a key that does not speak for whom the label names.
    case wrongSigner
    case sealedToAnother
    case wrongCode
    /// The file is a link, a folder, a pipe or a device.
    case notAFile(String)
    case missing(String)
}
