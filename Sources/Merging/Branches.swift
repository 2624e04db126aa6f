import Vocabulary

/// An entry's place in the chain of its journal, without what it says.
public struct Link: Hashable, Sendable {
    public let sequence: Int
    public let hash: Fingerprint
    /// Hash of the entry before; zero before the first.
    public let previous: Fingerprint

    public init(sequence: Int, hash: Fingerprint, previous: Fingerprint) {
        self.sequence = sequence
        self.hash = hash
        self.previous = previous
    }
}

/// One journal as the set of everything its device ever signed: a trunk on which nothing is
/// contested, and what lies beyond it.
///
/// A function of the set of links, so no arrival order can favour a branch.
public struct Branches: Sendable {
    /// The trunk reaches from the first entry through this number.
    public let through: Int
    public let head: Fingerprint
    /// The first number under which the device said two things; `nil` for a sound journal.
    public let forkedAt: Int?
    /// Everything beyond the trunk, by number and hash.
    public let beyond: [Link]

    /// - Parameters:
    ///   - links: entries behind `base`; repeated ones count once.
    ///   - base: a place known to lie on the trunk.
    public init(_ links: some Sequence<Link>, after base: (sequence: Int, hash: Fingerprint)) {
        let links = Set(links)
        let bySequence = Dictionary(grouping: links, by: \.sequence)
        var (through, head) = base
        while let next = bySequence[through + 1], next.count == 1, next[0].previous == head {
            (through, head) = (through + 1, next[0].hash)
        }
        self.through = through
        self.head = head
        beyond = links.filter { $0.sequence > through }
            .sorted { ($0.sequence, $0.hash) < ($1.sequence, $1.hash) }
        forkedAt = beyond.first?.sequence
    }

    /// What becomes of an entry beyond the trunk.
    public enum Standing: Int, Sendable {
        /// Decided: it counts like any other.
        case counts = 1
        /// Undecided: it moves no money, and nobody loses what was done there.
        case held = 2
        /// Decided: it does not count; it is kept.
        case left = 3
    }

    /// Where a branch begins: what contests the first number or follows one entry twice, and what
    /// has no known predecessor.
    public var starts: [Link] {
        let known = Set(beyond.map(\.hash))
        let children = Dictionary(grouping: beyond, by: \.previous)
        return beyond.filter { link in
            link.sequence == forkedAt || (children[link.previous]?.count ?? 0) > 1
                || (link.previous != head && !known.contains(link.previous))
        }
    }

    /// By entry, the start of the branch it lies in.
    public func runs() -> [Fingerprint: Fingerprint] {
        let starts = Set(starts.map(\.hash))
        return beyond.reduce(into: [:]) { runs, link in
            runs[link.hash] =
                starts.contains(link.hash) ? link.hash : runs[link.previous] ?? link.hash
        }
    }

    /// The standing of every entry beyond the trunk under the county's decisions.
    ///
    /// - Parameter decided: by the first entry of a branch, whether it counts.
    public func standings(_ decided: [Fingerprint: Bool]) -> [Fingerprint: Standing] {
        let starts = Set(starts.map(\.hash))
        var found: [Fingerprint: Standing] = [:]
        for link in beyond {
            let inherited = found[link.previous] ?? .counts
            guard starts.contains(link.hash) else {
                found[link.hash] = inherited
                continue
            }
            switch decided[link.hash] {
            case nil: found[link.hash] = inherited == .left ? .left : .held
            case true?: found[link.hash] = inherited
            case false?: found[link.hash] = .left
            }
        }
        return found
    }
}

/// A decision as it stands in the county's journal.
public struct StoredDecision: Hashable, Sendable, Codable {
    public let office: KioskID
    public let sequence: Int
    public let by: String
    public let counts: [Fingerprint]
    public let leaves: [Fingerprint]
    public let confirms: Int?

    public init(
        office: KioskID, sequence: Int, by: String, counts: [Fingerprint], leaves: [Fingerprint],
        confirms: Int?
    ) {
        self.office = office
        self.sequence = sequence
        self.by = by
        self.counts = counts
        self.leaves = leaves
        self.confirms = confirms
    }

    /// Whether this makes a proposal effective: the same words by another person.
    func confirms(_ proposal: StoredDecision) -> Bool {
        office == proposal.office && confirms == proposal.sequence && proposal.confirms == nil
            && by != proposal.by && counts == proposal.counts && leaves == proposal.leaves
    }
}

/// By branch, whether it counts: confirmed by a second person, the latest confirmation last.
public func effect(of decisions: [StoredDecision]) -> [Fingerprint: Bool] {
    let ordered = decisions.sorted { ($0.office, $0.sequence) < ($1.office, $1.sequence) }
    return ordered.reduce(into: [:]) { effect, decision in
        guard ordered.contains(where: decision.confirms) else { return }
        for hash in decision.counts { effect[hash] = true }
        for hash in decision.leaves { effect[hash] = false }
    }
}
