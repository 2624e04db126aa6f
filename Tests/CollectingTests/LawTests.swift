import Collecting
import DemoCounty
import Identifying
import Rules
import Testing
import Vocabulary

/// What must hold for every person and every region, whatever the figures are.
@Suite struct LawTests {
    static let regions = ["seed-2025", "national-2025"]

    @Test(arguments: ["yes", "no"], ["extra", "whole"])
    func `months rise with the years missed and never with a repair`(
        first: String, reduces: String
    ) throws {
        let rules = try rulebook(
            "seed-2025", ["first_gap_year_free": first, "repair_reduces": reduces])
        let rule = try #require(
            try WaitingRule(
                rules.folder("390/contribution"), on: day("2026-01-01"), for: Circumstances()))
        for late in [false, true] {
            for missed in 0..<30 {
                let months = { rule.months(missed: $0, repaired: $1, late: late).months }
                #expect(months(missed, 0) <= months(missed + 1, 0))
                for repaired in 0..<missed {
                    #expect(months(missed, repaired + 1) <= months(missed, repaired))
                    #expect(months(missed, repaired) <= months(missed + 1, repaired))
                }
                if missed >= 4 { #expect(months(missed, missed) >= 6) }
                #expect(months(missed, missed) >= 0)
            }
        }
    }

    @Test(arguments: regions, 0..<40)
    func `a repair never makes anybody wait longer`(region: String, seed: Int) throws {
        var chance = SeededGenerator(seed: UInt64(seed))
        let rules = try rulebook(region)
        let paid = (2022..<2031).filter { _ in chance.chance(4_000) }
        var person = try member(paid: paid.filter { $0 != 2031 })
        let on = try day("2030-09-01").adding(days: chance.below(400))
        var before = try person.waiting(for: 2031, paidOn: on, asOf: on, by: rules)
        for year in before.missed {
            person.coverage.repairs =
                (person.coverage.repairs ?? []) + [
                    YearPayment(year: year, on: on)
                ]
            let after = try person.waiting(for: 2031, paidOn: on, asOf: on, by: rules)
            #expect(after.benefitFrom <= before.benefitFrom)
            before = after
        }
    }

    static let packs = [
        ("seed-2025", 2026), ("national-2025", 2026), ("guangyuan-2023", 2024),
        ("hohhot-2023", 2024), ("kunming-2025", 2026), ("two-tier-2025", 2026),
        ("share-2025", 2026), ("jiangxi-2025", 2026), ("guangan-2025", 2026),
    ]

    @Test(arguments: packs)
    func `due and relief make the standard, and a better title never costs more`(
        region: String, year: Int
    ) throws {
        let rules = try rulebook(region)
        let titles: [Title] = [
            .subsistence, .destitute, .lowIncome, .severeDisability, .familyPlanning, .orphan,
            .monitored, .subsistenceMargin, .milderDisability, .student,
        ]
        for seed in 0..<200 {
            var chance = SeededGenerator(seed: UInt64(seed))
            var person = try member()
            person.birth = try day("\(year)-06-01").adding(days: -chance.below(36_000))
            person.titles = titles.filter { _ in chance.chance(2_000) }
            let on = try day("\(year - 1)-11-15")
            let owed = try due(from: person, for: year, on: on, by: rules)
            #expect(owed.toPay + owed.relief == owed.standard + owed.extra)
            #expect(owed.relief <= owed.standard && owed.relief >= .zero)
            #expect(owed.toPay >= owed.extra)
            person.titles.append(chance.pick(titles))
            let richer = try due(from: person, for: year, on: on, by: rules)
            #expect(richer.toPay <= owed.toPay)
            person.titles.shuffle(by: &chance)
            #expect(try due(from: person, for: year, on: on, by: rules).toPay == richer.toPay)
        }
    }

    /// Every day has one reason, and the answer changes only on the few days that something happens.
    @Test(arguments: regions, 0..<60)
    func `eligibility is one reason a day and changes seldom`(region: String, seed: Int) throws {
        var chance = SeededGenerator(seed: UInt64(seed), stream: 9)
        let rules = try rulebook(region)
        let person = try drawn(&chance)
        var last: Verdict?
        var changes = 0
        let start = try day("2026-01-01")
        for offset in 0..<1_096 {
            let on = start.adding(days: offset)
            let verdict = try person.verdict(on: on, by: rules)
            #expect(verdict == (try person.verdict(on: on, by: rules)))
            #expect(Verdict.Rule.allCases.filter { $0 == verdict.rule }.count == 1)
            #expect(verdict.eligibility.paysBenefit || verdict.nextStep != .none)
            if let last, last.eligibility != verdict.eligibility { changes += 1 }
            last = verdict
        }
        // Three new years, and at most two steps for each payment, repair, event and birth.
        #expect(changes <= 16)
    }

    @Test(arguments: regions, 0..<60)
    func `a newborn is served on every day of the window, however it pays`(
        region: String, seed: Int
    ) throws {
        var chance = SeededGenerator(seed: UInt64(seed), stream: 5)
        let rules = try rulebook(region)
        let birth = try day("2026-01-01").adding(days: chance.below(365))
        var baby = try member(born: birth.description)
        if chance.chance(7_000) {
            let on = birth.adding(days: chance.below(200))
            for year in Set([birth.year, on.year]) where chance.chance(7_000) {
                baby.coverage.pay(year, on: on)
            }
        }
        for offset in 0...90 {
            let on = birth.adding(days: offset)
            #expect(try baby.eligibility(on: on, by: rules).paysBenefit, "\(birth) on \(on)")
        }
    }

    private func drawn(_ chance: inout SeededGenerator) throws -> Member {
        var person = try member(
            born: "1970-01-01", paid: (2022..<2026).filter { _ in chance.chance(6_000) })
        if chance.chance(3_000) {
            person.birth = try day("2026-01-01").adding(days: chance.below(700))
            person.coverage.paidYears = []
        }
        for year in 2026...2028 where chance.chance(7_000) {
            let from = try day("\(year - 1)-09-01")
            person.coverage.pay(year, on: from.adding(days: chance.below(480)))
        }
        let start = try day("2026-01-01")
        if chance.chance(2_000) {
            person.coverage.repairs = [
                YearPayment(year: 2025, on: start.adding(days: chance.below(900)))
            ]
        }
        if chance.chance(1_500) { person.coverage.died = start.adding(days: chance.below(1_000)) }
        if chance.chance(1_500) { person.coverage.moved = start.adding(days: chance.below(1_000)) }
        if chance.chance(1_500) {
            person.coverage.waitingUntil = start.adding(days: chance.below(1_000))
        }
        if chance.chance(3_000) {
            let month = Month(of: start).adding(chance.below(24))
            person.coverage.employeeMonths = [
                MonthSpan(from: Month(of: start).adding(-30), through: month.adding(-6)),
                MonthSpan(from: month, through: nil),
            ]
            person.coverage.changes = [
                SchemeChange(on: month.firstDay, from: .resident, to: .employee)
            ]
        }
        return person
    }
}

extension Array {
    fileprivate mutating func shuffle(by chance: inout SeededGenerator) {
        for index in indices.reversed() { swapAt(index, chance.below(index + 1)) }
    }
}
