import Rules
import Vocabulary

/// A settled visit as the county sees it beside those of all other clinics; voided ones are left
/// out before.
public struct MergedVisit: Hashable, Sendable {
    public var entry: Reference
    public var institution: String
    public var level: InstitutionLevel
    public var person: PersonNumber
    public var day: Day
    public var at: Instant
    public var kind: VisitKind
    public var total: Money
    public var items: [Item]
    /// What the roll says against paying on that day: the rule that decided and its figures.
    public var excluded: Exclusion?
    /// When the roll was made that the kiosk went by.
    public var rollAsOf: Instant?
    /// Index of the credential that was shown.
    public var credential: Int?

    /// Why the fund does not pay for somebody.
    public struct Exclusion: Hashable, Sendable {
        public let rule: String
        public let figures: String

        public init(rule: String, figures: String) {
            self.rule = rule
            self.figures = figures
        }
    }

    public init(
        entry: Reference, institution: String, level: InstitutionLevel, person: PersonNumber,
        day: Day, at: Instant, kind: VisitKind, total: Money, items: [Item]
    ) {
        self.entry = entry
        self.institution = institution
        self.level = level
        self.person = person
        self.day = day
        self.at = at
        self.kind = kind
        self.total = total
        self.items = items
    }

    /// The entry in its kiosk's journal.
    public struct Reference: Hashable, Sendable, Comparable {
        public let kiosk: KioskID
        public let sequence: Int

        public init(kiosk: KioskID, sequence: Int) {
            self.kiosk = kiosk
            self.sequence = sequence
        }

        public static func < (a: Self, b: Self) -> Bool {
            (a.kiosk, a.sequence) < (b.kiosk, b.sequence)
        }
    }

    public struct Item: Hashable, Sendable {
        public var code: String
        public var feeType: FeeType
        public var quantity: Quantity
        public var days: Int?
        /// Part of an infusion, by the catalogue's mark.
        public var isInfusion: Bool

        public init(
            code: String, feeType: FeeType, quantity: Quantity, days: Int?,
            isInfusion: Bool = false
        ) {
            self.code = code
            self.feeType = feeType
            self.quantity = quantity
            self.days = days
            self.isInfusion = isInfusion
        }
    }

    /// Day, then clinic: the same order on every server.
    static func canonical(_ a: MergedVisit, _ b: MergedVisit) -> Bool {
        (a.day, a.at, a.entry) < (b.day, b.at, b.entry)
    }
}

/// What else the county may know when it looks at all visits together.
public struct Surroundings: Sendable {
    public var stays: [Stay]
    public var purchases: [Purchase]
    /// Credentials that are good no more, with the day they were reported.
    public var revoked: [Int: Day]

    public init(stays: [Stay] = [], purchases: [Purchase] = [], revoked: [Int: Day] = [:]) {
        self.stays = stays
        self.purchases = purchases
        self.revoked = revoked
    }

    /// A hospital stay; the days of admission and discharge are both spent at home in part.
    public struct Stay: Hashable, Sendable, Codable {
        public var person: PersonNumber
        public var from: Day
        public var to: Day

        public init(person: PersonNumber, from: Day, to: Day) {
            self.person = person
            self.from = from
            self.to = to
        }
    }

    /// Stock a clinic took in.
    public struct Purchase: Hashable, Sendable, Codable {
        public var institution: String
        public var code: String
        public var quantity: Quantity
        public var day: Day

        public init(institution: String, code: String, quantity: Quantity, day: Day) {
            self.institution = institution
            self.code = code
            self.quantity = quantity
            self.day = day
        }
    }
}

/// What all clinics together show, with the entries it shows in.
public struct MergedFinding: Hashable, Sendable {
    public let check: Check
    public let severity: Severity
    /// In canonical order; never empty.
    public let visits: [MergedVisit.Reference]
    public let institution: String
    /// Whom it is about; `nil` where it is about a clinic.
    public let person: PersonNumber?
    public let day: Day
    public let evidence: [String: String]
    public let citation: Citation

    init(
        _ rule: ReviewRule, _ visits: [MergedVisit], about person: PersonNumber? = nil,
        _ evidence: [String: String], _ citation: Citation? = nil, as severity: Severity? = nil
    ) {
        let ordered = visits.sorted(by: MergedVisit.canonical)
        precondition(!ordered.isEmpty, "a finding shows in some entry")
        check = rule.check
        self.severity = severity ?? rule.severity
        self.visits = ordered.map(\.entry)
        self.person = person
        institution = ordered[ordered.count - 1].institution
        day = ordered[ordered.count - 1].day
        self.evidence = evidence
        self.citation = citation ?? rule.citation
    }
}
