import Collecting
import Identifying
import Rules
import SmallCounty
import Testing
import Vocabulary

@Suite struct PublishedExamplesTests {
    @Test(arguments: Examples.all.due)
    func `a subsidy leaves what the source says to pay`(_ example: DueExample) throws {
        var person = try member()
        person.birth = example.birth ?? person.birth
        person.titles = try example.titles.map { try #require(Title(rawValue: $0)) }
        let on = try example.on ?? day("\(example.year - 1)-10-15")
        let due = try due(
            from: person, for: example.year, on: on, tier: example.tier,
            by: rulebook(example.region))
        #expect(due.relief == example.relief.money)
        #expect(due.extra == example.extra?.money ?? .zero)
        #expect(due.toPay == example.pays.money)
        #expect(due.toPay + due.relief == due.standard + due.extra)
        if let not = example.not { #expect(due.toPay != not.money) }
        #expect(due.citations.allSatisfy { $0.source.count > 5 })
        #expect((due.title == nil) == (due.relief == .zero))
    }

    @Test(arguments: Examples.all.funding)
    func `individual and fiscal parts make the total`(_ example: FundingExample) throws {
        let funding = try funding(for: example.year, by: rulebook(example.region))
        #expect(funding.individual == example.individual.money)
        #expect(funding.fiscal == example.fiscal.money)
        #expect(funding.total == example.total.money)
        #expect(funding.fiscalPercent == example.percent)
        #expect(funding.central + funding.local == funding.fiscal)
    }

    @Test func `a subsidy is split between central and local finance without a rest`() throws {
        let rules = try rulebook("seed-2025")
        for fen in [0, 1, 2, 3, 17_500, 33_333, 40_000] {
            let split = try reliefSplit(Money(fen: fen), for: 2026, by: rules)
            #expect(split.central + split.local == Money(fen: fen))
        }
        let split = try reliefSplit(Money(fen: 17_500), for: 2026, by: rules)
        #expect(split.central == Money(fen: 10_500))
    }

    @Test(arguments: Examples.all.waiting)
    func `the waiting period is computed from the years missed`(
        _ example: WaitingExample
    ) throws {
        var person = try member(paid: Array(2018..<example.joins))
        person.coverage.paidYears.removeAll(where: example.missed.contains)
        person.coverage.pay(example.joins, on: example.paid)
        person.coverage.repairs = example.repaired?.map { YearPayment(year: $0, on: example.paid) }
        let rules = try rulebook(example.region, example.switch ?? [:])
        let waiting = try person.waiting(
            for: example.joins, paidOn: example.paid, asOf: example.paid, by: rules)
        #expect(waiting.months == example.months)
        #expect(waiting.benefitFrom == example.from)
        if let not = example.not { #expect(waiting.months != not) }
        // The desk's answer on either side of the day follows from it.
        let before = try person.verdict(on: example.from.adding(days: -1), by: rules)
        let after = try person.verdict(on: example.from, by: rules)
        #expect(
            !before.eligibility.paysBenefit || before.eligibility == .covered && example.months == 0
        )
        #expect(after.eligibility == .covered)
        if example.months > 0 {
            #expect(before.eligibility == .waiting(until: example.from))
            #expect(before.rule == .waitingComputed)
        }
    }

    @Test(arguments: Examples.all.incentive)
    func `continuous years raise the ceiling`(_ example: IncentiveExample) throws {
        var person = try member(paid: example.insured.years)
        if example.gap != nil { person.coverage.paidYears.append(example.year) }
        if let gap = example.gap { #expect(!person.coverage.paidYears.contains(gap)) }
        person.coverage.claimFreeYears = example.claimFree?.years
        person.coverage.incentiveUsedYears = example.used?.years
        let incentive = try #require(
            try incentive(
                of: person, in: example.year, ceiling: example.ceiling.money,
                by: rulebook(example.region)))
        #expect(incentive.amount == example.amount.money)
        #expect(incentive.amount <= incentive.most)
        if example.id == "W089" {
            let highest = example.ceiling.money + incentive.amount
            #expect(highest == Money(yuan: "360000"))
        }
    }

    @Test func `a region without the incentive gives none`() throws {
        let none = try incentive(
            of: member(paid: [2025, 2026]), in: 2026, ceiling: Money(fen: 30_000_000),
            by: rulebook("seed-2025"))
        #expect(none == nil)
    }
}
