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

/// How the person's part may be paid, as the rules of the bill's day say.
public struct PayingTerms: Sendable, Equatable {
    /// What the personal and family accounts may pay of it.
    public let byAccounts: Money
    /// How many family accounts one settlement may use; any number where it is `nil`.
    public let familyAccounts: Int?
    /// Where that is written, for whoever asks why a relative's account pays.
    public let familyCitation: Citation?
    /// What a family account keeps for its owner.
    public let familyKeeps: Money
    /// The smallest amount of cash that is handled.
    public let cashUnit: Money?
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
    /// What accounts may pay; looked up once for all that is asked of it.
    var account: RuleFolder { rules.folder(bill.scheme.rawValue + "/account") }

    /// How many family accounts one settlement may use.
    func familyAccounts(by account: RuleFolder) throws(RulebookFault) -> Cited<Int>? {
        try account.count("family_accounts", on: day, for: circumstances)
    }

    /// What a family account keeps for its owner.
    func familyKeeps(by account: RuleFolder) throws(RulebookFault) -> Money {
        try account.money("family_keeps", on: day, for: circumstances)?.value ?? .zero
    }

    func paying(_ parts: [Part]) throws(RulebookFault) -> PayingTerms {
        let account = account
        let family = try familyAccounts(by: account)
        return PayingTerms(
            byAccounts: try accountPayable(parts, account),
            familyAccounts: family?.value, familyCitation: family?.citation,
            familyKeeps: try familyKeeps(by: account),
            cashUnit: try rules.folder("common").money(
                "cash_rounding", on: day, for: circumstances)?.value)
    }

    /// 账户支付范围: how much of the person's part accounts may pay.
    private func accountPayable(
        _ parts: [Part], _ account: RuleFolder
    ) throws(RulebookFault) -> Money {
        let listed = try account.words("pays_for", on: day, for: circumstances)?.value
        var payable = parts
        if parts.contains(where: \.isConsult),
            try account.word("consult_fee", on: day, for: circumstances)?.value == "no"
        {
            payable.removeAll(where: \.isConsult)
        }
        guard let listed else { return payable.sum { $0.personPart } }
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
    ///
    /// - Parameter due: what the person is asked for, where that is less than the own part.
    public func payers(_ accounts: Accounts, of due: Money? = nil) -> Payers {
        let payable = max(.zero, min(paying.byAccounts, due ?? paying.byAccounts))
        let own = min(max(.zero, accounts.own), payable)
        var left = payable - own
        var family: [Money] = []
        for balance in accounts.family.prefix(paying.familyAccounts ?? .max) {
            let given = min(max(.zero, balance - paying.familyKeeps), left)
            family.append(given)
            left -= given
        }
        let cash = amounts.personPart - own - family.sum()
        return Payers(
            own: own, family: family, cash: cash, cashDue: cash.rounded(to: paying.cashUnit))
    }
}

extension Money {
    /// Half up to a whole number of units; a cash drawer may hold no fen.
    fileprivate func rounded(to unit: Money?) -> Money {
        guard let unit, unit.fen > 1 else { return self }
        return Money(fen: (fen + unit.fen / 2) / unit.fen * unit.fen)
    }
}
