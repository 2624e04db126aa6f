import Allotting
import Cataloguing
import Journaling
import Pricing
import Rules
import Settling
import Vocabulary

/// An entry in the place that decides its order in the ledger.
public struct Placed: Hashable, Sendable {
    public let kiosk: KioskID
    public let sequence: Int
    public let entry: Entry
    /// How an entry beyond a fork stands; `nil` on the trunk of its journal.
    public let branch: Branches.Standing?

    public init(
        kiosk: KioskID, sequence: Int, entry: Entry, branch: Branches.Standing? = nil
    ) {
        self.kiosk = kiosk
        self.sequence = sequence
        self.entry = entry
        self.branch = branch
    }

    public var reference: EntryReference {
        EntryReference(kiosk: kiosk, sequence: sequence, hash: branch == nil ? nil : entry.hash)
    }

    /// Kept and shown, but moving no money until a person has decided.
    public var isHeld: Bool { branch == .held }
}

/// Names an entry anywhere in the county.
public struct EntryReference: Hashable, Sendable, Codable {
    public let kiosk: KioskID
    public let sequence: Int
    /// Tells the branches of a forked journal apart; `nil` on the trunk.
    public let hash: Fingerprint?

    public init(kiosk: KioskID, sequence: Int, hash: Fingerprint? = nil) {
        self.kiosk = kiosk
        self.sequence = sequence
        self.hash = hash
    }
}

extension EntryReference: Comparable {
    public static func < (a: EntryReference, b: EntryReference) -> Bool {
        (a.kiosk, a.sequence, a.hash ?? .zero) < (b.kiosk, b.sequence, b.hash ?? .zero)
    }
}

extension Placed {
    /// Canonical order: business day, kiosk, sequence, and between branches the hash. It depends on
    /// nothing but the entry, so every server sorts alike whatever arrived first.
    static func canonical(_ a: Placed, _ b: Placed) -> Bool {
        (a.entry.header.day, a.kiosk, a.sequence, a.entry.hash)
            < (b.entry.header.day, b.kiosk, b.sequence, b.entry.hash)
    }
}

/// One person's year as the set of all entries gives it.
public struct PersonYear: Hashable, Sendable, Codable {
    public let person: PersonNumber
    public let year: Int
    /// Counters after all visits, priced in canonical order.
    public var standing: Standing
    /// What was settled at the kiosks, voids taken off.
    public var claimed = Totals()
    /// What is due when every visit is priced with full knowledge.
    public var due = Totals()
    /// Visits whose amounts differ from what is due.
    public var corrections: [Correction] = []
    /// Contributions received for this year, the standing one first.
    public var contributions: [EntryReference] = []
    public var clashes: [Clash] = []
    /// Entries on undecided branches: in no sum, but in ``standing`` and good for cover.
    public var held: [EntryReference] = []

    /// Rights to the year's limits and what has become of them; absent where none were given.
    public var rights: [RightState]?
    /// What the fund will owe in addition once rights that lie elsewhere are given back.
    public var waiting: Money?

    public struct Totals: Hashable, Sendable, Codable {
        public var visits = 0
        public var total = Money.zero
        public var fund = Money.zero
        public var deductible = Money.zero

        public init() {}

        mutating func add(_ amounts: Amounts) {
            visits += 1
            total += amounts.total
            fund += amounts.fundTotal
            deductible += amounts.deductible
        }

        /// A visit that the fund does not pay for.
        mutating func addRefused(_ amounts: Amounts) {
            visits += 1
            total += amounts.total
        }
    }

    /// One visit priced again: what the kiosk settled, what is due, and what is booked of it.
    public struct Correction: Hashable, Sendable, Codable {
        public let visit: EntryReference
        public let scheme: Scheme
        public let day: Day
        public let settled: Money
        public let due: Money
        /// By fund (national field name), what it owes in addition; negative where it paid too much.
        public let byFund: [String: Money]
        /// Who bears the difference: the person what is too little, and what is too much whom the
        /// policy or a ruling names.
        public let bearer: Adjustment.Bearer
        /// What adjustments of the county's journal have booked so far, by bearer and fund.
        public let booked: [String: [String: Money]]
        public let reason: Adjustment.Reason

        /// What the fund owes in addition; negative where it paid too much.
        public var difference: Money { due - settled }
        /// What no adjustment has booked yet, by bearer and fund; what was laid on another bearer
        /// before is taken back from there.
        public var open: [Adjustment.Bearer: [String: Money]] {
            Adjustment.Bearer.allCases.reduce(into: [:]) { open, one in
                let wanted = one == bearer ? byFund : [:]
                let left = wanted.merging(
                    (booked[one.rawValue] ?? [:]).mapValues { -$0 }, uniquingKeysWith: +
                ).filter { $0.value != .zero }
                if !left.isEmpty { open[one] = left }
            }
        }
    }

    /// What the differences of the year lay on whom; negative is borne or given back.
    public var borne: [Adjustment.Bearer: Money] {
        corrections.reduce(into: [:]) { $0[$1.bearer, default: .zero] += $1.byFund.values.sum() }
    }

    /// What people are to give back (negative) or to be given at their next visit, less what visits
    /// have settled of it.
    public var owed = Money.zero
    /// What of that visits may settle, sum by sum; absent where nothing is open. What a visit on an
    /// undecided branch has settled is no longer in it.
    public var owing: [OwedSum]?

    public init(person: PersonNumber, year: Int) {
        self.person = person
        self.year = year
        standing = Standing(year: year)
    }
}

/// The policy the county prices with again: all versions through time.
public struct Policy: Sendable {
    public let rules: Rulebook
    public let catalogue: Catalogue

    public init(rules: Rulebook, catalogue: Catalogue) {
        self.rules = rules
        self.catalogue = catalogue
    }
}
