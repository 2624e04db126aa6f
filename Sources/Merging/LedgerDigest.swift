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

/// The 32 bytes that two servers compare: all journals by their heads, all person-years by content.
public func ledgerDigest(
    heads: [(kiosk: KioskID, through: Int, head: Fingerprint)], personYears: SetHash
) -> Fingerprint {
    let lines = heads.filter { $0.through > 0 }.sorted { $0.kiosk < $1.kiosk }
        .map { "\($0.kiosk) \($0.through) \($0.head)\n" }
    return SyncingHash.of(
        Array("village-kiosk ledger 1\n".utf8) + Array(lines.joined().utf8) + personYears.bytes)
}
