import Vocabulary

/// The county books the difference between what a visit was settled at and what was due.
///
/// Nothing is ever edited: the visit stays as it was, and this entry says what it came to and why.
public struct Adjustment: Hashable, Sendable, Codable {
    public var identity: String
    public var person: PersonNumber
    public var year: Int
    /// The visit: its journal, its number, and beyond a fork its hash.
    public var kiosk: KioskID
    public var sequence: Int
    public var hash: Fingerprint?
    public var scheme: Scheme
    /// By fund (national field name), what it owes in addition; negative where it paid too much.
    public var difference: [String: Money]
    public var reason: Reason
    public var bearer: Bearer
    /// The visit's month was closed before; the difference stands in the open one.
    public var isLate: Bool

    /// Why the amounts differ.
    public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
        /// Another price or parameter was in force on the day.
        case policyOutOfDate
        case deductibleTwice
        case limitOverspent
        /// The kiosk held no right to it, and the fund's part follows.
        case fundFollows
        /// The visit was adjusted before and has been voided, or no longer counts.
        case takenBack
        /// The county ruled that the fund does not pay for the visit.
        case refused
        /// Something else of the year changed, such as an entry that came late.
        case yearChanged
    }

    /// Who bears what a fund paid too much; what it paid too little is always the person's.
    public enum Bearer: String, Hashable, Sendable, Codable, CaseIterable {
        /// The fund absorbs it.
        case fund
        /// The person gives it back, or is given it, at the next visit.
        case person
        case clinic
    }

    public init(
        identity: String, person: PersonNumber, year: Int, kiosk: KioskID, sequence: Int,
        hash: Fingerprint?, scheme: Scheme, difference: [String: Money], reason: Reason,
        bearer: Bearer, isLate: Bool
    ) {
        self.identity = identity
        self.person = person
        self.year = year
        self.kiosk = kiosk
        self.sequence = sequence
        self.hash = hash
        self.scheme = scheme
        self.difference = difference.filter { $0.value != .zero }
        self.reason = reason
        self.bearer = bearer
        self.isLate = isLate
    }

    public var total: Money { difference.values.sum() }
}

/// One clerk asks for a month to be closed; another closes it.
public struct MonthProposed: Hashable, Sendable, Codable {
    public var month: Month

    public init(month: Month) { self.month = month }
}

/// The county closed a month: what it held then stands, what comes later goes into an open month.
public struct MonthClosed: Hashable, Sendable, Codable {
    public var month: Month
    /// The highest entry merged, by kiosk; everything after it is late for this month.
    public var through: [String: Int]
    /// Of journals that were forked by then, the last entry of the trunk and of every branch that
    /// counted; what lies behind one of them stood in the books. Absent where there were none.
    public var heads: [String: [Fingerprint]]?
    /// Number of the proposal in the same journal; absent in the earliest closings.
    public var confirms: Int?

    public init(
        month: Month, through: [String: Int], heads: [String: [Fingerprint]]? = nil,
        confirms: Int? = nil
    ) {
        self.month = month
        self.through = through
        self.heads = heads
        self.confirms = confirms
    }
}

/// The county found a journal forked after a month was closed with it: what stood in the books by
/// then, so that closed months stay as they are.
public struct ForkFound: Hashable, Sendable, Codable {
    public var kiosk: KioskID
    /// The last entry of the journal that stood in the books.
    public var head: Fingerprint

    public init(kiosk: KioskID, head: Fingerprint) {
        self.kiosk = kiosk
        self.head = head
    }
}
