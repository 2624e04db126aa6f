import Cataloguing
import Checking
import Foundation
import Identifying
import Journaling
import Pricing
import Rules
import Syncing
import Vocabulary

/// What the county publishes, as a stick or a proxy may have changed it, and as an office key that
/// was stolen may sign it.
enum Bulletins {
    private static let key: DeviceKey = {
        guard let key = try? DeviceKey(raw: Array(1...32)) else { fatalError("32 bytes are a key") }
        return key
    }()
    private static let trust = Trust(
        county: "419925", officeKeys: [hex(key.publicKey)], threshold: 1,
        serviceKey: hex(key.publicKey), credentialKeys: [])
    private static let kiosk = KioskID(rawValue: "K0001") ?? .nobody
    private static let now = Instant(milliseconds: 1_800_000_000_000)

    /// The bytes as a signed document of every role, and as a payload that was signed.
    static func bulletin(_ bytes: [UInt8]) {
        for role in DocumentRole.allCases { read(role, bytes) }
        for role in DocumentRole.allCases {
            var document = SignedDocument(role: role, payload: bytes)
            try? document.sign(key)
            if let signed = try? document.bytes { read(role, signed) }
        }
        _ = try? decompress(bytes, limit: 1 << 16)
        for type: any Decodable.Type in [Registration.self, Provision.self] {
            _ = try? CompactJSON.decode(type, from: bytes)
        }
    }

    private static func read(_ role: DocumentRole, _ bytes: [UInt8]) {
        guard role != .acknowledgement else {
            _ = try? Acknowledgement(bytes: bytes, for: kiosk, trust: trust)
            return
        }
        let manifest = try? Manifest(bytes: bytes, role: role, trust: trust, held: 0, now: now)
        guard let manifest else { return }
        let recipient = Recipient(kiosk: kiosk, institution: "H1", township: "419925101")
        for section in manifest.sections(for: recipient) where section.size < 1 << 20 {
            _ = try? open(bytes, as: section)
        }
    }

    /// What a kiosk holds of a section.
    private static let held = Array((0..<200).map { "row \($0)\n" }.joined().utf8)

    /// The bytes as what makes a new section out of the one held.
    static func delta(_ bytes: [UInt8]) {
        let digest = SyncingHash.of(held)
        // The size of the section that the delta kept beside the harness makes.
        guard let made = try? decompress(bytes, from: held, size: 1_491) else { return }
        let section = Manifest.Section(name: "s", bytes: made)
        precondition(apply(bytes, to: held, digest: digest, as: section) == made)
        precondition(apply(bytes, to: made, digest: digest, as: section) == nil || made == held)
    }

    /// The bytes as a section of each kind, read as a kiosk reads it and then asked.
    static func section(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        _ = try? Lines.decode(Diagnosis.self, from: bytes)
        _ = try? Lines.decode(Syncing.Operator.self, from: bytes)
        _ = try? Lines.decode(Revocation.self, from: bytes)
        _ = try? Lines.decode(DeviceRow.self, from: bytes)
        _ = try? Lines.decode(StandingRow.self, from: bytes)
        _ = try? CompactJSON.decode(DeskAssignment.self, from: bytes)
        _ = try? KnowledgePoint.table(csv: text)
        if let items = try? Lines.decode(CatalogueItem.self, from: bytes) {
            _ = Catalogue(items).item("XC08CAQ866A001010199001", now.day)
        }
        for member in (try? Lines.decode(Member.self, from: bytes)) ?? [] {
            _ = try? CompactJSON.encode(member)
        }
        directory(bytes)
    }

    private static func directory(_ bytes: [UInt8]) {
        for bytes in [bytes, Array("directory 1301\n".utf8) + bytes + [0x0A]] {
            guard let directory = Directory(bytes: Data(bytes)) else { continue }
            _ = directory.entry("XZ99AAA000001", on: now.day)
            let index = DirectoryIndex(directory)
            _ = index.matches("ah", on: now.day, limit: 5)
            _ = DirectoryIndex(directory, bytes: Data(bytes))?
                .matches("ah", on: now.day, limit: 5)
        }
    }
}
