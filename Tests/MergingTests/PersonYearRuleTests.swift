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

    @Test(arguments: [
        // Kiosks, minutes between; what the second bill holds and for what. The first holds 40.00
        // and 50.00 for I10, and is written first whichever kiosk stands first in order.
        (["K0001", "K0002"], 10, [40, 50], "I10", ["visitTwice K0001-1 K0002-1"]),
        (["K0002", "K0001"], 10, [50, 40], "I10", ["visitTwice K0002-1 K0001-1"]),
        (["K0001", "K0001"], 0, [40, 50], "I10", ["visitTwice K0001-1 K0001-2"]),
        (["K0001", "K0002"], 30, [50, 40], "I10", ["visitTwice K0001-1 K0002-1"]),
        // Looks alike: too late; another diagnosis; the same sum of other lines; a line more.
        (["K0001", "K0002"], 31, [40, 50], "I10", []),
        (["K0001", "K0001"], 10, [40, 50], "J00", []),
        (["K0002", "K0001"], 10, [90], "I10", []),
        (["K0001", "K0002"], 10, [40, 50, 50], "I10", []),
    ])
    func `the same visit entered twice`(
        kiosks: [String], minutes: Int, yuan: [Int], diagnosis: String, expected: [String]
    ) throws {
        func twice(onDay later: Int = 0, voiding side: Int? = nil) throws -> [String] {
            try told { story in
                let visits = [
                    try story.visit(
                        kiosks[0], fen: 4_000, beside: [5_000], diagnosis: "I10", seconds: 0),
                    try story.visit(
                        kiosks[1], fen: yuan[0] * 100, beside: yuan.dropFirst().map { $0 * 100 },
                        diagnosis: diagnosis, day: later, seconds: minutes * 60),
                ]
                if let side { try story.void(visits[side]) }
            }
        }
        #expect(try twice() == expected)
        #expect(try twice(onDay: 1) == [])
        for side in 0...1 { #expect(try twice(voiding: side) == []) }
    }

    @Test func `equal visits on both sides of midnight are of two days`() throws {
        let (evening, midnight) = (53_400, -32_100)
        #expect(
            try told { story in
                // Another bill of the evening, without which the day is not looked at.
                try story.visit("K0001", fen: 3_000, diagnosis: "I10", seconds: evening - 60)
                try story.visit("K0001", fen: 4_000, diagnosis: "I10", seconds: evening)
                try story.visit("K0001", fen: 4_000, diagnosis: "I10", day: 1, seconds: midnight)
            } == [])
    }

    @Test func `a refusal outlives its matter even where the visit clashes with a later one`()
        throws
    {
        var story = Story(histories)
        let visits = try (0..<3).map { place in
            try story.visit("K0001", fen: 4_000, diagnosis: "I10", seconds: place * 60)
        }
        try story.rule("visitTwice", on: visits[1], .refused, bearer: .clinic)
        try story.void(visits[0])
        #expect(story.clashes == ["refusalOutlived K0001-2", "visitTwice K0001-2 K0001-3"])
    }

    @Test func `each of three equal visits is held against the one written before it`() throws {
        var story = Story(histories)
        for (place, kiosk) in ["K0003", "K0001", "K0002"].enumerated() {
            try story.visit(kiosk, fen: 4_000, diagnosis: "I10", seconds: place * 1_200)
        }
        let expected = ["visitTwice K0001-1 K0002-1", "visitTwice K0003-1 K0001-1"]
        #expect(story.clashes == expected)
        #expect(histories.fold(story.entries.reversed()).clashes.map(\.line) == expected)
    }

    @Test func `equal visits of a relative or of a later year are another person-year's`() throws {
        var relative = histories.person
        relative.number = try #require(PersonNumber(rawValue: "RELATIVE"))
        for (teller, year) in [(relative, 2026), (histories.person, 2025)] {
            var story = Story(histories, person: teller)
            for kiosk in ["K0001", "K0002"] {
                try story.visit(kiosk, fen: 4_000, diagnosis: "I10", seconds: 0)
            }
            let found = fold(histories.person.number, year, story.entries, by: histories.policy)
            #expect(found.clashes.filter { $0.kind == .visitTwice } == [])
        }
    }

    @Test func `a refused second visit is paid by no fund, and nothing waits`() throws {
        var story = Story(histories)
        try story.visit("K0001", fen: 40_000, diagnosis: "I10")
        let second = try story.visit("K0001", fen: 40_000, diagnosis: "I10", seconds: 60)
        #expect(histories.fold(story.entries).clashes.map(\.waits) == [true])
        guard case .visit(let later) = second.entry.fact else { return }
        #expect(histories.fold(story.entries).clashes.map(\.amount) == [later.amounts.fundTotal])
        #expect(later.amounts.fundTotal > .zero)
        #expect(histories.fold(story.entries).corrections == [])
        try story.rule("visitTwice", on: second, .refused, bearer: .clinic)
        let year = histories.fold(story.entries)
        #expect(year.clashes.map(\.waits) == [false])
        #expect(year.corrections.map(\.visit) == [second.reference])
        #expect(year.corrections.map(\.due) == [.zero])
    }

    @Test(arguments: [
        // Which of two equal visits is taken back after the second was refused.
        (0, false, ["refusalOutlived K0001-2"]), (0, true, []), (1, false, []),
    ])
    func `a refusal whose matter is gone waits for a person`(
        side: Int, reopened: Bool, expected: [String]
    ) throws {
        var story = Story(histories)
        let visits = [
            try story.visit("K0001", fen: 40_000, diagnosis: "I10"),
            try story.visit("K0001", fen: 40_000, diagnosis: "I10", seconds: 60),
        ]
        try story.rule("visitTwice", on: visits[1], .refused, bearer: .clinic)
        #expect(story.clashes == ["visitTwice K0001-1 K0001-2"])
        try story.void(visits[side])
        if reopened { try story.rule("visitTwice", on: visits[1], .reopened) }
        let year = histories.fold(story.entries)
        #expect(year.clashes.map(\.line) == expected)
        #expect(year.clashes.map(\.waits) == expected.map { _ in true })
        // It is never dropped by itself.
        #expect((year.due.fund == .zero) == !expected.isEmpty)
        try story.rule("refusalOutlived", on: visits[1], .stands, by: ["C1"])
        let waiting = histories.fold(story.entries).clashes.filter(\.waits)
        #expect(waiting == [])
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
