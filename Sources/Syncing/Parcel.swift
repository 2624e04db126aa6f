import Foundation
import Journaling
import Vocabulary

/// Consecutive entries of one journal with the checkpoint that covers them: what travels from a
/// kiosk to the county, over the network or on a stick.
///
/// Unpacked it is lines of text: a header, the entries' own bytes, a checkpoint. The hashes between
/// entries are not sent; the chain gives them again.
public struct Parcel: Sendable, Equatable {
    public let kiosk: KioskID
    /// Hash of the entry before the first one in here.
    public let previous: Fingerprint
    public let entries: [Entry]
    public let checkpoint: Checkpoint

    public static let mostEntries = 2_000
    public static let mostBytes = 8 * 1024 * 1024
    /// What is put into one parcel before it is packed; the county signs for each, so on a slow
    /// link a month offline is signed for in steps of seconds.
    public static let usualBytes = 512 * 1024
    /// No journal grows longer in a thousand years; far from where counting on would overflow.
    public static let mostSequence = 1 << 40
    static let format = "village-kiosk parcel 1"

    struct Header: Codable {
        let count: Int
        let format: String
        let kiosk: KioskID
        let previous: Fingerprint
    }

    public init(kiosk: KioskID, previous: Fingerprint, entries: [Entry], checkpoint: Checkpoint) {
        self.kiosk = kiosk
        self.previous = previous
        self.entries = entries
        self.checkpoint = checkpoint
    }

    public var firstSequence: Int { checkpoint.sequence - entries.count + 1 }

    /// The parcel as it travels.
    public func packed() throws -> [UInt8] {
        var lines = try CompactJSON.encode(
            Header(count: entries.count, format: Parcel.format, kiosk: kiosk, previous: previous))
        for entry in entries { lines += [newline] + entry.bytes }
        lines += [newline] + (try CompactJSON.encode(checkpoint))
        return compress(lines)
    }

    /// Reads a parcel and every entry in it.
    ///
    /// - Parameter publicKey: as of ``SignedParcel/init(packed:publicKey:)``.
    public init(
        packed: [UInt8], publicKey: (KioskID) throws(ParcelFault) -> [UInt8]
    ) throws(ParcelFault) {
        self.init(try SignedParcel(packed: packed, publicKey: publicKey))
    }

    /// Entries that cannot be read are kept as unknown facts, so that one bad entry never blocks
    /// another.
    public init(_ signed: SignedParcel) {
        kiosk = signed.kiosk
        previous = signed.previous
        checkpoint = signed.checkpoint
        entries = signed.entries.map { $0.entry() }
    }
}

/// A parcel whose chain and signature hold; its entries lie there unread.
public struct SignedParcel: Sendable, Hashable {
    public let kiosk: KioskID
    /// Hash of the entry before the first one in here.
    public let previous: Fingerprint
    public let entries: [EntryBytes]
    public let checkpoint: Checkpoint
    /// The raw key that the checkpoint's signature was checked with; empty where nobody checked it.
    public let signer: [UInt8]

    public var firstSequence: Int { checkpoint.sequence - entries.count + 1 }

    public init(_ parcel: Parcel) {
        kiosk = parcel.kiosk
        previous = parcel.previous
        entries = parcel.entries.map { EntryBytes(bytes: $0.bytes, hash: $0.hash) }
        checkpoint = parcel.checkpoint
        signer = []
    }

    /// Unpacks a parcel and recomputes its chain.
    ///
    /// The signature is checked before anything is hashed, and no entry is parsed: the hashes need
    /// only the bytes.
    ///
    /// - Parameter publicKey: gives the key of the kiosk named in the header, `nil` for an unknown
    ///   or revoked device.
    public init(
        packed: [UInt8], publicKey: (KioskID) throws(ParcelFault) -> [UInt8]
    ) throws(ParcelFault) {
        guard packed.count <= Parcel.mostBytes else { throw .tooLarge(packed.count) }
        let text: [UInt8]
        do { text = try decompress(packed, limit: Parcel.mostBytes) } catch {
            throw error == .malformed ? .cutOrDamaged : .tooLarge(packed.count)
        }
        var lines = text.split(separator: newline, omittingEmptySubsequences: false)[...]
        guard
            let header = try? CompactJSON.decode(Parcel.Header.self, from: lines.popFirst() ?? []),
            header.format == Parcel.format
        else { throw .notAParcel }
        guard let checkpoint = try? CompactJSON.decode(Checkpoint.self, from: lines.popLast() ?? [])
        else { throw .cutOrDamaged }
        guard lines.count == header.count, header.count <= Parcel.mostEntries,
            checkpoint.kiosk == header.kiosk,
            (header.count...Parcel.mostSequence).contains(checkpoint.sequence)
        else { throw .cutOrDamaged }

        let key = try publicKey(header.kiosk)
        guard checkpoint.isSigned(by: key) else { throw .wrongSignature(header.kiosk) }
        var hash = header.previous
        entries = lines.map { line in
            let bytes = Array(line)
            hash = Entry.hash(bytes, after: hash)
            return EntryBytes(bytes: bytes, hash: hash)
        }
        guard hash == checkpoint.head else { throw .brokenChain(header.kiosk) }
        kiosk = header.kiosk
        previous = header.previous
        self.checkpoint = checkpoint
        signer = key
    }
}

private let newline = UInt8(ascii: "\n")

/// Why a parcel is refused; nothing of a refused parcel is kept, and the kiosk still has it all.
public enum ParcelFault: Error, Equatable, Sendable {
    case tooLarge(Int)
    /// Not one of our parcels at all.
    case notAParcel
    /// Cut off, or changed on the way: send it again.
    case cutOrDamaged
    case unknownDevice(KioskID)
    case revokedDevice(KioskID)
    /// The checkpoint was not signed by this device's key.
    case wrongSignature(KioskID)
    /// The entries do not give the head that was signed.
    case brokenChain(KioskID)
}
