import Collecting
import Hosting
import Rules
import SmallCounty
import Testing
import Vocabulary

@Suite struct AccountsTests {
    @Test(arguments: Examples.all.credit)
    func `the employer's part follows the age`(_ example: CreditExample) throws {
        var files = try readRuleFolder(SmallCounty.fixtures + "/rules/seed-2025")
        if let pick = example.pick {
            let path = "310/account/employer_credit.yaml"
            let old = try #require(files[path])
            #expect(old.contains("pick: first"))
            files[path] = old.replacing("pick: first", with: "pick: \(pick)")
        }
        let rules = try Rulebook.parse(region: "seed-2025", files: files)
        let today = try day("2026-06-15")
        let birth = today.adding(months: -12 * example.age)
        let credit = try employerCredit(
            base: example.base.money, born: birth, on: today, by: rules)
        #expect(credit?.value == example.amount.money)
    }

    @Test func `the day before a birthday still counts the younger age`() throws {
        let rules = try rulebook("seed-2025")
        let base = Money(fen: 500_000)
        let birth = try day("1970-06-16")
        let before = try employerCredit(base: base, born: birth, on: day("2026-06-15"), by: rules)
        let on = try employerCredit(base: base, born: birth, on: day("2026-06-16"), by: rules)
        #expect(before?.value == Money(fen: 12_500))
        #expect(on?.value == Money(fen: 15_000))
    }

    @Test func `the own contribution is credited in full`() throws {
        let rules = try rulebook("seed-2025")
        let credit = try ownCredit(base: Money(fen: 500_000), on: day("2026-06-15"), by: rules)
        #expect(credit?.value == Money(fen: 10_000))
    }

    @Test func `interest runs by the day at the rate of the day`() throws {
        let rules = try rulebook("seed-2025")
        // 10,000 yuan: 19 days at 0.10 %, then 30 days at 0.05 %, of a year of 360 days.
        let balance = [DatedBalance(from: try day("2025-05-01"), Money(fen: 1_000_000))]
        let interest = try depositInterest(balance, "2025-06-18", rules)
        // (1,000,000 × 0.001 × 19 + 1,000,000 × 0.0005 × 30) / 360 = 94.4
        #expect(interest == Money(fen: 94))
        let halves = try depositInterest(
            [
                DatedBalance(from: try day("2025-05-01"), Money(fen: 1_000_000)),
                DatedBalance(from: try day("2025-06-01"), Money(fen: 2_000_000)),
            ], "2025-06-18", rules)
        // 18 more days of a second 10,000: + 1,000,000 × 0.0005 × 18 / 360 = 25, 119.4 in all
        #expect(halves == Money(fen: 119))
        #expect(try depositInterest([], "2025-06-18", rules) == .zero)
    }

    @Test func `interest on the largest balance does not overflow`() throws {
        let rules = try rulebook("seed-2025")
        let balance = [DatedBalance(from: try day("2022-09-15"), .largest)]
        #expect(try depositInterest(balance, "2026-09-14", rules) > .zero)
    }

    @Test func `a day before the first known rate is refused`() throws {
        let rules = try rulebook("seed-2025")
        let balance = [DatedBalance(from: try day("2020-01-01"), Money(fen: 100))]
        #expect(throws: RulebookFault.self) { try depositInterest(balance, "2020-02-01", rules) }
    }

    private func depositInterest(
        _ balances: [DatedBalance], _ through: String, _ rules: Rulebook
    ) throws -> Money {
        try Collecting.depositInterest(on: balances, through: day(through), by: rules)
    }
}
