import Rules
import Vocabulary

extension Workings {
    /// 费用限额: only so much cost enters, per session, visit, day, month, quarter and year.
    mutating func withinCostLimits(
        _ offered: Money, _ layer: Layer
    ) throws(RulebookFault) -> Money {
        var entering = offered
        for period in try layer.limits(.cost, self) {
            guard let limit = try layer.money(period.limit, self) else { continue }
            let most = period == .session ? Money(fen: limit.value.fen * sessions) : limit.value
            let name = try layer.counter("cost_counter", self)
            let used = period.counted(on: day).map {
                Money(fen: taken(of: Counter(.cost, name, $0)))
            }
            let words = "\(limit.value)" + (period == .session ? " × \(sessions)" : "")
            let left = Left(of: most, words, after: used)
            let cut = min(entering, left.amount)
            say(
                .costLimit, layer, cut, "min(\(entering), \(left.words)) = \(cut)",
                limit.citation)
            entering = cut
            if period == .year { entering = withinHeld(cut, of: Counter(.cost, name), layer) }
        }
        return entering
    }
}

/// What a limit bounds (限额口径).
enum LimitBase: String { case cost, payout }

extension Layer {
    /// The periods whose limit bounds this.
    func limits(_ base: LimitBase, _ work: Workings) throws(RulebookFault) -> [LimitPeriod] {
        var periods: [LimitPeriod] = []
        for period in limited {
            let word = try folder.word("limit_base", keyedBy: period.rawValue, on: work.day)?.value
            guard let stated = word.map(LimitBase.init(rawValue:)) ?? .payout else {
                throw .kind(parameter: folder.path + "/limit_base")
            }
            if stated == base { periods.append(period) }
        }
        return periods
    }
}

/// What is left of a figure after its use, never below zero, and how that is written.
struct Left {
    let amount: Money
    let words: String

    init(of whole: Money, _ text: String, after used: Money?) {
        amount = max(.zero, whole - (used ?? .zero))
        guard let used else {
            words = text
            return
        }
        words = used > whole ? "max(0, \(text) - \(used))" : "\(text) - \(used)"
    }
}
