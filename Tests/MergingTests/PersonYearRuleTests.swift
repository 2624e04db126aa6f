import Cataloguing
import Identifying
import Journaling
import Merging
import Pricing
import Rules
import Testing
import Vocabulary

/// The rules that compare entries of one person-year; each a table of cases.
@Suite struct PersonYearRuleTests {
    let histories: Histories

    init() throws { histories = try Histories() }

    private func told(exchanged: Bool = false, _ tell: (inout Story) throws -> Void) throws
        -> [String]
    {
        var story = Story(histories, exchanged: exchanged)
        try tell(&story)
        return story.clashes
    }

    @Test(arguments: [
        // Kiosk and yuan of two visits; the year's deductible is 300.00.
        (["K0001", "K0002"], [400, 400], ["deductibleTwice K0001-1 K0002-1"]),
        (["K0002", "K0001"], [400, 400], ["deductibleTwice K0001-1 K0002-1"]),
        // Looks alike: one kiosk knows its own visits; together they stay below.
        (["K0001", "K0001"], [400, 400], []),
        (["K0001", "K0002"], [100, 200], []),
    ])
    func `deductible taken twice`(kiosks: [String], yuan: [Int], expected: [String]) throws {
        let found = try told { story in
            for (kiosk, yuan) in zip(kiosks, yuan) { try story.visit(kiosk, fen: yuan * 100) }
        }
        #expect(found == expected)
        let voided = try told { story in
            let first = try story.visit(kiosks[0], fen: yuan[0] * 100)
            try story.visit(kiosks[1], fen: yuan[1] * 100, day: 1)
            try story.void(first)
        }
        #expect(voided.filter { $0.hasPrefix("deductibleTwice") } == [])
    }

    @Test(arguments: [
        // Two thirds of the yearly limit at each of two kiosks; at one kiosk; half of it at each.
        (["K0001", "K0002"], 3_000, ["limitOverspent K0001-1 K0002-1"]),
        (["K0001", "K0001"], 3_000, []),
        (["K0001", "K0002"], 1_000, []),
    ])
    func `limit spent beyond rights`(kiosks: [String], yuan: Int, expected: [String]) throws {
        for exchanged in [false, true] {
            let found = try told(exchanged: exchanged) { story in
                for kiosk in kiosks { try story.visit(kiosk, fen: yuan * 100) }
            }
            #expect(found.filter { $0.hasPrefix("limit") } == expected)
        }
        let voided = try told { story in
            let first = try story.visit(kiosks[0], fen: yuan * 100)
            try story.visit(kiosks[1], fen: yuan * 100, day: 1)
            try story.void(first)
        }
        #expect(voided.filter { $0.hasPrefix("limit") } == [])
    }

    @Test(arguments: [(0, 0, false), (300, 1, true), (500, 0, false)])
    func `price, catalogue or policy out of date`(
        limit: Int, expected: Int, differs: Bool
    ) throws {
        // The kiosk priced without a limit; what was in force had one of so many yuan, or none.
        var item = try #require(histories.policy.catalogue.item("X", histories.day))
        item.priceLimit = limit == 0 ? nil : Money(fen: limit * 100)
        let inForce = Policy(
            rules: histories.policy.rules, catalogue: Catalogue([item]))
        var story = Story(histories)
        let visit = try story.visit("K0001", fen: 40_000)
        func clashes() -> [Clash] {
            fold(histories.person.number, 2026, story.entries, by: inForce).clashes
        }
        #expect(clashes().count == expected)
        #expect(clashes().allSatisfy { $0.kind == .policyOutOfDate && $0.amount < .zero })
        try story.void(visit)
        #expect(clashes() == [])
    }

    @Test func `a deductible by another policy is out of date where the fund pays nothing`() throws
    {
        var item = try #require(histories.policy.catalogue.item("X", histories.day))
        item.priceLimit = Money(fen: 5_000)
        let inForce = Policy(rules: histories.policy.rules, catalogue: Catalogue([item]))
        var story = Story(histories)
        try story.visit("K0001", fen: 10_000)
        let clashes = fold(histories.person.number, 2026, story.entries, by: inForce).clashes
        #expect(clashes.map(\.line) == ["policyOutOfDate K0001-1"])
        #expect(clashes.map(\.amount) == [.zero])
    }

    @Test(arguments: [
        (["K0001", "K0002"], ["contributionTwice K0001-1 K0002-1"]),
        (["K0002", "K0001"], ["contributionTwice K0001-1 K0002-1"]),
        (["K0001"], []),
    ])
    func `contribution taken twice`(kiosks: [String], expected: [String]) throws {
        let found = try told { story in
            for (place, kiosk) in kiosks.enumerated() { try story.receipt(kiosk, 100 + place) }
        }
        #expect(found == expected)
        let voided = try told { story in
            let first = try story.receipt(kiosks[0], 100)
            for kiosk in kiosks.dropFirst() { try story.receipt(kiosk, 101) }
            try story.void(first)
        }
        #expect(voided == [])
    }

    @Test func `a receipt is named by code and number, never by the number alone`() throws {
        var story = Story(histories)
        let first = try story.receipt("K0001", 100, code: "41030126")
        let other = try story.receipt("K0001", 100, code: "41030127")
        try story.void(other)
        let year = histories.fold(story.entries)
        #expect(year.contributions == [first.reference])
        let void = try #require(story.entries.last)
        #expect(!void.entry.fact.mirrors(first.entry.fact))
    }
}
