import Journaling
import Vocabulary

/// What the county has ruled, as far as it is in effect.
///
/// A function of the set of rulings: a proposal without a second person's confirmation has none, and
/// of several on one matter the last in the county's journal holds.
public struct Rulings: Sendable {
    private struct Matter: Hashable {
        let entry: Fingerprint
        let name: String
    }

    /// A ruling and the entry that made it effective.
    public struct Effective: Hashable, Sendable {
        public let ruling: Ruling
        public let by: EntryReference
    }

    private var effective: [Matter: Effective] = [:]

    public static let none = Rulings([])

    public init(_ entries: some Sequence<Placed>) {
        let ordered = entries.compactMap { placed -> (placed: Placed, ruling: Ruling)? in
            guard case .ruling(let ruling) = placed.entry.fact else { return nil }
            return (placed, ruling)
        }.sorted { $0.placed.reference < $1.placed.reference }
        let proposals = Dictionary(grouping: ordered) { $0.placed.sequence }
        for (placed, ruling) in ordered {
            let confirmed = (ruling.confirms.flatMap { proposals[$0] } ?? []).contains {
                $0.placed.kiosk == placed.kiosk && ruling.repeats($0.ruling)
                    && $0.placed.entry.header.by != placed.entry.header.by
            }
            let matter = Matter(entry: ruling.hash, name: ruling.matter)
            let needsSecond = ruling.choice.needsSecond(over: effective[matter]?.ruling.choice)
            guard confirmed || (!needsSecond && ruling.confirms == nil) else { continue }
            effective[matter] =
                ruling.choice == .reopened ? nil : Effective(ruling: ruling, by: placed.reference)
        }
    }

    public func on(_ entry: Entry, _ matter: String) -> Effective? {
        effective[Matter(entry: entry.hash, name: matter)]
    }

    /// Everything that holds of an entry, whatever the matter.
    public func effective(on entry: Entry) -> [Effective] {
        effective.filter { $0.key.entry == entry.hash }.values.sorted { $0.by < $1.by }
    }

    /// The ruling that takes the fund's money from a visit, whatever the matter was; of several the
    /// last.
    func refusal(of entry: Entry) -> Ruling? { last(on: entry, .refused) }

    /// Who bears what the fund paid too much, where the county said so.
    func bearer(of entry: Entry) -> Adjustment.Bearer? {
        last(on: entry, .borne)?.bearer
    }

    /// Whether an entry that was kept without effect has been let in.
    public func admits(_ entry: Entry) -> Bool { last(on: entry, .admitted) != nil }

    func chosenReceipt(_ entry: Entry) -> Bool { last(on: entry, .receipt) != nil }

    private func last(on entry: Entry, _ choice: Ruling.Choice) -> Ruling? {
        effective(on: entry).last { $0.ruling.choice == choice }?.ruling
    }
}

extension [Clash] {
    /// Notes on every clash the ruling that settled it.
    func decided(by rulings: Rulings, among entries: [Placed]) -> [Clash] {
        let known = Dictionary(
            entries.map { ($0.reference, $0.entry) }, uniquingKeysWith: { first, _ in first })
        return map { clash in
            // Of several receipts any may have been chosen; else the last entry is the matter.
            let about = clash.kind == .contributionTwice ? clash.entries : clash.entries.suffix(1)
            var clash = clash
            clash.decided = about.compactMap { known[$0] }
                .compactMap { rulings.on($0, clash.kind.rawValue)?.by }.max()
            return clash
        }
    }
}
