import Journaling
import Vocabulary

/// Somebody confirmed their own proposal: a branch, a ruling, the closing of a month.
///
/// A person decides: it is kept and has no effect; another clerk has to confirm.
///
/// - Parameter proposal: what stands in the same journal under the number that is confirmed.
/// - Returns: why it has no effect; `nil` where it has.
public func ownApproval(_ placed: Placed, proposal: Placed?) -> String? {
    guard placed.confirmsNumber != nil else { return nil }
    guard let proposal, proposal.sequence < placed.sequence,
        placed.entry.fact.confirms(proposal.entry.fact)
    else { return ApprovalFault.unknown }
    return proposal.entry.header.by == placed.entry.header.by ? ApprovalFault.own : nil
}

/// Why a confirmation has no effect, as it stands beside the entry that was set aside.
public enum ApprovalFault {
    public static let unknown = "confirms what nobody proposed"
    public static let own = "approves own work"
}

extension Placed {
    /// Number in the same journal of the proposal this one confirms.
    public var confirmsNumber: Int? {
        switch entry.fact {
        case .branchDecision(let decision): decision.confirms
        case .ruling(let ruling): ruling.confirms
        case .monthClosed(let closed): closed.confirms
        default: nil
        }
    }
}

extension Fact {
    /// Whether this says the same as a proposal.
    fileprivate func confirms(_ proposal: Fact) -> Bool {
        switch (self, proposal) {
        case (.branchDecision(let own), .branchDecision(let other)): own.repeats(other)
        case (.ruling(let own), .ruling(let other)): own.repeats(other)
        case (.monthClosed(let closed), .monthProposed(let proposed)):
            closed.month == proposed.month
        default: false
        }
    }
}
