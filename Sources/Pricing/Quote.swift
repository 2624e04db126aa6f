import Rules
import Vocabulary

/// How one line of the bill splits before any benefit is paid; the four parts sum to the amount.
public struct LineSplit: Hashable, Sendable {
    public let code: String
    public let itemClass: ItemClass
    public let feeType: FeeType
    public let amount: Money
    public var outside: Money = .zero
    public var overLimit: Money = .zero
    public var ownShareFirst: Money = .zero

    /// What is left to enter the scope.
    public var inScope: Money { amount - outside - overLimit - ownShareFirst }
}

/// One step of the derivation: what was decided, by which rule, with which arithmetic.
public struct Reason: Hashable, Sendable, Codable {
    /// The article that spoke: "deductible", "rate" …
    public let article: Article
    /// The benefit or layer it spoke for; `nil` where the whole bill is meant.
    public let layer: String?
    /// Line of the bill, counted from 1; `nil` where no single line is meant.
    public let line: Int?
    /// The result of the arithmetic, in fen.
    public let amount: Money
    /// The arithmetic itself, computable from the text alone: "(120.00 - 20.00) × 50% = 50.00".
    public let arithmetic: String
    public let citations: [Citation]

    public init(
        _ article: Article, layer: String? = nil, line: Int? = nil, amount: Money,
        _ arithmetic: String, _ citations: [Citation] = []
    ) {
        self.article = article
        self.layer = layer
        self.line = line
        self.amount = amount
        self.arithmetic = arithmetic
        self.citations = citations
    }
}

/// The steps of pricing in their order; each is a file in `Articles/`.
public enum Article: String, Sendable, Codable, CaseIterable {
    case outsideCatalogue, abovePriceLimit, ownShareFirst, inScope, institutionPart
    case settledElsewhere, entering, visitCount, costLimit, deductible
    case rate, bands, fixedAmount, payLimit, heldHere
    case personPart
}

/// Who would pay what for a bill, and why; nothing has happened yet.
public struct Quote: Sendable, Equatable {
    public let bill: Bill
    public let lines: [LineSplit]
    public let amounts: Amounts
    /// The rate that applied (统筹基金支付比例).
    public let rate: Share
    /// What accounts may pay of the person's part, and in which coins the rest is asked.
    public let paying: PayingTerms
    public let reasons: [Reason]
    public let use: StandingUse
    /// The counters after this bill, to be given to the next.
    public let standing: Standing
}
