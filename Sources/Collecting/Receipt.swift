import Settling
import Vocabulary

/// A block of pre-allocated receipt numbers (票据号段) that a desk holds and uses in order.
///
/// Source: receipts are numbered by the finance office before use: an 8-digit code and a 10-digit
/// number.
public struct ReceiptBlock: Hashable, Sendable, Codable {
    /// 票据代码, 8 digits.
    public let code: String
    public let first: Int
    public let last: Int

    public init?(code: String, first: Int, last: Int) {
        guard code.utf8.count == 8, first > 0, first <= last, last <= 9_999_999_999 else {
            return nil
        }
        self.code = code
        self.first = first
        self.last = last
    }

    /// The receipt after `used`; `nil` when the block is used up.
    public func next(after used: Int?) -> Int? {
        let next = max(first, (used ?? 0) + 1)
        return next <= last ? next : nil
    }

    public func left(after used: Int?) -> Int { max(0, last - max(first - 1, used ?? 0)) }
}

/// A receipt number as it is printed: ten digits.
public func receiptNumber(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
}

/// One household's contribution on one receipt; sums to what was tendered.
public struct Contribution: Hashable, Sendable {
    public let household: String
    public let year: Int
    public let dues: [Due]
    public let tenders: [Tender: Money]
    public let postings: [Posting]

    public enum Fault: Error, Equatable {
        case nobodyChosen
        /// All dues of one receipt are of one year.
        case mixedYears
        case tendersDoNotSum(due: Money, tendered: Money)
        /// The policy of this desk does not take this kind of money.
        case tenderNotAllowed(Tender)
    }

    public var total: Money { dues.sum { $0.toPay } }
}

/// Collects the chosen dues of a household.
///
/// - Parameter allowed: the tenders this desk may take.
public func collect(
    _ dues: [Due], household: String, tenders: [Tender: Money], allowed: Set<Tender>
) throws(Contribution.Fault) -> Contribution {
    guard let year = dues.first?.year else { throw .nobodyChosen }
    guard dues.allSatisfy({ $0.year == year }) else { throw .mixedYears }
    let total = dues.sum { $0.toPay }
    let taken = tenders.filter { $0.value != .zero }
    for tender in taken.keys where !allowed.contains(tender) { throw .tenderNotAllowed(tender) }
    guard taken.values.sum() == total, taken.values.allSatisfy({ $0 > .zero }) else {
        throw .tendersDoNotSum(due: total, tendered: taken.values.sum())
    }
    let postings =
        [Posting(.contributions, -total)]
        + taken.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { Posting($0.key.ledgerAccount, $0.value) }
    precondition(postings.sum { $0.amount } == .zero, "a contribution sums to zero")
    return Contribution(
        household: household, year: year, dues: dues, tenders: taken, postings: postings)
}
