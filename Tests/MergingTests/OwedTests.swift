import Identifying
import Journaling
import Pricing
import Settling
import Testing
import Vocabulary

@testable import Merging

/// What adjustments leave for the next visit is settled there once, and given back where it was not.
@Suite struct OwedTests {
    let histories: Histories

    init() throws { histories = try Histories() }

    /// 400.00 at each of two kiosks that do not know of each other: the second took the deductible
    /// once more, and the county owes the person 150.00.
    private func owed(exchanged: Bool = false) throws -> (story: Story, sums: [OwedSum]) {
        var story = Story(histories, exchanged: exchanged)
        try story.visit("K0001", fen: 40_000)
        try story.visit("K0002", fen: 40_000)
        try story.adjust()
        return (story, histories.fold(story.entries).owing ?? [])
    }

    private func part(_ sums: [OwedSum], _ fen: Int) -> [OwedSum] {
        sums.map { sum in
            var part = sum
            part.amount = Money(fen: fen)
            return part
        }
    }

    @Test(arguments: [
        // Kiosks that settle, how much each, what clashes and what is owed afterwards.
        (["K0001"], 15_000, [], 0),
        (["K0001", "K0002"], 15_000, ["owedTwice K0001-2 K0002-2"], -15_000),
        (["K0002", "K0001"], 15_000, ["owedTwice K0001-2 K0002-2"], -15_000),
        // Looks alike: one after the other, each a part, or twice at one kiosk that knew.
        (["K0001", "K0002"], 7_500, [], 0),
        (["K0001", "K0001"], 7_500, [], 0),
        (["K0001", "K0002", "K0003"], 7_500, ["owedTwice K0001-2 K0002-2 K0003-1"], -7_500),
        // The second fits in part only.
        (["K0001", "K0002"], 10_000, ["owedTwice K0001-2 K0002-2"], -5_000),
    ])
    func `settled twice`(kiosks: [String], fen: Int, expected: [String], left: Int) throws {
        for exchanged in [false, true] {
            var (story, sums) = try owed(exchanged: exchanged)
            #expect(sums.map(\.amount.fen) == [15_000])
            #expect(sums.map(\.reason) == ["deductibleTwice"])
            for kiosk in kiosks {
                try story.visit(kiosk, fen: 60_000, day: 70, settling: part(sums, fen))
            }
            let year = histories.fold(story.entries)
            #expect(year.owed.fen == left)
            let found = year.clashes.filter { $0.kind == .owedTwice }
            #expect(found.map(\.line) == expected)
            #expect(found.allSatisfy { !$0.waits && $0.amount.fen == left })
        }
    }

    @Test func `a void of either side leaves nothing to clash`() throws {
        for place in 0..<2 {
            var (story, sums) = try owed()
            let visits = try ["K0001", "K0002"].map {
                try story.visit($0, fen: 60_000, day: 70, settling: sums)
            }
            try story.void(visits[place])
            let year = histories.fold(story.entries)
            #expect(year.owed == .zero && year.owing == nil)
            #expect(!year.clashes.contains { $0.kind == .owedTwice })
            try story.void(visits[1 - place])
            #expect(histories.fold(story.entries).owing == sums)
        }
    }

    @Test func `what was given twice is taken at the next visit, and then all is even`() throws {
        var (story, sums) = try owed()
        try story.visit("K0001", fen: 60_000, day: 70, settling: sums)
        try story.visit("K0002", fen: 60_000, day: 70, settling: sums)
        let excess = try #require(histories.fold(story.entries).owing)
        #expect(excess.map(\.amount.fen) == [-15_000] && excess.map(\.reason) == ["owedTwice"])
        let third = try story.visit("K0001", fen: 60_000, day: 71, settling: excess)
        guard case .visit(let visit) = third.entry.fact else { return }
        #expect(visit.tenders["cash"] == visit.amounts.personPart + Money(fen: 15_000))
        let even = histories.fold(story.entries)
        #expect(even.owed == .zero && even.owing == nil)
        #expect(even.clashes.filter { $0.kind == .owedTwice }.count == 1)
    }

    @Test func `a sum that was never open is owed the other way round`() throws {
        var (story, sums) = try owed()
        var unknown = sums[0]
        unknown.identity = "nobody's"
        try story.visit("K0001", fen: 60_000, day: 70, settling: [unknown])
        let year = histories.fold(story.entries)
        #expect(year.owed == .zero)
        #expect(year.owing?.map(\.amount.fen) == [15_000, -15_000])
        #expect(year.clashes.filter { $0.kind == .owedTwice }.map(\.line) == ["owedTwice K0001-2"])
    }

