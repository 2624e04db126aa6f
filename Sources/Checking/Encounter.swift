import Identifying
import Rules
import Vocabulary

/// A visit being entered, as the checks see it.
public struct Encounter: Sendable {
    public var member: Member
    public var eligibility: Eligibility
    public var day: Day
    public var kind: VisitKind
    public var items: [Item]
    /// What this device knows the person received before, newest last.
    public var history: [Dispensed]

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

        public init(
            code: String, feeType: FeeType, price: Money, priceLimit: Money?, days: Int?
        ) {
            self.code = code
            self.feeType = feeType
            self.price = price
            self.priceLimit = priceLimit
            self.days = days
        }

        var isDrug: Bool {
            [.westernMedicine, .patentMedicine, .herbalPieces].contains(feeType)
        }
    }

    /// Something received earlier.
    public struct Dispensed: Sendable, Hashable {
        public var day: Day
        public var code: String
        public var feeType: FeeType
        public var days: Int?

        public init(day: Day, code: String, feeType: FeeType, days: Int?) {
            self.day = day
            self.code = code
            self.feeType = feeType
            self.days = days
        }
    }
}

/// Runs every check; the order is the order on the screen, stops first.
///
/// - Throws: ``RulebookFault`` where a threshold is missing for that day.
public func check(_ encounter: Encounter, by rules: Rulebook) throws(RulebookFault) -> [Finding] {
    var findings = notCovered(encounter)
    findings += kindNotRecognised(encounter)
    findings += priceAboveLimit(encounter)
    findings += secondConsultFee(encounter)
    findings += try supplyTooLong(encounter, rules)
    findings += try repeatedSupply(encounter, rules)
    findings += try tooManyDrugs(encounter, rules)
    let order = Severity.allCases
    return findings.enumerated().sorted { a, b in
        let (first, second) = (
            order.firstIndex(of: a.element.severity) ?? 0,
            order.firstIndex(of: b.element.severity) ?? 0
        )
        return (first, a.offset) < (second, b.offset)
    }.map(\.element)
}
