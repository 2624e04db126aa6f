import Rules
import Vocabulary

/// Balances that may pay the person's part, in fen.
public struct Accounts: Sendable, Equatable {
    /// The person's own account (个人账户).
    public var own: Money
    /// Family accounts (共济账户) in the order in which they are asked.
    public var family: [Money]

    public init(own: Money = .zero, family: [Money] = []) {
        self.own = own
        self.family = family
    }
}

/// Who pays the person's part.
public struct Payers: Sendable, Equatable {
    public let own: Money
    /// What each family account gives, in the order of the balances.
    public let family: [Money]
    public let cash: Money
    /// The cash to the unit that is handled at the counter.
    public let cashDue: Money

    public var accounts: Money { own + family.sum() }
}

/// Which parts of the person's share an account may pay, in the order in which they are filled.
private enum OwnPart: String, CaseIterable {
    case outside, overLimit, ownShareFirst, deductible, share
}

extension Workings {
    /// 账户支付范围: how much of the person's part accounts may pay.
    func accountPayable(_ parts: [Part]) throws(RulebookFault) -> Money {
        let folder = rules.folder(bill.scheme.rawValue + "/account")
        let listed = try folder.words("pays_for", on: day, for: circumstances)?.value
        let noConsult = try folder.word("consult_fee", on: day, for: circumstances)?.value == "no"
        let payable = parts.filter {
            !noConsult || $0.folder.path.hasSuffix("/consult_fee") == false
        }
        guard let listed else { return payable.map(\.personPart).sum() }
        var sum = Money.zero
        for part in payable {
            var left = part.personPart
            for own in OwnPart.allCases {
                let amount = min(left, own.amount(in: part) ?? left)
                left -= amount
                if listed.contains(own.rawValue) { sum += amount }
            }
        }
        return sum
    }
}

extension OwnPart {
    /// `nil` for whatever is left.
    func amount(in part: Part) -> Money? {
        switch self {
        case .outside: part.outside
        case .overLimit: part.overLimit
        case .ownShareFirst: part.ownShareFirst
        case .deductible: part.basicDeductible
        case .share: nil
        }
    }
}

extension Quote {
    /// 账户支付与共济顺序: the own account first, then family accounts in order, then cash.
    public func payers(
        _ accounts: Accounts, by rules: Rulebook
    ) throws(RulebookFault) -> Payers {
        let folder = rules.folder(bill.scheme.rawValue + "/account")
        let most = try folder.count("family_accounts", on: bill.day)?.value ?? accounts.family.count
        let keeps = try folder.money("family_keeps", on: bill.day)?.value ?? .zero
        let own = min(max(.zero, accounts.own), accountPayable)
        var left = accountPayable - own
        var family: [Money] = []
        for balance in accounts.family.prefix(most) {
            let given = min(max(.zero, balance - keeps), left)
            family.append(given)
            left -= given
        }
        let cash = amounts.personPart - own - family.sum()
        let unit = try rules.money("common/cash_rounding", on: bill.day)?.value
        return Payers(own: own, family: family, cash: cash, cashDue: cash.rounded(to: unit))
    }
}

extension Money {
    /// Half up to a whole number of units; a cash drawer may hold no fen.
    fileprivate func rounded(to unit: Money?) -> Money {
        guard let unit, unit.fen > 1 else { return self }
        return Money(fen: (fen + unit.fen / 2) / unit.fen * unit.fen)
    }
}
