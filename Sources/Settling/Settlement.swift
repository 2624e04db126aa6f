import Pricing
import Vocabulary

/// A settled visit: the quote's amounts, who paid the own part with what, and postings that sum to
/// zero.
///
/// There is no way to make one that does not balance.
public struct Settlement: Hashable, Sendable {
    public let amounts: Amounts
    /// What the person paid with; with ``owed`` and ``family`` it sums to ``Amounts/personPart``
    /// exactly.
    public let tenders: [Tender: Money]
    /// What the county owed and this visit settles; what the person owed is negative.
    public let owed: [OwedSum]
    /// What relatives' accounts paid, in the order in which they were asked.
    public let family: [FamilyPayment]
    public let postings: [Posting]

    public enum Fault: Error, Equatable {
        /// The tenders do not sum to what the person owes.
        case tendersDoNotSum(due: Money, tendered: Money)
        /// A negative tender; money is given back by a void, never by a settlement.
        case negativeTender(Tender)
        /// The account holds less than asked of it.
        case accountShort(balance: Money, asked: Money)
        /// More is given than the own part holds.
        case owedBeyondOwnPart(ownPart: Money, owed: Money)
        /// A relative's account may pay less than asked of it.
        case familyAccountShort(PersonNumber, balance: Money, asked: Money)
        /// A relative's account pays something or is not named.
        case negativeFamilyPayment(PersonNumber)
        /// Accounts are asked for more than accounts may pay of this bill.
        case accountsBeyondPayable(payable: Money, asked: Money)
    }

    /// What the journal calls the part that is settled against what is owed, beside the tenders.
    public static let owedWord = "owed"
}

/// Settles a quote: books the fund's part as owed to the clinic and the own part as received.
///
/// What the county owes the person pays part of the own part, what the person owes is asked for
/// beside it; the price stays what it is.
///
/// - Parameters:
///   - account: the balance the person's account is known to have.
///   - owed: what the visit settles of what is owed.
///   - family: what relatives' accounts pay beside the tenders.
///   - balances: what each relative's account may pay of this bill; nothing where it is not named.
public func settle(
    _ quote: Quote, tenders: [Tender: Money], account: Money = .zero, owed: [OwedSum] = [],
    family: [FamilyPayment] = [], balances: [PersonNumber: Money] = [:]
) throws(Settlement.Fault) -> Settlement {
    let ownPart = quote.amounts.personPart
    let due = ownPart - owed.total
    guard due >= .zero else { throw .owedBeyondOwnPart(ownPart: ownPart, owed: owed.total) }
    for (tender, amount) in tenders where amount < .zero { throw .negativeTender(tender) }
    let tendered = tenders.values.sum() + family.total
    guard tendered == due else { throw .tendersDoNotSum(due: due, tendered: tendered) }
    let drawn = tenders[.account] ?? .zero
    guard drawn == .zero || drawn <= account else {
        throw .accountShort(balance: account, asked: drawn)
    }
    try Settlement.require(
        family, beside: drawn, of: quote.paying.byAccounts, within: balances)
    return Settlement(quote.amounts, tenders.filter { $0.value != .zero }, owed, family)
}

extension Settlement {
    /// Cash for all of the own part.
    public static func inCash(_ quote: Quote) -> [Tender: Money] {
        [.cash: quote.amounts.personPart]
    }

    init(
        _ amounts: Amounts, _ tenders: [Tender: Money], _ owed: [OwedSum],
        _ family: [FamilyPayment]
    ) {
        self.amounts = amounts
        self.tenders = tenders
        self.owed = owed
        self.family = family
        postings =
            [Posting(.clinicIncome, -amounts.total), Posting(.fundReceivable, amounts.fundTotal)]
            + tenders.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { Posting($0.key.ledgerAccount, $0.value) }
            + (owed.isEmpty ? [] : [Posting(.personOwed, owed.total)])
            + (family.isEmpty ? [] : [Posting(.personAccount, family.total)])
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
    /// Personal accounts, the person's own and relatives'.
    case personAccount
    case bankCard
    /// What the county owes people, or they owe it, since a year was priced again.
    case personOwed
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
