import Rules
import Vocabulary

extension Workings {
    /// 费用限额: only so much cost enters, per session, visit, day, month, quarter and year.
    mutating func withinCostLimits(
        _ offered: Money, _ layer: Layer, _ limits: Limits
    ) throws(RulebookFault) -> Money {
        var entering = offered
        for period in limits.cost {
            guard let limit = try layer.money(period.limit, self) else { continue }
            let most = period == .session ? Money(fen: limit.value.fen * sessions) : limit.value
            let name = try layer.counter("cost_counter", self)
            let used = period.counted(on: day).map {
                Money(fen: taken(of: Counter(.cost, name, $0)))
            }
            let words = words("\(limit.value)" + (period == .session ? " × \(sessions)" : ""))
            let left = Left(of: most, after: used)
            let cut = min(entering, left.amount)
            say(
                .costLimit, layer: layer.name, cut,
                "min(\(entering), \(left.written(words))) = \(cut)", [limit.citation])
            entering = cut
            if period == .year { entering = withinHeld(cut, of: Counter(.cost, name), layer) }
        }
        return entering
    }
}

/// The periods with a limit, by what it bounds (限额口径): the cost or the payment.
struct Limits {
    private(set) var cost: [LimitPeriod] = []
    private(set) var payout: [LimitPeriod] = []

    init(of layer: Layer, on day: Day) throws(RulebookFault) {
        for period in layer.limited {
            let name = "limit_base"
            switch try layer.folder.word(name, keyedBy: period.rawValue, on: day)?.value {
            case "cost": cost.append(period)
            case nil, "payout": payout.append(period)
            default: throw .kind(parameter: "\(layer.folder.path)/\(name)")
            }
        }
    }
}

/// What is left of a figure after its use, never below zero, and how that is written.
struct Left {
    let whole: Money
    let used: Money?

    init(of whole: Money, after used: Money?) {
        self.whole = whole
        self.used = used
    }

    var amount: Money { max(.zero, whole - (used ?? .zero)) }

    func written(_ whole: String) -> String {
        guard let used else { return whole }
        return used > self.whole ? "max(0, \(whole) - \(used))" : "\(whole) - \(used)"
    }
}
