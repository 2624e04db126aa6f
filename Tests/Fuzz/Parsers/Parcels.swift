import Cataloguing
import Crypto
import Journaling
import Merging
import Pricing
import Rules
import Syncing
import Vocabulary

/// What a kiosk sends: from the wire, and from a device that signs whatever it likes.
enum Parcels {
    private static let key: DeviceKey = {
        guard let key = try? DeviceKey(raw: Array(1...32)) else { fatalError("32 bytes are a key") }
        return key
    }()
    private static let kiosk = KioskID(rawValue: "K0001") ?? .nobody
    private static let policy: Policy = {
        let (rules, _) = Rulebook.read(region: "seed-2025", files: seedRules)
        return Policy(rules: rules, catalogue: .empty)
    }()

    /// The bytes as they come from the wire, and packed, as a parcel's text.
    static func parcel(_ bytes: [UInt8]) {
        for packed in [bytes, compress(bytes, level: 1)] {
            guard let parcel = try? read(packed) else { continue }
            _ = try? parcel.packed()
        }
        merge(bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) })
    }

    /// The bytes as the entries of a parcel that a device signed, merged as the county does.
    static func entry(_ bytes: [UInt8]) {
        merge(bytes.split(separator: 0x0A).map { Array($0) })
    }

    private static func read(_ packed: [UInt8]) throws -> Parcel {
        try Parcel(packed: packed) { _ throws(ParcelFault) in key.publicKey }
    }

    private static func merge(_ lines: [[UInt8]]) {
        var (hash, entries): (Fingerprint, [Entry]) = (.zero, [])
        for line in lines {
            entries.append(Entry(keeping: line, after: hash))
            hash = Entry.hash(line, after: hash)
        }
        for sequence in [entries.count, .max] {
            guard
                let checkpoint = try? Checkpoint(
                    kiosk: kiosk, sequence: sequence, head: hash, at: Instant(milliseconds: 0),
                    key: key),
                let packed = try? Parcel(
                    kiosk: kiosk, previous: .zero, entries: entries, checkpoint: checkpoint
                ).packed(),
                let parcel = try? read(packed)
            else { continue }
            _ = place(SignedParcel(parcel), trunk: 0, holds: 0) { $0 == 0 ? .zero : nil }
            fold(parcel.entries)
        }
    }

    /// As the round does: what does not agree with itself is set aside, the rest is folded.
    private static func fold(_ entries: [Entry]) {
        var sound: [Placed] = []
        for (index, entry) in entries.prefix(20).enumerated() {
            _ = entry.inconsistencies(as: kiosk, sequence: index + 1)
            guard entry.fact.balances, entry.fact.isPlausible else { continue }
            for other in entries.prefix(20) { _ = entry.fact.mirrors(other.fact) }
            sound.append(Placed(kiosk: kiosk, sequence: index + 1, entry: entry))
        }
        for placed in sound {
            for person in placed.entry.fact.persons {
                let year = placed.entry.header.day.year
                let folded = Merging.fold(person, year, sound, by: policy)
                _ = try? CompactJSON.encode(folded)
            }
        }
    }
}
