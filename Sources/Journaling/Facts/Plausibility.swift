import Pricing
import Settling
import Vocabulary

extension Fact {
    /// Whether the figures are ones a clinic or a desk could have; anything else is set aside by
    /// whoever merges it, whatever signature covers it.
    public var isPlausible: Bool {
        switch self {
        case .visit(let visit): visit.isPlausible
        case .contribution(let receipt):
            receipt.lines.allSatisfy {
                .zero <= $0.relief && $0.relief <= $0.standard && $0.standard <= Fact.mostStandard
                    && (.zero...Fact.mostStandard).contains($0.extra ?? .zero)
            } && receipt.tenders.values.allSatisfy { $0 >= .zero }
        case .allotment(let allotment), .rightsTaken(let allotment):
            allotment.rows.allSatisfy { $0.amount > .zero }
        case .contact(let change): change.now.isPlausible && !change.now.isEmpty
        default: true
        }
    }

    /// No contribution of one person and year is higher.
    static let mostStandard = Money(fen: 10_000_000)

    /// Whether this void gives back exactly what an original took.
    public func mirrors(_ original: Fact) -> Bool {
        switch (self, original) {
        case (.visitVoid(let void), .visit(let visit)):
            void.visit == visit.identity && void.person == visit.person
                && void.amounts == -visit.amounts && void.use == -visit.use
                && void.tenders == visit.tenders.mapValues { -$0 }
                && void.settles == visit.settles.map { $0.map { -$0 } }
                && void.owners == visit.ownersOfRights
                && void.family == visit.family.map { $0.map { -$0 } }
        case (.contributionVoid(let void), .contribution(let receipt)):
            void.code == receipt.code && void.number == receipt.number
                && void.year == receipt.year
                && void.persons == receipt.lines.map(\.person)
                && void.tenders == receipt.tenders.mapValues { -$0 }
        default: false
        }
    }
}

extension [OwedSum] {
    /// Each named once, in years a date can have.
    fileprivate var arePlausible: Bool {
        count <= Visit.mostSettled && Set(map(\.identity)).count == count
            && allSatisfy {
                (1...9_999).contains($0.year)
                    && (-Visit.mostTotal...Visit.mostTotal).contains($0.amount)
            }
    }
}

extension [FamilyPayment] {
    /// Each account named once and paying something, none of them the person's own.
    fileprivate func arePlausible(for person: PersonNumber) -> Bool {
        count <= Visit.mostPayers && Set(map(\.owner)).count == count
            && allSatisfy { $0.amount > .zero && $0.owner != person }
    }
}

extension Visit {
    /// No visit is paid by more relatives' accounts, whatever the rules allow.
    public static let mostPayers = 16
    /// No visit settles more sums at once; what is left waits for the next.
    public static let mostSettled = 32
    /// No visit costs more, and none settles a larger sum.
    static let mostTotal = Money(fen: 1_000_000_000)

    /// Parts that are never negative, lines within what a bill may hold, and lines that sum to the
    /// total.
    fileprivate var isPlausible: Bool {
        guard lines.count <= Bill.mostLines,
            amounts.all.allSatisfy({ $0 >= .zero }),
            tenders.allSatisfy({ $0.value >= .zero || $0.key == Settlement.owedWord }),
            settles?.arePlausible ?? true, family?.arePlausible(for: person) ?? true,
            use.counters.values.allSatisfy({ $0 >= 0 }), course?.isPlausible ?? true,
            lines.allSatisfy({ (.zero...Bill.mostPrice).contains($0.price) }),
            given.isPossible, rights?.isPlausible ?? true, amounts.total <= Visit.mostTotal,
            paidByAccounts <= amounts.personPart
        else { return false }
        return lines.sum { $0.price.cost(of: $0.quantity) } == amounts.total
    }

    /// What the own account and relatives' paid: of the own part and no more, whatever else is settled
    /// with the visit.
    public var paidByAccounts: Money {
        (tenders[Tender.account.rawValue] ?? .zero) + (family?.total ?? .zero)
    }
}
