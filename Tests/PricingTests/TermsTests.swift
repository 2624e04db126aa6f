import Cataloguing
import Pricing
import Rules
import Testing
import Vocabulary

/// What the catalogue, the rules and the reasons say of single lines and of who pays.
@Suite struct TermsTests {
    let rules: Rulebook

    init() throws { rules = try written(["390/outpatient/rate": "0.5"]) }

    @Test func `terms go by scheme and level`() throws {
        var item = CatalogueItem(
            code: "X", name: "X", itemClass: .b, ownShare: Share(millionths: 100_000),
            priceLimit: Money(fen: 900), price: Money(fen: 1_000), feeType: .westernMedicine,
            validFrom: try "2025-01-01".asDay())
        item.ownShares = [.employee: Share(millionths: 50_000)]
        item.priceLimits = [.third: Money(fen: 950)]
        let here = ItemTerms(item, scheme: .resident, level: .village)
        #expect(here.ownShare?.millionths == 100_000)
        #expect(here.priceLimit?.fen == 900)
        #expect(here.feeType == .westernMedicine)
        let there = ItemTerms(item, scheme: .employee, level: .third)
        #expect(there.ownShare?.millionths == 50_000)
        #expect(there.priceLimit?.fen == 950)
    }

    @Test func `a price at the limit is not above it, a limit below zero is nought`() throws {
        var bill = try outpatientBill(1_000)
        bill.lines[0].ownTerms?.priceLimit = Money(fen: 1_000)
        let at = try quoted(bill, rules)
        #expect(!at.reasons.contains { $0.article == .abovePriceLimit })
        bill.lines[0].ownTerms?.priceLimit = Money(fen: -500)
        #expect(try quoted(bill, rules).amounts.overLimit.fen == 1_000)
    }

    @Test func `the last reasons say what is in scope and what the person bears`() throws {
        var bill = try outpatientBill(1_000, 500)
        bill.lines[1].ownTerms?.itemClass = .outside
        let reasons = try quoted(bill, rules).reasons
        #expect(reasons.first { $0.article == .inScope }?.amount.fen == 1_000)
        #expect(reasons.first { $0.article == .personPart }?.amount.fen == 1_000)
        #expect(reasons.last?.arithmetic == "15.00 - 5.00 = 10.00")
    }

    @Test func `the fund's fixed amount comes before the person's`() throws {
        let fixed = try written([
            "390/outpatient/fixed_fund": "3.00", "390/outpatient/fixed_person": "2.00",
        ])
        #expect(try quoted(try outpatientBill(1_000), fixed).amounts.fundTotal.fen == 300)
    }

    @Test func `a further layer with a rate for one class only does not apply`() throws {
        let layered = try written([
            "390/outpatient/rate": "0.5", "390/outpatient/layers": "[extra]",
            "390/layers/extra/fund": "maf_pay", "390/layers/extra/enters": "scope",
            "390/layers/extra/rate": "[{when: {item_class: \"01\"}, value: 0.2}]",
        ])
        let quote = try quoted(try outpatientBill(1_000), layered)
        #expect(quote.amounts.funds == [.pooled: Money(fen: 500)])
    }

    @Test func `a household at its limit is known by the counter its rules name`() throws {
        let household = try written([
            "390/outpatient/rate": "0.5", "390/outpatient/limit_household_year": "100.00",
            "390/outpatient/household_counter": "home",
            "390/outpatient/charge_limit":
                "[{when: {household: reached}, value: 1.00}, {when: {household: open}, value: 6.00}]",
        ])
        let home = Counter(.household, "home")
        for (used, institution) in [(9_999, 400), (10_000, 900)] {
            let standing = Standing(year: 2025, counters: [home: used])
            let quote = try quoted(try outpatientBill(1_000), household, given: standing)
            #expect(quote.amounts.institutionPart.fen == institution)
        }
    }

    @Test func `a household at its limit is nothing to the consult fee without one`() throws {
        let charge =
            "[{when: {household: reached}, value: 1.00}, {when: {household: open}, value: 6.00}]"
        let household = try written([
            "390/outpatient/rate": "0.5", "390/outpatient/limit_household_year": "100.00",
            "390/consult_fee/rate": "0.5", "390/consult_fee/charge_limit": charge,
        ])
        var bill = try outpatientBill(1_000, 1_000)
        bill.lines[1].ownTerms?.feeType = .generalConsult
        let reached = Standing(
            year: 2025, counters: [Counter(.household, "outpatient"): 10_000])
        let quote = try quoted(bill, household, given: reached)
        #expect(quote.amounts.institutionPart.fen == 400)
    }

    @Test func `what is carried over is of the limit that last year ended with`() throws {
        let rules = try written(
            [
                "390/outpatient/rate": "0.5", "390/outpatient/limit_year": "100.00",
                "390/outpatient/carried_from": "chronic",
            ],
            dated: [
                "390/chronic/limit_year": [
                    "2024-01-01": "40.00", "2024-07-01": "50.00", "2025-01-01": "80.00",
                ]
            ])
        let standing = Standing(year: 2025, counters: [Counter(.lastPaid, "chronic"): 2_000])
        let quote = try quoted(try outpatientBill(100_000), rules, given: standing)
        #expect(quote.amounts.fundTotal.fen == 13_000)
    }

    @Test func `an overdrawn account pays nothing and owes nothing here`() throws {
        let quote = try quoted(try outpatientBill(1_000), rules)
        let payers = quote.payers(Accounts(own: Money(fen: -100), family: [Money(fen: -50)]))
        #expect(payers.own == .zero)
        #expect(payers.family == [.zero])
        #expect(payers.cash.fen == 500)
    }
}
