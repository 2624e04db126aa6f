import Cataloguing
import Vocabulary

/// What a visit is charged, before anybody has said who pays.
public struct Bill: Sendable, Equatable {
    /// Day of service: chooses the policy, whenever the bill is priced.
    public var day: Day
    public var scheme: Scheme
    public var kind: VisitKind
    public var level: InstitutionLevel
    public var lines: [Line]
    public var patient: Patient
    public var visit: Visit

    /// More lines than any prescription pad holds; a longer bill is a fault of the sender.
    public static let mostLines = 200

    /// No unit price is higher: a million yuan.
    public static let mostPrice = Money(fen: 100_000_000)

    public init(
        day: Day, scheme: Scheme, kind: VisitKind, level: InstitutionLevel, lines: [Line],
        patient: Patient = Patient(), visit: Visit = Visit()
    ) {
        self.day = day
        self.scheme = scheme
        self.kind = kind
        self.level = level
        self.lines = lines
        self.patient = patient
        self.visit = visit
    }

    /// One charged item (费用明细 feedetail).
    public struct Line: Sendable, Equatable {
        public var code: String
        public var quantity: Quantity
        /// Unit price.
        public var price: Money
        /// Terms the line brings along where the catalogue does not know the code.
        public var ownTerms: ItemTerms?

        public init(code: String, quantity: Quantity, price: Money, ownTerms: ItemTerms? = nil) {
            self.code = code
            self.quantity = quantity
            self.price = price
            self.ownTerms = ownTerms
        }

        public var amount: Money { price.cost(of: quantity) }
    }

    /// What rules may ask about the person; nothing is needed that no rule asks for.
    public struct Patient: Sendable, Hashable, Codable {
        public var birth: Day?
        public var sex: Sex?
        public var titles: [Title]?
        /// 人员类别: active, retired, student …
        public var person: String?
        public var familyDoctor: Bool?
        /// 缴费档次.
        public var tier: String?
        /// What the person has earned on top of a layer's ceiling (激励).
        public var incentive: Money?
        /// Diseases the visit is for: 慢特病 or ICD codes.
        public var diseases: [String]?

        enum CodingKeys: String, CodingKey {
            case birth = "brdy"
            case sex = "gend"
            case titles
            case person = "psn_type"
            case familyDoctor = "family_doctor"
            case tier, incentive, diseases
        }

        public init() {}
    }

    /// What rules may ask about the visit beside its kind and level.
    public struct Visit: Sendable, Hashable, Codable {
        /// Way of treatment the consult fee is for: none, intramuscular, infusion.
        public var route: String?
        /// 异地就医类别; at home where it is left out.
        public var remote: String?
        /// "manual" for a claim handed in later; direct where it is left out.
        public var claim: String?
        /// Sessions billed, such as of dialysis; one where it is left out.
        public var sessions: Int?
        /// Number of this admission in the year; counted from the standing where it is left out.
        public var admission: Int?
        /// What other layers have paid already, where only the rest is claimed here.
        public var settled: [String: Money]?

        public init() {}

        /// More sessions or admissions than a year has room for are a slip of the finger.
        public static let most = 400

        public var isPlausible: Bool {
            (1...Visit.most).contains(sessions ?? 1) && (1...Visit.most).contains(admission ?? 1)
                && (settled ?? [:]).allSatisfy {
                    Fund(rawValue: $0.key) != nil && $0.value >= .zero
                }
        }
    }
}

/// What decides how much of a line enters the scope.
public struct ItemTerms: Sendable, Equatable {
    public var itemClass: ItemClass
    /// Own share first; the region's usual one for class B where it is `nil`.
    public var ownShare: Share?
    public var priceLimit: Money?
    public var feeType: FeeType

    public init(
        itemClass: ItemClass, ownShare: Share?, priceLimit: Money? = nil, feeType: FeeType = .other
    ) {
        self.itemClass = itemClass
        self.ownShare = ownShare
        self.priceLimit = priceLimit
        self.feeType = feeType
    }

    /// The terms a catalogue item has for a scheme at an institution level.
    public init(_ item: CatalogueItem, scheme: Scheme, level: InstitutionLevel) {
        self.init(
            itemClass: item.itemClass, ownShare: item.ownShare(of: scheme),
            priceLimit: item.priceLimit(at: level), feeType: item.feeType)
    }
}
