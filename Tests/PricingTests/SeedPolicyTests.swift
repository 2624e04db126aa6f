import Cataloguing
import Hosting
import Pricing
import Rules
import SmallCounty
import Testing
import Vocabulary

/// The published settlements of the seed policy, one row a case, amounts in fen.
@Suite struct SeedPolicyTests {
    let rules: Rulebook
    let day: Day

    /// Read once: every case of every test makes a suite of its own.
    private static let seed = Result {
        try Rulebook.parse(
            region: "seed-2025",
            files: readRuleFolder(SmallCounty.fixtures + "/rules/seed-2025"))
    }

    init() throws {
        rules = try Self.seed.get()
        day = try #require(Day("2025-06-01"))
    }

    /// A bill of amounts in class A, B and outside the catalogue.
    private func bill(
        _ a: Int, _ b: Int = 0, _ outside: Int = 0, kind: VisitKind = .outpatient,
        level: InstitutionLevel = .village
    ) -> Bill {
        let lines = [
            (a, ItemTerms(itemClass: .a, ownShare: .zero)),
            (b, ItemTerms(itemClass: .b, ownShare: Share(millionths: 100_000))),
            (outside, ItemTerms(itemClass: .outside, ownShare: .one)),
        ].filter { $0.0 > 0 }.map { fen, terms in
            Bill.Line(code: "X", quantity: .one, price: Money(fen: fen), ownTerms: terms)
        }
        return Bill(day: day, scheme: .resident, kind: kind, level: level, lines: lines)
    }

    private func run(_ bills: [Bill]) throws -> [Quote] {
        var standing = Standing(year: day.year)
        return try bills.map { bill in
            let quote = try price(bill, by: rules, catalogue: .empty, given: standing)
            standing = quote.standing
            return quote
        }
    }

    struct Row: Sendable {
        let name: String
        /// Class A, class B, outside; then expected deductible and fund.
        let visits: [(a: Int, b: Int, c: Int, deductible: Int, fund: Int)]
    }

    static let rows = [
        Row(name: "below the deductible", visits: [(28_000, 0, 0, 28_000, 0)]),
        Row(
            name: "the deductible crossed on the second visit",
            visits: [(28_000, 0, 0, 28_000, 0), (12_000, 0, 0, 2_000, 5_000)]),
        Row(
            name: "exactly the deductible, then one fen",
            visits: [(30_000, 0, 0, 30_000, 0), (1, 0, 0, 0, 1)]),
        Row(
            name: "class B first bears its own share, outside the catalogue all of it",
            visits: [(30_000, 20_000, 5_000, 30_000, 9_000)]),
        Row(
            name: "the limit reached inside a visit",
            visits: [(430_000, 0, 0, 30_000, 200_000), (50_000, 0, 0, 0, 0)]),
        Row(
            name: "one fen left of the limit",
            visits: [(429_998, 0, 0, 30_000, 199_999), (1_000, 0, 0, 0, 1)]),
        Row(
            name: "odd fen",
            visits: [(30_000, 0, 0, 30_000, 0), (3_333, 0, 0, 0, 1_667), (1, 0, 0, 0, 1)]),
    ]

    @Test(arguments: rows)
    func `outpatient settlements come out to the fen`(row: Row) throws {
        let quotes = try run(row.visits.map { bill($0.a, $0.b, $0.c) })
        for (quote, expected) in zip(quotes, row.visits) {
            #expect(quote.amounts.deductible.fen == expected.deductible, "\(row.name)")
            #expect(quote.amounts.fundTotal.fen == expected.fund, "\(row.name)")
            #expect(quote.amounts.agree)
        }
    }

    @Test(arguments: [
        (InstitutionLevel.first, 300_000, 243_000), (.second, 300_000, 221_000),
        (.third, 300_000, 200_000), (.third, 40_000_000, 20_000_000),
    ])
    func `inpatient rates and deductibles go by level`(
        level: InstitutionLevel, total: Int, fund: Int
    ) throws {
        let quote = try #require(try run([bill(total, kind: .inpatient, level: level)]).first)
        #expect(quote.amounts.fundTotal.fen == fund)
    }

    @Test func `chronic disease is paid at seventy percent and shares the deductible`() throws {
        let quotes = try run([bill(30_000), bill(50_000, kind: .chronic)])
        #expect(quotes[1].amounts.deductible == .zero)
        #expect(quotes[1].amounts.fundTotal.fen == 35_000)
    }

    @Test func `what exceeds the price limit is the person's own`() throws {
        let line = Bill.Line(
            code: "X", quantity: Quantity(3), price: Money(fen: 1_000),
            ownTerms: ItemTerms(itemClass: .a, ownShare: .zero, priceLimit: Money(fen: 800)))
        var bill = bill(30_000)
        bill.lines.append(line)
        let quote = try #require(try run([bill]).first)
        #expect(quote.amounts.overLimit.fen == 600)
        #expect(quote.amounts.fundTotal.fen == 1_200)
    }

    @Test func `a new year starts every counter again`() throws {
        let used = try #require(try run([bill(430_000)]).first).standing
        var next = bill(30_000)
        next.day = try #require(Day("2026-01-01"))
        let quote = try price(next, by: rules, catalogue: .empty, given: used)
        #expect(quote.amounts.deductible.fen == 30_000)
        #expect(quote.standing.year == 2026)
    }

    @Test func `faults name the line`() throws {
        var unknown = bill(100)
        unknown.lines.append(
            Bill.Line(code: "Y", quantity: .one, price: .zero))
        #expect(throws: PricingFault.unknownItem(line: 2, code: "Y")) {
            try price(unknown, by: rules, catalogue: .empty, given: Standing(year: 2025))
        }
        unknown.lines = []
        #expect(throws: PricingFault.noLines) {
            try price(unknown, by: rules, catalogue: .empty, given: Standing(year: 2025))
        }
    }

    @Test(arguments: 0..<300)
    func `parts sum to the bill and the fund stays within its bounds`(seed: Int) throws {
        var random = SeededNumbers(seed: UInt64(seed))
        var standing = Standing(year: day.year)
        for _ in 0..<20 {
            let bill = bill(
                random.next(below: 60_000), random.next(below: 30_000),
                1 + random.next(below: 5_000))
            let quote = try price(bill, by: rules, catalogue: .empty, given: standing)
            let parts = quote.lines.map {
                $0.outside + $0.overLimit + $0.ownShareFirst + $0.inScope
            }
            #expect(parts == quote.lines.map(\.amount))
            #expect(quote.amounts.agree)
            #expect(quote.amounts.fundTotal <= quote.amounts.inScope)
            standing = quote.standing
            #expect(standing.money(.paid, "outpatient").fen <= 200_000)
            #expect(standing.money(.deductible, "outpatient").fen <= 30_000)
        }
    }
}
