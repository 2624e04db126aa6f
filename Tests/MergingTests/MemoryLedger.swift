import Journaling
import Merging
import Syncing
import Vocabulary

/// A county's ledger with nothing but the merging itself: no store, no signatures, no caches.
///
/// Millions of deliveries are tried against it; what stands around merging at the county has tests of
/// its own over fewer of them.
struct MemoryLedger {
    let policy: Policy
    private var journals: [KioskID: Held] = [:]

    init(policy: Policy) { self.policy = policy }

    private struct Held {
        /// What came first under each number.
        var first: [Entry] = []
        /// Everything else that was ever signed.
        var others: [Fingerprint: (link: Link, entry: Entry)] = [:]
        var through = 0
        var isForked = false

        var holds: Int { max(first.count, others.values.map(\.link.sequence).max() ?? 0) }

        var links: [Link] {
            first.enumerated().map { place, entry in
                Link(
                    sequence: place + 1, hash: entry.hash,
                    previous: place == 0 ? .zero : first[place - 1].hash)
            } + others.values.map(\.link)
        }

        func hash(at sequence: Int) -> Fingerprint? {
            guard sequence > 0 else { return .zero }
            return sequence <= first.count ? first[sequence - 1].hash : nil
        }

        mutating func keep(_ parcel: Parcel) {
            var previous = parcel.previous
            for (offset, entry) in parcel.entries.enumerated() {
                let sequence = parcel.firstSequence + offset
                if hash(at: sequence) != entry.hash {
                    let link = Link(sequence: sequence, hash: entry.hash, previous: previous)
                    others[entry.hash] = (link, entry)
                }
                previous = entry.hash
            }
        }
    }

    /// - Returns: false for a parcel that starts behind all that is held: it is sent again.
    mutating func take(_ parcel: Parcel) -> Bool {
        var held = journals[parcel.kiosk] ?? Held()
        let arrival = place(
            SignedParcel(parcel), trunk: held.through,
            holds: held.isForked ? held.holds : held.through
        ) { held.hash(at: $0) }
        switch arrival {
        case .gap: return false
        case .new(let entries):
            held.first += parcel.entries.suffix(entries.count)
            held.through += entries.count
        case .contested:
            held.keep(parcel)
            let branches = Branches(held.links, after: (0, .zero))
            held.through = branches.through
            held.isForked = branches.forkedAt != nil
        }
        journals[parcel.kiosk] = held
        return true
    }

    /// The 32 bytes and the folded year, under the county's decisions.
    func result(
        of person: PersonNumber, _ year: Int, deciding decisions: [StoredDecision]
    ) throws -> (digest: Fingerprint, year: PersonYear) {
        var placed: [Placed] = []
        var digested: [DigestedJournal] = []
        for (kiosk, held) in journals {
            let branches = Branches(held.links, after: (0, .zero))
            let standings = branches.standings(effect(of: decisions))
            let all =
                held.first.enumerated().map { ($0.offset + 1, $0.element) }
                + held.others.values.map { ($0.link.sequence, $0.entry) }
            for (sequence, entry) in all where standings[entry.hash] != .left {
                placed.append(
                    Placed(
                        kiosk: kiosk, sequence: sequence, entry: entry,
                        branch: standings[entry.hash]))
            }
            digested.append(
                DigestedJournal(
                    kiosk: kiosk, through: branches.through, head: branches.head,
                    beyond: branches.beyond))
        }
        let year = Merging.fold(person, year, placed, by: policy)
        let row = SetHash(of: try CompactJSON.encode(year))
        return (ledgerDigest(digested, sets: ["year": row]), year)
    }
}
