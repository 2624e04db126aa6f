import Vocabulary

/// The county decides which branches of a forked journal count.
///
/// One clerk proposes, another confirms: only the confirming entry has effect. A later decision about
/// the same branch takes the place of an earlier one, so every decision can be reversed by an entry.
public struct BranchDecision: Hashable, Sendable, Codable {
    public var kiosk: KioskID
    /// Hashes of the first entries of branches that count; what happened there is real.
    public var counts: [Fingerprint]
    /// Hashes of the first entries of branches that do not count; they are kept all the same.
    public var leaves: [Fingerprint]
    public var reason: String
    /// Number of the proposal in the same journal; `nil` in the proposal itself.
    public var confirms: Int?

    public init(
        kiosk: KioskID, counts: [Fingerprint], leaves: [Fingerprint], reason: String,
        confirms: Int? = nil
    ) {
        self.kiosk = kiosk
        self.counts = counts.sorted()
        self.leaves = leaves.sorted()
        self.reason = reason
        self.confirms = confirms
    }

    /// Whether this repeats a proposal word for word.
    public func repeats(_ proposal: BranchDecision) -> Bool {
        proposal.confirms == nil && kiosk == proposal.kiosk && counts == proposal.counts
            && leaves == proposal.leaves
    }
}