    @Test func `a sum is settled in its own direction, of its own year, by its own person`() throws
    {
        let (story, sums) = try owed()
        func owing(_ change: (inout Visit) -> Void) throws -> [Int] {
            var told = story
            let placed = try told.visit("K0001", fen: 60_000, day: 70, settling: sums)
            guard case .visit(var visit) = placed.entry.fact else { return [] }
            change(&visit)
            var other = story
            try other.say(.visit(visit), at: placed.kiosk, day: 70)
            return histories.fold(other.entries).owing?.map(\.amount.fen) ?? []
        }
        #expect(try owing { _ in } == [])
        #expect(try owing { $0.settles = part(sums, -15_000) } == [15_000, 15_000])
        #expect(try owing { $0.settles = self.earlier(sums) } == [15_000])
        let relative = try #require(PersonNumber(rawValue: "41992500009999"))
        #expect(try owing { $0.person = relative } == [15_000])
    }

    private func earlier(_ sums: [OwedSum]) -> [OwedSum] {
        sums.map { sum in
            var sum = sum
            sum.year -= 1
            return sum
        }
    }

    @Test func `what adjustments laid on the person for one reason is one sum`() {
        var owing = Owing()
        for fen in [100, 20] {
            owing.add(
                OwedSum(
                    identity: "a", year: 2026, amount: Money(fen: fen), reason: "x",
                    kiosk: .nobody, day: histories.day))
        }
        #expect(owing.open?.map(\.amount.fen) == [120])
        owing.add(
            OwedSum(
                identity: "a", year: 2026, amount: Money(fen: -120), reason: "x", kiosk: .nobody,
                day: histories.day))
        #expect(owing.open == nil && owing.total == .zero)
    }

    @Test func `a visit of the next year settles the last one's, and counts in its own`() throws {
        var (story, sums) = try owed()
        let before = histories.fold(story.entries)
        let visit = try story.visit("K0001", fen: 60_000, day: 310, settling: sums)
        #expect(visit.entry.header.day.year == 2027)
        let last = histories.fold(story.entries)
        #expect(last.owed == .zero)
        #expect(last.claimed == before.claimed && last.due == before.due)
        #expect(last.standing == before.standing)
        let own = [visit].filter { $0.entry.header.day.year == 2027 }
        let next = fold(story.person.number, 2027, own, by: histories.policy)
        #expect(next.claimed.visits == 1 && next.owed == .zero && next.owing == nil)
        try story.void(visit)
        #expect(histories.fold(story.entries).owing == sums)
    }

    @Test func `on an undecided branch it is not asked for again, and stands in no sum`() throws {
        var (story, sums) = try owed()
        let visit = try story.visit("K0001", fen: 60_000, day: 70, settling: sums)
        let held = story.entries.map { placed in
            placed == visit
                ? Placed(
                    kiosk: placed.kiosk, sequence: placed.sequence, entry: placed.entry,
                    branch: .held) : placed
        }
        let year = histories.fold(held)
        #expect(year.owed.fen == 15_000 && year.owing == nil)
    }

    @Test func `a person's money moves against the drawer, and never against a fund`() throws {
        var (story, sums) = try owed()
        let plain = try story.visit("K0001", fen: 60_000, day: 70)
        let given = try story.visit("K0001", fen: 60_000, day: 70, settling: sums)
        let taken = try story.visit("K0001", fen: 60_000, day: 70, settling: sums.map { -$0 })
        let none = try #require(book(plain, BookingContext())).lines
        for (placed, fen) in [(given, 15_000), (taken, -15_000)] {
            let lines = try #require(book(placed, BookingContext())).lines
            func more(_ account: Account) -> Int {
                ((lines[account] ?? .zero) - (none[account] ?? .zero)).fen
            }
            #expect(more(.person) == fen && more(.cashDrawer) == -fen)
            // The clinic's own side stays even: what it gave for the county it claims.
            #expect(more(.clinicReceivable) == fen && more(.clinicPayable) == -fen)
            #expect(more(.fund("hifp_pay")) == 0 && more(.clinicIncome) == 0)
            #expect(lines.values.sum() == .zero)
        }
    }

    @Test func `what a visit names must come to what changed hands`() throws {
        var (story, sums) = try owed()
        let placed = try story.visit("K0001", fen: 60_000, day: 70, settling: sums)
        guard case .visit(var visit) = placed.entry.fact else { return }
        #expect(Fact.visit(visit).balances && Fact.visit(visit).isPlausible)
        let void = VisitVoid(identity: "v", of: visit, sequence: 1, reason: "x")
        #expect(Fact.visitVoid(void).balances)
        #expect(Fact.visitVoid(void).mirrors(.visit(visit)))
        visit.settles = part(sums, 1)
        #expect(!Fact.visit(visit).balances && !Fact.visitVoid(void).mirrors(.visit(visit)))
        visit.settles = nil
        #expect(!Fact.visit(visit).balances)
        visit.settles = sums + sums
        #expect(!Fact.visit(visit).isPlausible)
    }
}
