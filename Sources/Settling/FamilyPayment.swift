import Vocabulary

/// What a relative's personal account pays of somebody's own part (家庭共济).
public struct FamilyPayment: Hashable, Sendable, Codable {
    /// Whose account it is.
    public var owner: PersonNumber
    /// Above zero; a void carries it below.
    public var amount: Money

    enum CodingKeys: String, CodingKey {
        case owner = "psn"
        case amount = "n"
    }

    public init(owner: PersonNumber, amount: Money) {
        self.owner = owner
        self.amount = amount
    }

    public static prefix func - (payment: FamilyPayment) -> FamilyPayment {
        FamilyPayment(owner: payment.owner, amount: -payment.amount)
    }
}

extension [FamilyPayment] {
    public var total: Money { sum { $0.amount } }
}

extension Settlement {
    /// What the journal calls the part that relatives' accounts paid, beside the tenders.
    public static let familyWord = "family"

    /// Holds every relative's account to what it may pay, and all accounts to what accounts may.
    ///
    /// - Parameters:
    ///   - own: what the person's own account pays.
    ///   - payable: what accounts may pay of the own part.
    ///   - balances: what each relative's account may pay of this bill.
    static func require(
        _ family: [FamilyPayment], beside own: Money, of payable: Money,
        within balances: [PersonNumber: Money]
    ) throws(Fault) {
        var asked: [PersonNumber: Money] = [:]
        for payment in family {
            guard payment.amount > .zero else { throw .negativeFamilyPayment(payment.owner) }
            asked[payment.owner, default: .zero] += payment.amount
        }
        for (owner, amount) in asked {
            let balance = balances[owner] ?? .zero
            guard amount <= balance else {
                throw .familyAccountShort(owner, balance: balance, asked: amount)
            }
        }
        guard family.isEmpty || own + family.total <= payable else {
            throw .accountsBeyondPayable(payable: payable, asked: own + family.total)
        }
    }
}
