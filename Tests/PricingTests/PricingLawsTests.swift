import Cataloguing
import Foundation
import Hosting
import Pricing
import Rules
import SmallCounty
import Testing
import Vocabulary

/// What must hold of every bill whatever the policy; `PRICING_CASES` says how many are drawn.
@Suite struct PricingLawsTests {
    static let cases =
        ProcessInfo.processInfo.environment["PRICING_CASES"].flatMap(Int.init) ?? 4_000

    /// Regions without a rule that pays less for more by name (whole bands, a fixed own part).
    static let regions = ["seed-2025", "national-2025", "haikou-2020", "huaibei-2019"]

    private func histories(
        _ region: String, _ check: (Quote, Standing, Rulebook) throws -> Void
    ) throws {
        let rules = try Rulebook.parse(
            region: region, files: try readRuleFolder(SmallCounty.fixtures + "/rules/" + region))
        var random = SeededNumbers(seed: 3)
        var priced = 0
        for _ in 0..<(Self.cases / Self.regions.count / 8) {
            var bill = RandomBill.draw(&random)
            var standing = RandomBill.standing(&random, bill.day)
            for _ in 0..<8 {
                let next = RandomBill.draw(&random)
                (bill.lines, bill.kind, bill.level) = (next.lines, next.kind, next.level)
                bill.day = bill.day.adding(days: random.next(below: 20))
                guard
                    let quote = try? price(bill, by: rules, catalogue: .empty, given: standing)
                else { continue }
                try check(quote, standing.on(bill.day), rules)
                standing = quote.standing
                priced += 1
            }
        }
        #expect(priced > Self.cases / 40, "\(region): \(priced)")
    }

    @Test(arguments: regions)
    func `parts sum at every level and nobody bears less than nothing`(region: String) throws {
        try histories(region) { quote, _, _ in
            let amounts = quote.amounts
            let lines = quote.lines.map {
                $0.outside + $0.overLimit + $0.ownShareFirst + $0.inScope
            }
            #expect(lines == quote.lines.map(\.amount))
            #expect(amounts.agree)
            #expect(
                amounts.total
                    == amounts.fundTotal + amounts.personPart + amounts.institutionPart)
            #expect(amounts.fundTotal == amounts.funds.values.sum())
            #expect(amounts.all.allSatisfy { $0 >= .zero } && quote.standing.isPossible)
            let paid = quote.payers(Accounts(own: Money(fen: 1_234), family: [Money(fen: 99)]))
            #expect(paid.own + paid.family.sum() + paid.cash == amounts.personPart)
            #expect(paid.cash >= .zero && paid.accounts <= quote.paying.byAccounts)
        }
    }

    /// A limit already passed before pays nothing more; otherwise it is never passed.
    @Test(arguments: regions)
    func `no counter of payments passes its limit, visit by visit`(region: String) throws {
        try histories(region) { quote, before, rules in
            for (counter, used) in quote.standing.counters
            where counter.measure == .paid && used > before[counter] {
                let folder = "\(quote.bill.scheme.rawValue)/\(counter.name)"
                guard case .year = counter.period,
                    let limit = try rules.money(
                        folder + "/limit_year", on: quote.bill.day,
                        key: quote.bill.level.rawValue)
                else { continue }
                #expect(used <= limit.value.fen, "\(counter)")
            }
        }
    }

    @Test(arguments: regions)
    func `one more fen of cost never lowers the fund's part`(region: String) throws {
        try histories(region) { quote, before, rules in
            var dearer = quote.bill
            guard
                let line = dearer.lines.firstIndex(where: {
                    $0.quantity == .one && $0.ownTerms?.itemClass == .a
                        && $0.ownTerms?.priceLimit == nil
                })
            else { return }
            dearer.lines[line].price += Money(fen: 1)
            let more = try price(dearer, by: rules, catalogue: .empty, given: before)
            #expect(more.amounts.fundTotal >= quote.amounts.fundTotal)
            let difference = more.amounts.fundTotal - quote.amounts.fundTotal
            #expect(difference <= Money(fen: 2), "\(difference)")
        }
    }

    @Test(arguments: regions)
    func `voiding restores every counter`(region: String) throws {
        try histories(region) { quote, before, _ in
            var after = quote.standing
            after.add(-quote.use)
            #expect(
                after.counters.filter { $0.value != 0 } == before.counters.filter { $0.value != 0 })
        }
    }

    @Test(arguments: regions)
    func `splitting a visit over two days never beats the limits`(region: String) throws {
        try histories(region) { quote, before, rules in
            guard quote.bill.lines.count > 1 else { return }
            var (first, second) = (quote.bill, quote.bill)
            first.lines = Array(quote.bill.lines.prefix(1))
            second.lines = Array(quote.bill.lines.dropFirst())
            second.day = quote.bill.day.adding(days: 1)
            guard second.day.year == first.day.year,
                let one = try? price(first, by: rules, catalogue: .empty, given: before),
                let two = try? price(second, by: rules, catalogue: .empty, given: one.standing)
            else { return }
            for (counter, used) in two.standing.counters
            where counter.measure == .paid && counter.period == .year && used > before[counter] {
                let path = "\(first.scheme.rawValue)/\(counter.name)/limit_year"
                let key = first.level.rawValue
                guard let limit = try rules.money(path, on: first.day, key: key) else { continue }
                #expect(used <= limit.value.fen, "\(counter)")
            }
        }
    }
}
