import Pricing
import Vocabulary

/// A settled visit: the quote's amounts, who paid the own part with what, and postings that sum to
/// zero.
///
/// There is no way to make one that does not balance.
public struct Settlement: Hashable, Sendable {
    public let amounts: Amounts
    /// How the person paid ``Amounts/personPart``; sums to it exactly.
    public let tenders: [Tender: Money]
    public let postings: [Posting]

    public enum Fault: Error, Equatable {
        /// The tenders do not sum to what the person owes.
        case tendersDoNotSum(due: Money, tendered: Money)
        /// A negative tender; money is given back by a void, never by a settlement.
        case negativeTender(Tender)
        /// The account holds less than asked of it.
        case accountShort(balance: Money, asked: Money)
    }
}

/// Settles a quote: books the fund's part as owed to the clinic and the own part as received.
///
/// - Parameter account: the balance the person's account is known to have.
public func settle(
    _ quote: Quote, tenders: [Tender: Money], account: Money = .zero
) throws(Settlement.Fault) -> Settlement {
    let due = quote.amounts.personPart
    for (tender, amount) in tenders where amount < .zero { throw .negativeTender(tender) }
    let tendered = tenders.values.sum()
    guard tendered == due else { throw .tendersDoNotSum(due: due, tendered: tendered) }
    let drawn = tenders[.account] ?? .zero
    guard drawn == .zero || drawn <= account else {
        throw .accountShort(balance: account, asked: drawn)
    }
    return Settlement(quote.amounts, tenders.filter { $0.value != .zero })
}

extension Settlement {
    /// Cash for all of the own part.
    public static func inCash(_ quote: Quote) -> [Tender: Money] {
        [.cash: quote.amounts.personPart]
    }

    init(_ amounts: Amounts, _ tenders: [Tender: Money]) {
        self.amounts = amounts
        self.tenders = tenders
        postings =
            [Posting(.clinicIncome, -amounts.total), Posting(.fundReceivable, amounts.fundTotal)]
            + tenders.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { Posting($0.key.ledgerAccount, $0.value) }
        precondition(postings.sum { $0.amount } == .zero, "a settlement sums to zero")
    }
}

/// One side of the double entry; debits are positive.
public struct Posting: Hashable, Sendable, Codable {
    public let account: LedgerAccount
    public let amount: Money

    public init(_ account: LedgerAccount, _ amount: Money) {
        self.account = account
        self.amount = amount
    }
}

/// The named accounts that every entry of money posts to.
public enum LedgerAccount: String, Sendable, Codable, CaseIterable {
    /// What the clinic earned by treating.
    case clinicIncome
    /// What the fund owes the clinic.
    case fundReceivable
    case cashDrawer
    case personAccount
    case bankCard
    /// Contributions received for the fund and not yet handed over.
    case contributions
}

extension Tender {
    public var ledgerAccount: LedgerAccount {
        switch self {
        case .cash: .cashDrawer
        case .account: .personAccount
        case .bankCard: .bankCard
        }
    }
}
