import Crypto
import Foundation
import Vocabulary

/// One fact in a journal, for ever: the bytes are written once, stored as they are and hashed as
/// they are.
///
/// The bytes are one line of compact JSON with sorted keys: `at`, `body`, `by`, `day`, `kind`,
/// `kiosk`, `seq`, `ses`, `v`. The chain is `hash(n) = SHA-256(hash(n-1) ‖ bytes(n))`, with 32 zero
/// bytes before the first entry, so an entry is bound to all that came before without repeating it.
///
/// Handed on by reference: a merge passes each from list to list a dozen times.
public final class Entry: Hashable, Sendable {
    public let bytes: [UInt8]
    public let header: Header
    public let fact: Fact
    public let hash: Fingerprint

    /// The version of the entry format; older versions stay readable for ever.
    public static let format = 1
    /// No entry is longer; a parcel that claims one is refused before it is parsed.
    public static let mostBytes = 64 * 1024

    /// Who, when and where, apart from what.
    public struct Header: Hashable, Sendable, Codable {
        public var version: Int
        public var kiosk: KioskID
        /// 1, 2, 3 … without gaps.
        public var sequence: Int
        public var at: Instant
        /// The business day, which chooses the policy.
        public var day: Day
        public var by: String
        /// The operator's sign-in under which this was written.
        public var session: String
        public var kind: String

        public init(
            kiosk: KioskID, sequence: Int, at: Instant, day: Day, by: String, session: String,
            kind: String
        ) {
            version = Entry.format
            self.kiosk = kiosk
            self.sequence = sequence
            self.at = at
            self.day = day
            self.by = by
            self.session = session
            self.kind = kind
        }

        enum CodingKeys: String, CodingKey {
            case version = "v"
            case kiosk
            case sequence = "seq"
            case at, day, by
            case session = "ses"
            case kind
        }

        static let unreadable = Header(
            kiosk: .nobody, sequence: 0, at: Instant(milliseconds: 0), day: Day(number: 0), by: "",
            session: "", kind: "unreadable")
    }

    /// Writes a new entry after `previous`.
    public init(_ fact: Fact, _ header: Header, after previous: Fingerprint) throws {
        bytes = try CompactJSON.encode(Document(header: header, fact: fact))
        guard bytes.count <= Entry.mostBytes else { throw EntryFault.tooLong(bytes.count) }
        self.header = header
        self.fact = fact
        hash = Entry.hash(bytes, after: previous)
    }

    /// Reads an entry from its bytes.
    ///
    /// - Throws: ``EntryFault``; an unknown kind is no fault, it is kept as ``Fact/unknown``.
    public init(bytes: [UInt8], after previous: Fingerprint) throws(EntryFault) {
        let document = try Document(readable: bytes)
        self.bytes = bytes
        header = document.header
        fact = document.fact
        hash = Entry.hash(bytes, after: previous)
    }

    /// Keeps bytes that a checkpoint covers even where they cannot be read: such an entry carries an
    /// unknown fact and is set aside by whoever merges it.
    public convenience init(keeping bytes: [UInt8], after previous: Fingerprint) {
        self.init(keepingStored: bytes, hash: Entry.hash(bytes, after: previous))
    }

    /// Reads an entry whose hash was computed and checked when it was stored.
    public init?(stored bytes: [UInt8], hash: Fingerprint) {
        guard let document = try? CompactJSON.decode(Document.self, from: bytes) else { return nil }
        self.bytes = bytes
        header = document.header
        fact = document.fact
        self.hash = hash
    }

    /// Keeps bytes whose hash was checked when they were stored, even where they cannot be read; as
    /// readable as by ``init(bytes:after:)``, whichever way they are met.
    public init(keepingStored bytes: [UInt8], hash: Fingerprint) {
        let document = try? Document(readable: bytes)
        self.bytes = bytes
        header = document?.header ?? .unreadable
        fact = document?.fact ?? .unknown(kind: header.kind)
        self.hash = hash
    }

    public static func hash(_ bytes: [UInt8], after previous: Fingerprint) -> Fingerprint {
        var hasher = SHA256()
        hasher.update(data: previous.bytes)
        hasher.update(data: bytes)
        guard let digest = Fingerprint(bytes: hasher.finalize()) else {
            preconditionFailure("SHA-256 gives 32 bytes")
        }
        return digest
    }
}

/// An entry nobody has read yet: its bytes, and the hash the chain gives them.
public struct EntryBytes: Hashable, Sendable {
    public let bytes: [UInt8]
    public let hash: Fingerprint

    public init(bytes: [UInt8], hash: Fingerprint) {
        self.bytes = bytes
        self.hash = hash
    }

    /// Reads it; what cannot be read is kept as an unknown fact.
    public func entry() -> Entry { Entry(keepingStored: bytes, hash: hash) }
}

// The hash stands for the bytes and for all that came before them.
extension Entry {
    public static func == (a: Entry, b: Entry) -> Bool { a.hash == b.hash }
    public func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

/// Why bytes are no entry.
public enum EntryFault: Error, Equatable, Sendable {
    case tooLong(Int)
    case unreadable(String)
    /// Written by a later version of the product: kept, read after the update.
    case newerFormat(Int)
}

/// Header and body side by side in one JSON object.
private struct Document: Codable {
    let header: Entry.Header
    let fact: Fact

    private enum Key: String, CodingKey { case body }

    init(header: Entry.Header, fact: Fact) {
        self.header = header
        self.fact = fact
    }

    /// An entry that is no longer than entries may be, in a format that is known.
    init(readable bytes: [UInt8]) throws(EntryFault) {
        guard bytes.count <= Entry.mostBytes else { throw .tooLong(bytes.count) }
        do {
            self = try CompactJSON.decode(Document.self, from: bytes)
        } catch {
            throw .unreadable("\(error)")
        }
        guard header.version <= Entry.format else { throw .newerFormat(header.version) }
    }

    init(from decoder: any Decoder) throws {
        header = try Entry.Header(from: decoder)
        fact = try Fact(kind: header.kind, from: JSONFields(decoder).decoder("body"))
    }

    func encode(to encoder: any Encoder) throws {
        try header.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try fact.encode(to: container.superEncoder(forKey: .body))
    }
}
