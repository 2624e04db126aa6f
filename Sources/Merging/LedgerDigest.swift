import Syncing
import Vocabulary

/// A sum of SHA-256 hashes modulo 2^256: the digest of a set that costs the same to keep whether
/// one row changes or a million are stored.
public struct SetHash: Hashable, Sendable {
    private var limbs: [UInt64]

    public static let empty = SetHash(limbs: [0, 0, 0, 0])

    private init(limbs: [UInt64]) { self.limbs = limbs }

    public init(of row: [UInt8]) {
        self.init(bytes: SyncingHash.of(row).bytes)
    }

    /// The 32 bytes this hash was stored as.
    public init(bytes: [UInt8]) {
        precondition(bytes.count == 32, "a set hash has 32 bytes")
        limbs = (0..<4).map { limb in
            bytes[limb * 8..<limb * 8 + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    public var bytes: [UInt8] {
        limbs.flatMap { limb in (0..<8).map { UInt8(truncatingIfNeeded: limb >> (56 - 8 * $0)) } }
    }

    /// Adds with carry from the least significant limb, the last.
    public static func + (a: SetHash, b: SetHash) -> SetHash {
        var sum = a.limbs
        var carry: UInt64 = 0
        for index in (0..<4).reversed() {
            let (first, over) = sum[index].addingReportingOverflow(b.limbs[index])
            let (second, again) = first.addingReportingOverflow(carry)
            sum[index] = second
            carry = (over ? 1 : 0) + (again ? 1 : 0)
        }
        return SetHash(limbs: sum)
    }

    public static prefix func - (a: SetHash) -> SetHash {
        SetHash(limbs: a.limbs.map { ~$0 }) + SetHash(limbs: [0, 0, 0, 1])
    }
}

/// One journal in the digest: its trunk, and every entry beyond a fork.
public struct DigestedJournal: Sendable {
    public let kiosk: KioskID
    public let through: Int
    public let head: Fingerprint
    public let beyond: [Link]

    public init(kiosk: KioskID, through: Int, head: Fingerprint, beyond: [Link]) {
        self.kiosk = kiosk
        self.through = through
        self.head = head
        self.beyond = beyond
    }
}

/// The 32 bytes that two servers compare: every entry held (journals by their heads, what lies beyond
/// a fork one by one, decisions among them), and every set derived from the entries.
///
/// - Parameter sets: by name, the hashes of derived sets: person-years, what was set aside …
public func ledgerDigest(_ journals: [DigestedJournal], sets: [String: SetHash]) -> Fingerprint {
    var lines = ["village-kiosk ledger 2\n"]
    for journal in journals.sorted(by: { $0.kiosk < $1.kiosk })
    where journal.through > 0 || !journal.beyond.isEmpty {
        lines.append("\(journal.kiosk) \(journal.through) \(journal.head)\n")
        for link in journal.beyond.sorted(by: { ($0.sequence, $0.hash) < ($1.sequence, $1.hash) }) {
            lines.append(" \(link.sequence) \(link.hash)\n")
        }
    }
    for (name, hash) in sets.sorted(by: { $0.key < $1.key }) where hash != .empty {
        lines.append("\(name) \(hex(hash.bytes))\n")
    }
    return SyncingHash.of(Array(lines.joined().utf8))
}
