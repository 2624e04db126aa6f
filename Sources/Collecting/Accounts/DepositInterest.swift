import Rules
import Vocabulary

/// A balance from a day on.
public struct DatedBalance: Hashable, Sendable {
    public let from: Day
    public let balance: Money

    public init(from: Day, _ balance: Money) {
        self.from = from
        self.balance = balance
    }
}

/// Interest on an account at the bank's demand-deposit rate (活期存款利率), by the day.
///
/// Every day's closing balance earns that day's yearly rate divided by the days a bank year has; the
/// sum is rounded half up to the fen once, at the end.
///
/// - Parameters:
///   - balances: in order of their first day.
///   - through: the last day that earns.
/// - Throws: ``RulebookFault`` for days before the first known rate.
public func depositInterest(
    on balances: [DatedBalance], through last: Day, by rules: Rulebook
) throws(RulebookFault) -> Money {
    let folder = rules.folder(accounts)
    // A balance of 10^12 fen over 10^5 days at 10^6 millionths does not fit 64 bits.
    var millionths = Int128(0)
    for (index, entry) in balances.enumerated() {
        let end = index + 1 < balances.count ? balances[index + 1].from : last.adding(days: 1)
        var day = entry.from
        while day < min(end, last.adding(days: 1)) {
            let rate = try folder.require(
                try folder.share("deposit_rate", on: day), "deposit_rate")
            let change = rules["\(accounts)/deposit_rate"]?.values.first { $0.from > day }?.from
            let until = min(end, last.adding(days: 1), change ?? end)
            millionths +=
                Int128(entry.balance.fen) * Int128(rate.value.millionths)
                * Int128(until.days(since: day))
            day = until
        }
    }
    let year = try folder.require(
        try folder.count("deposit_year_days", on: last), "deposit_year_days")
    let divisor = Int128(Share.one.millionths) * Int128(max(1, year.value))
    let (whole, rest) = millionths.quotientAndRemainder(dividingBy: divisor)
    return Money(fen: Int(whole) + (2 * rest >= divisor ? 1 : 0))
}
