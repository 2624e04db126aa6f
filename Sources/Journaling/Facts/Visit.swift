import Identifying
import Pricing
import Settling
import Vocabulary

/// A settled visit as the journal keeps it: all that is needed to price it again and to give it
/// back.
public struct Visit: Hashable, Sendable, Codable {
    public var identity: String
    public var person: PersonNumber
    public var assurance: Assurance
    public var scheme: Scheme
    public var kind: VisitKind
    public var level: InstitutionLevel
    /// ICD-10 codes, the main diagnosis first.
    public var diagnoses: [String]
    public var lines: [Line]
    public var amounts: Amounts
    /// What paid the own part; beside the tenders what relatives' accounts paid, and what was owed,
    /// negative where it was taken.
    public var tenders: [String: Money]
    public var use: StandingUse
    /// The counters the quote started from, as the kiosk knew them.
    public var given: Standing
    /// Warnings that were overridden, each with the operator's sentence.
    public var overrides: [Override]
    /// The policy bulletin that priced it, and the day the roll was made.
    public var policy: Int
    public var rollAsOf: Instant
    /// What the rules could ask about the person and the visit, as it was on the day.
    public var patient: Bill.Patient?
    public var course: Bill.Visit?
    /// Index of the signed credential that was shown, for revocations that arrive later.
    public var credential: Int?
    /// What it took of which right; absent where no limit is divided.
    public var rights: VisitRights?
    /// What it settled of what was owed; absent where nothing was.
    public var settles: [OwedSum]?
    /// Which relatives' accounts paid how much; absent where none did.
    public var family: [FamilyPayment]?

    public struct Line: Hashable, Sendable, Codable {
        public var code: String
        public var quantity: Quantity
        public var price: Money
        /// Days the medicine lasts, where the operator stated it.
        public var days: Int?
        /// Trace codes (追溯码) of the boxes; entries from before they were scanned have none.
        public var traces: [String]?

        enum CodingKeys: String, CodingKey {
            case code = "c"
            case quantity = "q"
            case price = "p"
            case days = "d"
            case traces = "t"
        }

        public init(code: String, quantity: Quantity, price: Money, days: Int? = nil) {
            self.code = code
            self.quantity = quantity
            self.price = price
            self.days = days
        }
    }

    public struct Override: Hashable, Sendable, Codable {
        public var rule: String
        public var reason: String

        public init(rule: String, reason: String) {
            self.rule = rule
            self.reason = reason
        }
    }

    enum CodingKeys: String, CodingKey {
        case identity = "id"
        case person = "psn"
        case assurance = "by"
        case scheme = "insutype"
        case kind = "med_type"
        case level = "lv"
        case diagnoses = "dx"
        case lines = "fee"
        case amounts = "amt"
        case tenders = "paid"
        case use, given
        case overrides = "ovr"
        case policy = "pol"
        case rollAsOf = "roll"
        case patient = "who"
        case course = "how"
        case credential = "crd"
        case rights
        case settles = "ow"
        case family = "fam"
    }

    public init(
        identity: String, patient: Identified, diagnoses: [String], quote: Quote,
        settlement: Settlement, given: Standing, knowledge: Knowledge,
        overrides: [Override] = [], days: [Int?] = [], traces: [[String]?] = []
    ) {
        self.identity = identity
        person = patient.member.number
        assurance = patient.assurance
        credential = patient.assurance == .credential ? patient.member.credential : nil
        scheme = quote.bill.scheme
        kind = quote.bill.kind
        level = quote.bill.level
        self.diagnoses = diagnoses
        lines = quote.bill.lines.enumerated().map { index, line in
            var charged = Line(
                code: line.code, quantity: line.quantity, price: line.price,
                days: index < days.count ? days[index] : nil)
            charged.traces = index < traces.count ? traces[index] : nil
            return charged
        }
        amounts = settlement.amounts
        tenders = journalKeys(settlement.tenders)
        if !settlement.owed.isEmpty {
            settles = settlement.owed
            tenders[Settlement.owedWord] = settlement.owed.total
        }
        if !settlement.family.isEmpty {
            family = settlement.family
            tenders[Settlement.familyWord] = settlement.family.total
        }
        use = quote.use
        self.given = given.relevant(on: quote.bill.day)
        self.overrides = overrides
        policy = knowledge.policy
        rollAsOf = knowledge.rollAsOf
        self.patient = quote.bill.patient == Bill.Patient() ? nil : quote.bill.patient
        course = quote.bill.visit == Bill.Visit() ? nil : quote.bill.visit
    }

