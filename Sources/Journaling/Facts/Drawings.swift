import Settling
import Vocabulary

// What entries take from personal accounts, by whose account it is.
extension Fact {
    /// What is taken from each account, a relative's counted as that relative's; what a void gives
    /// back is below zero.
    public var drawings: [(owner: PersonNumber, amount: Money)] {
        switch self {
        case .visit(let visit): drawings(visit.person, visit.tenders, visit.family)
        case .visitVoid(let void): drawings(void.person, void.tenders, void.family)
        default: []
        }
    }

    /// What is taken from one person's account, whoever the visit was for.
    public func drawn(from owner: PersonNumber) -> Money {
        drawings.filter { $0.owner == owner }.sum { $0.amount }
    }

    private func drawings(
        _ person: PersonNumber, _ tenders: [String: Money], _ family: [FamilyPayment]?
    ) -> [(owner: PersonNumber, amount: Money)] {
        let own = tenders[Tender.account.rawValue].map { [(owner: person, amount: $0)] } ?? []
        return own + (family ?? []).map { ($0.owner, $0.amount) }
    }

    /// Relatives whose rights or accounts a visit used, each once.
    func relatives(_ owners: [PersonNumber], _ family: [FamilyPayment]?) -> [PersonNumber] {
        Set(owners + (family ?? []).map(\.owner)).sorted()
    }
}
