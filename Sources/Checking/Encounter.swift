import Identifying
import Rules
import Vocabulary

/// A visit being entered, as the checks see it.
public struct Encounter: Sendable {
    public var member: Member
    public var eligibility: Eligibility
    public var day: Day
    public var kind: VisitKind
    public var level = InstitutionLevel.village
    /// ICD-10 codes; empty while none is entered yet.
    public var diagnoses: [String] = []
    public var items: [Item]
    /// What this device knows the person received before, newest last.
    public var history: [Dispensed]
    public var staff = Staff()
    /// The moment of settling; without it nothing is said about the time.
    public var at: Instant?
    /// Settlements of this clinic lately, of anybody.
    public var lately: [Settled] = []
    /// Trace codes this clinic has sold before.
    public var soldTraces: Set<String> = []
    /// The personal or family account pays.
    public var paysFromAccount = false

    public init(
        member: Member, eligibility: Eligibility, day: Day, kind: VisitKind, items: [Item],
        history: [Dispensed]
    ) {
        self.member = member
        self.eligibility = eligibility
        self.day = day
        self.kind = kind
        self.items = items
        self.history = history
    }

    /// One line being entered.
    public struct Item: Sendable, Hashable {
        public var code: String
        public var feeType: FeeType
        public var price: Money
        public var priceLimit: Money?
        /// Days the quantity lasts; `nil` for services.
        public var days: Int?
        public var quantity = Quantity.one
        /// What the clinic buys it for, where that is published (零差率、集采价).
        public var purchasePrice: Money?
        /// Trace codes (追溯码) scanned from the boxes.
        public var traces: [String] = []

        public init(
            code: String, feeType: FeeType, price: Money, priceLimit: Money?, days: Int?
        ) {
            self.code = code
            self.feeType = feeType
            self.price = price
            self.priceLimit = priceLimit
            self.days = days
        }

        var isDrug: Bool { feeType.isDrug }
        /// Boxes bear trace codes; herbal pieces do not yet.
        var isBoxed: Bool { feeType == .westernMedicine || feeType == .patentMedicine }
    }

    /// Something received earlier.
    public struct Dispensed: Sendable, Hashable {
        public var day: Day
        public var code: String
        public var feeType: FeeType
        public var days: Int?
        public var quantity: Quantity

        public init(
            day: Day, code: String, feeType: FeeType, days: Int?, quantity: Quantity = .one
        ) {
            self.day = day
            self.code = code
            self.feeType = feeType
            self.days = days
            self.quantity = quantity
        }
    }

    /// Until when doctor and clinic may settle; `nil` where the county says nothing.
    public struct Staff: Sendable, Hashable {
        public var licensedThrough: Day?
        /// Off duty or suspended through this day.
        public var suspendedThrough: Day?
        public var agreementThrough: Day?

        public init(
            licensedThrough: Day? = nil, suspendedThrough: Day? = nil, agreementThrough: Day? = nil
        ) {
            self.licensedThrough = licensedThrough
            self.suspendedThrough = suspendedThrough
            self.agreementThrough = agreementThrough
        }
    }

    /// Whose card was used here, and when.
    public struct Settled: Sendable, Hashable {
        public var person: PersonNumber
        public var at: Instant
        /// What was typed.
        public var content: VisitContent

        public init(person: PersonNumber, at: Instant, content: VisitContent) {
            self.person = person
            self.at = at
            self.content = content
        }
    }
}

extension Encounter {
    var content: VisitContent {
        VisitContent(
            diagnoses: diagnoses,
            charges: items.map {
                VisitContent.Charge(code: $0.code, quantity: $0.quantity, price: $0.price)
            })
    }

    /// What rows of a rule may ask about this visit.
    var circumstances: Circumstances {
        var circumstances = Circumstances()
        circumstances.state(.kind, kind.rawValue)
        circumstances.state(.level, level.rawValue)
        circumstances.state(.sex, member.sex.rawValue)
        circumstances.state(.age, day.age(bornOn: member.birth))
        circumstances.state(.title, member.titles.map(\.rawValue))
        circumstances.state(.disease, member.recognitions.map(\.disease) + diagnoses)
        circumstances.state(.familyDoctor, member.familyDoctor ? "yes" : "no")
        return circumstances
    }
}

extension FeeType {
    var isDrug: Bool {
        self == .westernMedicine || self == .patentMedicine || self == .herbalPieces
    }
}
