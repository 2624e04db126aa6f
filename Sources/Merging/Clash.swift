import Journaling
import Pricing
import Vocabulary

/// Two or more entries that cannot all stand as they are; every one of them is kept.
public struct Clash: Hashable, Sendable, Codable, Comparable {
    public let kind: Kind
    /// The entries on both sides, the one that stands first.
    public let entries: [EntryReference]
    /// Money at stake, in fen: what the fund owes (positive) or is owed back (negative), or the
    /// contribution to refund.
    public let amount: Money
    /// A technical line for the person on the phone; screens compose their own sentence.
    public let detail: String
    /// The county's entry that settled it; `nil` while the default holds.
    public internal(set) var decided: EntryReference?

    /// Each kind is a file in `Clashes/`, with its class and default.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case deductibleTwice, limitOverspent, policyOutOfDate, contributionTwice, fork
        case unpriceable, unreadable
        case receiptTwice, receiptSkipped, receiptOutsideBlock, traceCodeTwice, clockWrong
        case owedTwice, contactChangedTwice, accountOverspent, visitTwice, refusalOutlived
    }

    init(_ kind: Kind, _ entries: [EntryReference], amount: Money = .zero, detail: String = "") {
        self.kind = kind
        self.entries = entries
        self.amount = amount
        self.detail = detail
    }

    public static func < (a: Clash, b: Clash) -> Bool {
        if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
        for (left, right) in zip(a.entries, b.entries) where left != right {
            return left < right
        }
        return a.entries.count < b.entries.count
    }
}

extension Clash.Kind {
    /// How the default settles it without last-writer-wins.
    public enum Class: String, Sendable {
        case commutes, rights, firstValidWins, personDecides
    }

    public var mergeClass: Class {
        switch self {
        case .deductibleTwice, .policyOutOfDate, .contactChangedTwice: .commutes
        case .limitOverspent, .accountOverspent: .rights
        case .contributionTwice, .owedTwice: .firstValidWins
        case .fork, .unpriceable, .unreadable, .receiptTwice, .receiptSkipped,
            .receiptOutsideBlock, .traceCodeTwice, .clockWrong, .visitTwice,
            .refusalOutlived:
            .personDecides
        }
    }
}

extension Clash {
    /// Whether a person is to look at it; the others are settled by their default.
    public var waits: Bool { kind.mergeClass == .personDecides && decided == nil }
}

/// Compares three views of one visit: as settled, with the kiosk's own knowledge under today's
/// policy, and with full knowledge.
func clashes(
    _ placed: Placed, _ visit: Visit, _ known: Quote, _ full: Quote, _ spenders: [Spender]
) -> [Clash] {
    policyOutOfDate(placed, visit, known) + deductibleTwice(placed, known, full, spenders)
        + limitOverspent(placed, known, full, spenders)
}