    /// What was typed, to find it typed again.
    public var content: VisitContent {
        VisitContent(
            diagnoses: diagnoses,
            charges: lines.map {
                VisitContent.Charge(code: $0.code, quantity: $0.quantity, price: $0.price)
            })
    }

    /// The bill as it was charged, to be priced again.
    public func bill(on day: Day) -> Bill {
        Bill(
            day: day, scheme: scheme, kind: kind, level: level,
            lines: lines.map { Bill.Line(code: $0.code, quantity: $0.quantity, price: $0.price) },
            patient: patient ?? Bill.Patient(), visit: course ?? Bill.Visit())
    }

    /// The bound it was priced within.
    public var bounds: Bounds { rights?.bounds ?? .none }

    /// Relatives whose rights it took, each once; `nil` where there are none.
    var ownersOfRights: [PersonNumber]? {
        let others = Set((rights?.parts ?? []).compactMap(\.owner)).sorted()
        return others.isEmpty ? nil : others
    }
}

/// Which knowledge a decision rested on, so that a stale one can be told from a wrong one.
public struct Knowledge: Hashable, Sendable {
    /// Version of the policy manifest held.
    public var policy: Int
    public var rollAsOf: Instant

    public init(policy: Int, rollAsOf: Instant) {
        self.policy = policy
        self.rollAsOf = rollAsOf
    }
}

/// The reversal of a visit: a mirror image, so that every counter returns to where it was.
public struct VisitVoid: Hashable, Sendable, Codable {
    public var identity: String
    /// Sequence number of the visit in the same journal.
    public var voids: Int
    public var visit: String
    public var person: PersonNumber
    public var amounts: Amounts
    public var tenders: [String: Money]
    public var use: StandingUse
    public var reason: String
    /// Relatives whose rights the visit had taken; absent where there were none.
    public var owners: [PersonNumber]?
    /// What the visit had settled of what is owed, and is owed again; absent where it was nothing.
    public var settles: [OwedSum]?
    /// What goes back to which relative's account, below zero; absent where none had paid.
    public var family: [FamilyPayment]?

    enum CodingKeys: String, CodingKey {
        case identity = "id"
        case voids, visit
        case person = "psn"
        case amounts = "amt"
        case tenders = "paid"
        case use, reason
        case owners = "own"
        case settles = "ow"
        case family = "fam"
    }

    public init(identity: String, of visit: Visit, sequence: Int, reason: String) {
        self.identity = identity
        voids = sequence
        self.visit = visit.identity
        person = visit.person
        amounts = -visit.amounts
        tenders = visit.tenders.mapValues { -$0 }
        use = -visit.use
        self.reason = reason
        owners = visit.ownersOfRights
        settles = visit.settles.map { $0.map { -$0 } }
        family = visit.family.map { $0.map { -$0 } }
    }
}

/// Tenders under the words the journal uses.
func journalKeys(_ tenders: [Tender: Money]) -> [String: Money] {
    Dictionary(uniqueKeysWithValues: tenders.map { ($0.key.rawValue, $0.value) })
}

/// Tenders read back; a word this version does not know is left out.
public func tenders(_ journaled: [String: Money]) -> [Tender: Money] {
    Dictionary(
        uniqueKeysWithValues: journaled.compactMap { word, amount in
            Tender(rawValue: word).map { ($0, amount) }
        })
}
