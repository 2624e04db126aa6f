import Vocabulary

/// The amounts of a settlement under their national names, in fen.
///
/// They can only be made so that they agree: what enters the scope and what the person bears are
/// found by subtraction.
///
/// Source: national interface 2207 `setlinfo`, identities A–D.
public struct Amounts: Hashable, Sendable, Codable {
    /// 医疗费总额.
    public let total: Money
    /// 全自费金额: outside the catalogue.
    public let outside: Money
    /// 超限价金额: above the price limit.
    public let overLimit: Money
    /// 先行自付金额: the own share that comes first.
    public let ownShareFirst: Money
    /// 符合政策范围金额: what the benefit is computed on.
    public let inScope: Money
    /// 实际支付起付线: deductible borne in this settlement.
    public let deductible: Money
    /// 基本医疗保险统筹基金支出.
    public let pooledFund: Money
    /// 基金支付总额.
    public let fundTotal: Money
    /// 个人负担总金额.
    public let personPart: Money

    enum CodingKeys: String, CodingKey {
        case total = "medfee_sumamt"
        case outside = "fulamt_ownpay_amt"
        case overLimit = "overlmt_selfpay"
        case ownShareFirst = "preselfpay_amt"
        case inScope = "inscp_scp_amt"
        case deductible = "act_pay_dedc"
        case pooledFund = "hifp_pay"
        case fundTotal = "fund_pay_sumamt"
        case personPart = "psn_part_amt"
    }

    init(lines: [LineSplit], deductible: Money, pooledFund: Money) {
        total = lines.map(\.amount).sum()
        outside = lines.map(\.outside).sum()
        overLimit = lines.map(\.overLimit).sum()
        ownShareFirst = lines.map(\.ownShareFirst).sum()
        inScope = total - outside - overLimit - ownShareFirst
        self.deductible = deductible
        self.pooledFund = pooledFund
        fundTotal = pooledFund
        personPart = total - fundTotal
        precondition(inScope >= .zero, "a line never gives away more than its amount")
        precondition(
            deductible >= .zero && pooledFund >= .zero && deductible + pooledFund <= inScope,
            "deductible and fund come out of what is in scope")
    }

    private init(negating other: Amounts) {
        total = -other.total
        outside = -other.outside
        overLimit = -other.overLimit
        ownShareFirst = -other.ownShareFirst
        inScope = -other.inScope
        deductible = -other.deductible
        pooledFund = -other.pooledFund
        fundTotal = -other.fundTotal
        personPart = -other.personPart
    }

    /// The mirror image that a void books.
    public static prefix func - (amounts: Amounts) -> Amounts { Amounts(negating: amounts) }

    /// Whether amounts read from a journal agree with one another.
    public var agree: Bool {
        total == outside + overLimit + ownShareFirst + inScope
            && total == fundTotal + personPart && fundTotal == pooledFund
    }
}
