import Rules
import Vocabulary

extension Workings {
    /// 累计: what this layer adds to the counters that its rules read.
    mutating func count(
        _ layer: Layer, _ limits: Limits, _ method: Method, entering: Money, due: Money,
        paid: Money, _ refused: Bool
    ) throws(RulebookFault) {
        if due > .zero, let counter = try deductibleCounter(layer) {
            use.add(due.fen, to: counter)
        }
        try countPayment(paid, layer, limits)
        try countCost(entering, method, layer, limits)
        try countVisit(paid, layer, refused)
    }

    /// A period is counted wherever the layer has a limit for it, also one that does not bind this
    /// bill: a later one in other circumstances has to know.
    mutating func countPayment(
        _ paid: Money, _ layer: Layer, _ limits: Limits
    ) throws(RulebookFault) {
        guard paid > .zero else { return }
        let name = try layer.counter("limit_counter", self)
        use.add(paid.fen, to: Counter(.paid, name))
        for period in limits.payout where period != .year {
            guard let counted = period.counted(on: day) else { continue }
            use.add(paid.fen, to: Counter(.paid, name, counted))
        }
        if try layer.money("limit_pool_year", self) != nil {
            use.add(paid.fen, to: try poolCounter(layer))
        }
        if try householdLimit(layer.folder) != nil {
            use.add(paid.fen, to: try householdCounter(layer))
        }
    }

    private mutating func countCost(
        _ entering: Money, _ method: Method, _ layer: Layer, _ limits: Limits
    ) throws(RulebookFault) {
        let name = try layer.counter("cost_counter", self)
        var periods: Set<Counter.Period> = []
        for period in limits.cost {
            if let counted = period.counted(on: day) { periods.insert(counted) }
        }
        if case .rate(let bands) = method, !bands.value.isFlat,
            try layer.choice("band_basis", ["year", "claim"], self) == "year"
        {
            periods.insert(.year)
        }
        for period in periods { use.add(entering.fen, to: Counter(.cost, name, period)) }
    }

    private mutating func countVisit(
        _ paid: Money, _ layer: Layer, _ refused: Bool
    ) throws(RulebookFault) {
        guard !refused else { return }
        let all = try layer.choice("visits_counted", ["paid", "all"], self) == "all"
        guard all || paid > .zero else { return }
        for period in layer.visitLimited {
            guard let counted = period.counted(on: day) else { continue }
            use.add(1, to: Counter(.visits, layer.name, counted))
        }
    }
}
