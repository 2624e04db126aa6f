import Rules
import Vocabulary

extension Workings {
    /// 支付限额: the fund stops at the limits on its own payments.
    mutating func withinPayLimits(
        _ computed: Money, _ layer: Layer, _ limits: Limits
    ) throws(RulebookFault) -> Money {
        var paid = computed
        for period in limits.payout {
            guard let limit = try layer.money(period.limit, self) else { continue }
            var most = Term(limit, words("\(limit.value)"))
            if period == .session {
                most.amount = Money(fen: most.amount.fen * sessions)
                most.words += words(" × \(sessions)")
            }
            if period == .year { try raise(&most, layer) }
            let counter = try period.counted(on: day).map { period throws(RulebookFault) in
                Counter(.paid, try layer.counter("limit_counter", self), period)
            }
            paid = cut(paid, to: most, counter, layer)
        }
        if let pool = try layer.money("limit_pool_year", self) {
            let counter = try poolCounter(layer)
            paid = cut(paid, to: Term(pool, words("\(pool.value)")), counter, layer)
            paid = withinHeld(paid, of: counter, layer)
        }
        if let household = try householdLimit(layer.folder) {
            let counter = try householdCounter(layer)
            paid = cut(paid, to: Term(household, words("\(household.value)")), counter, layer)
            paid = withinHeld(paid, of: counter, layer)
        }
        guard !bounds.held.isEmpty else { return paid }
        return withinHeld(paid, of: Counter(.paid, try layer.counter("limit_counter", self)), layer)
    }

    /// 不超过费用: a layer never pays more than what is left of the bill.
    mutating func withinBill(_ limited: Money, _ layer: Layer, _ part: Part) -> Money {
        let left = part.personPart
        guard limited > left else { return limited }
        say(
            .payLimit, layer: layer.name, left,
            "min(\(limited), \(part.total) - \(part.paid)) = \(left)")
        return left
    }

    /// An amount with the words and sources it is explained by.
    private struct Term {
        var amount: Money
        var words: String
        let citation: Citation

        init(_ cited: Cited<Money>, _ words: String) {
            amount = cited.value
            self.words = words
            citation = cited.citation
        }
    }

    private mutating func cut(
        _ paid: Money, to limit: Term, _ counter: Counter?, _ layer: Layer
    ) -> Money {
        let used = counter.map { Money(fen: taken(of: $0)) }
        let left = Left(of: limit.amount, after: used)
        let result = min(paid, left.amount)
        say(
            .payLimit, layer: layer.name, result,
            "min(\(paid), \(left.written(limit.words))) = \(result)", [limit.citation])
        return result
    }

    /// The year's limit on the layer's own payments with all that raises it.
    func yearlyMost(_ layer: Layer) throws(RulebookFault) -> Money? {
        guard let limit = try layer.money(LimitPeriod.year.limit, self) else { return nil }
        var most = Term(limit, "")
        try raise(&most, layer)
        return most.amount
    }

    /// The year's limit grows by what the person has earned and what last year left.
    private func raise(_ most: inout Term, _ layer: Layer) throws(RulebookFault) {
        if try layer.choice("limit_adds_incentive", ["no", "yes"], self) == "yes" {
            raise(&most, by: bill.patient.incentive ?? .zero)
        }
        if let carried = try carriedOver(layer) { raise(&most, by: carried) }
    }

    private func raise(_ most: inout Term, by more: Money) {
        guard more > .zero else { return }
        most.amount += more
        most.words += words(" + \(more)")
    }

    /// 结转: the unused part of last year's limit of another benefit; nothing where last year is not
    /// known at all.
    private func carriedOver(_ layer: Layer) throws(RulebookFault) -> Money? {
        guard let name = try layer.word("carried_from", self),
            before.counters.keys.contains(where: { $0.measure == .lastPaid }),
            let lastDay = Day(year: day.year - 1, month: 12, day: 31)
        else { return nil }
        let folder = rules.folder("\(bill.scheme.rawValue)/\(name)")
        guard let limit = try folder.money("limit_year", on: lastDay, for: circumstances) else {
            return nil
        }
        return max(.zero, limit.value - before.money(.lastPaid, name))
    }

    func poolCounter(_ layer: Layer) throws(RulebookFault) -> Counter {
        Counter(.paid, try layer.counter("pool_counter", self, or: "pool"))
    }

    func householdCounter(_ layer: Layer) throws(RulebookFault) -> Counter {
        Counter(.household, try layer.counter("household_counter", self))
    }
}
