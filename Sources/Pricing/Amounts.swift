import Vocabulary

/// The amounts of a settlement under their national names, in fen.
///
/// They can only be made so that they agree: what enters the scope and what the person bears are
/// found by subtraction.
///
/// Source: national interface 2207 `setlinfo`, identities A, B and D.
public struct Amounts: Hashable, Sendable {
    /// 医疗费总额.
    public let total: Money
    /// 全自费金额: outside the catalogue.
    public let outside: Money
    /// 超限价金额: above the price limit.
    public let overLimit: Money
    /// 先行自付金额: the own share that comes first.
    public let ownShareFirst: Money
    /// 符合政策范围金额: what the lines let into the scope.
    public let inScope: Money
    /// 实际支付起付线: deductible borne in this settlement.
    public let deductible: Money
    /// What each fund pays; funds that pay nothing are left out.
    public let funds: [Fund: Money]
    /// 医院负担金额: charged, but owed by nobody.
    public let institutionPart: Money

    /// 基本医疗保险统筹基金支出.
    public var pooledFund: Money { funds[.pooled] ?? .zero }
    /// 基金支付总额.
    public var fundTotal: Money { funds.values.sum() }
    /// 个人负担总金额.
    public var personPart: Money { total - fundTotal - institutionPart }

    init(
        lines: [LineSplit], deductible: Money, funds: [Fund: Money], institutionPart: Money
    ) {
        total = lines.sum { $0.amount }
        outside = lines.sum { $0.outside }
        overLimit = lines.sum { $0.overLimit }
        ownShareFirst = lines.sum { $0.ownShareFirst }
        inScope = total - outside - overLimit - ownShareFirst
        self.deductible = deductible
        self.funds = funds.filter { $0.value != .zero }
        self.institutionPart = institutionPart
        precondition(inScope >= .zero, "a line never gives away more than its amount")
        precondition(funds.values.allSatisfy { $0 >= .zero }, "no fund takes")
        precondition(
            deductible >= .zero && institutionPart >= .zero && personPart >= .zero,
            "nobody bears less than nothing")
    }

    fileprivate init(_ amounts: [Money], funds: [Fund: Money]) {
        total = amounts[0]
        outside = amounts[1]
        overLimit = amounts[2]
        ownShareFirst = amounts[3]
        inScope = amounts[4]
        deductible = amounts[5]
        institutionPart = amounts[6]
        self.funds = funds
    }

    fileprivate var listed: [Money] {
        [total, outside, overLimit, ownShareFirst, inScope, deductible, institutionPart]
    }

    /// The mirror image that a void books.
    public static prefix func - (amounts: Amounts) -> Amounts {
        Amounts(amounts.listed.map { -$0 }, funds: amounts.funds.mapValues { -$0 })
    }

    /// Whether amounts read from a journal agree with one another.
    public var agree: Bool { total == outside + overLimit + ownShareFirst + inScope }

    /// Every figure in it, for checks of plausibility.
    public var all: [Money] { listed + Array(funds.values) + [personPart] }
}

extension Amounts: Codable {
    private enum Keys: String, CodingKey {
        case total = "medfee_sumamt"
        case outside = "fulamt_ownpay_amt"
        case overLimit = "overlmt_selfpay"
        case ownShareFirst = "preselfpay_amt"
        case inScope = "inscp_scp_amt"
        case deductible = "act_pay_dedc"
        case institutionPart = "hosp_part_amt"
        case fundTotal = "fund_pay_sumamt"
        case personPart = "psn_part_amt"
    }

    private static let order: [Keys] = [
        .total, .outside, .overLimit, .ownShareFirst, .inScope, .deductible, .institutionPart,
    ]

    /// - Throws: where the sums stated do not follow from the parts.
    public init(from decoder: any Decoder) throws { try self.init(fields: JSONFields(decoder)) }

    /// - Throws: where the sums stated do not follow from the parts.
    public init(fields: JSONFields) throws {
        let amounts = try Amounts.order.map {
            try fields.optionalMoney($0.rawValue) ?? .zero
        }
        var funds: [Fund: Money] = [:]
        for fund in Fund.allCases {
            if let money = try fields.optionalMoney(fund.rawValue), money != .zero {
                funds[fund] = money
            }
        }
        self.init(amounts, funds: funds)
        for (key, sum) in [(Keys.fundTotal, fundTotal), (.personPart, personPart)] {
            guard try fields.money(key.rawValue) == sum else {
                throw fields.fault("\(key.rawValue): the parts sum to \(sum)")
            }
        }
    }

    /// Zero amounts are left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        for (key, amount) in zip(Amounts.order, listed) where amount != .zero {
            try container.encode(amount, forKey: key)
        }
        try container.encode(fundTotal, forKey: .fundTotal)
        try container.encode(personPart, forKey: .personPart)
        var byName = encoder.container(keyedBy: FundKey.self)
        for (fund, amount) in funds { try byName.encode(amount, forKey: FundKey(fund)) }
    }

    private struct FundKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ fund: Fund) { stringValue = fund.rawValue }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
