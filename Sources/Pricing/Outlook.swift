import Rules
import Vocabulary

/// What the year still holds for a person under one benefit, before anything is charged: for the
/// first screen and the end of the slip.
public struct Outlook: Sendable, Equatable {
    public struct Used: Sendable, Equatable {
        public let limit: Money
        public let used: Money
        public var left: Money { max(.zero, limit - used) }
    }

    /// 起付线 of the period that the day lies in.
    public let deductible: Used?
    /// 年度支付限额.
    public let fund: Used?
    /// The flat rate, where there is one.
    public let rate: Share?
    /// Fund payments of the year, and where they are counted.
    public let paid: Money
    public let counter: Counter
    /// How many family accounts one settlement may use; any number where it is `nil`.
    public let familyAccounts: Int?
    /// What a family account keeps for its owner.
    public let familyKeeps: Money

    /// - Parameter bill: what would be charged; its lines do not matter.
    public init(
        for bill: Bill, by rules: Rulebook, given standing: Standing
    ) throws(RulebookFault) {
        let work = Workings(bill, rules, standing.on(bill.day), explains: false)
        let layer = try Layer(try work.benefit, isBasic: true, work)
        let borne = try work.deductibleCounter(layer)
        deductible = try layer.money("deductible", work).map {
            Used(limit: $0.value, used: borne.map { Money(fen: work.count(of: $0)) } ?? .zero)
        }
        counter = Counter(.paid, try layer.counter("limit_counter", work))
        paid = Money(fen: work.before[counter])
        let account = work.account
        familyAccounts = try work.familyAccounts(by: account)?.value
        familyKeeps = try work.familyKeeps(by: account)
        let isLimited = try Limits(of: layer, on: bill.day).payout.contains(.year)
        let limit = isLimited ? try layer.money("limit_year", work) : nil
        fund = limit.map { [paid] in Used(limit: $0.value, used: paid) }
        let bands = try layer.folder.bands("rate", on: bill.day, for: work.circumstances)?.value
        rate =
            bands?.isFlat == true
            ? try bands.map { bands throws(RulebookFault) in
                try work.rateChange(layer).applied(to: bands[0].rate)
            } : nil
    }
}
