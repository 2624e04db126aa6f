import Cataloguing
import Pricing
import Rules
import Testing
import Vocabulary

/// Rights bound what is paid, say so where they do, and change nothing where they suffice.
@Suite struct HeldHereTests {
    private let yearly = Counter(.paid, "outpatient")
    private let usual = [
        "390/outpatient/rate": "0.8", "390/outpatient/limit_year": "50.00",
    ]

    private func quote(
        _ values: [String: String], _ bounds: Bounds, used: [Counter: Int] = [:], fen: Int = 2_420
    ) throws -> Quote {
        try price(
            try outpatientBill(fen), by: try written(values), catalogue: .empty,
            given: Standing(year: 2025, counters: used), within: bounds)
    }

    @Test func `rights enough change nothing at all`() throws {
        let free = try quote(usual, .none)
        #expect(free.amounts.fundTotal.fen == 1_936)
        #expect(try quote(usual, Bounds(held: [yearly: 1_936])) == free)
        #expect(try quote(usual, Bounds(held: [Counter(.paid, "chronic"): 0])) == free)
    }

    @Test func `the fund pays what is held, and the derivation says so`() throws {
        let quote = try quote(usual, Bounds(held: [yearly: 680]))
        #expect(quote.amounts.fundTotal.fen == 680)
        #expect(quote.amounts.personPart.fen == 1_740)
        #expect(quote.use.counters == [yearly: 680])
        let said = quote.reasons.filter { $0.article == .heldHere }
        #expect(said.map(\.arithmetic) == ["min(19.36, 6.80) = 6.80"])
        #expect(try self.quote(usual, Bounds(held: [yearly: 0])).amounts.fundTotal == .zero)
    }

    @Test func `what is promised to others is not left`() throws {
        let quote = try quote(usual, Bounds(promised: [yearly: 3_500]), used: [yearly: 200])
        #expect(quote.amounts.fundTotal.fen == 1_300)
        #expect(quote.standing[yearly] == 1_500)
        let none = try self.quote(usual, Bounds(promised: [yearly: 9_999]))
        #expect(none.amounts.fundTotal == .zero)
    }

    @Test func `a right to a visit, to a pool, to cost`() throws {
        let visits = usual.merging(["390/outpatient/visits_year": "3"]) { a, _ in a }
        let counted = Counter(.visits, "outpatient")
        #expect(try quote(visits, Bounds(held: [counted: 1])).amounts.fundTotal.fen == 1_936)
        let refused = try quote(visits, Bounds(held: [counted: 0]))
        #expect(refused.amounts.fundTotal == .zero)
        #expect(refused.use.counters == [:])
        #expect(try quote(visits, Bounds(promised: [counted: 3])).amounts.fundTotal == .zero)

        let pool = usual.merging(["390/outpatient/limit_pool_year": "40.00"]) { a, _ in a }
        #expect(
            try quote(pool, Bounds(held: [Counter(.paid, "pool"): 5])).amounts.fundTotal.fen == 5)

        let cost = usual.merging(["390/outpatient/limit_base": "cost"]) { a, _ in a }
        let held = try quote(cost, Bounds(held: [Counter(.cost, "outpatient"): 1_000]))
        #expect(held.amounts.fundTotal.fen == 800)
    }

    @Test func `every yearly limit is known before anything is charged`() throws {
        let rules = try written(
            usual.merging([
                "390/outpatient/visits_year": "3", "390/outpatient/limit_pool_year": "40.00",
                "390/outpatient/limit_month": "10.00",
            ]) { a, _ in a })
        let limits = try yearlyLimits(
            for: try outpatientBill(100), by: rules, given: Standing(year: 2025))
        #expect(
            limits == [
                yearly: 5_000, Counter(.visits, "outpatient"): 3, Counter(.paid, "pool"): 4_000,
            ])
    }
}
