import Cataloguing
import Identifying
import Journaling
import Pricing
import Settling
import Testing
import Vocabulary

@testable import Merging

/// What counts in a person's year and what does not, entry by entry.
@Suite struct FoldedYearTests {
    let histories: Histories

    init() throws { histories = try Histories() }

    private func kiosk(_ name: String) -> KioskID { KioskID(rawValue: name) ?? .nobody }

    /// 400.00 at each of two kiosks that do not know of each other, booked: 150.00 are owed.
    private func owed() throws -> (story: Story, second: Placed) {
        var story = Story(histories)
        try story.visit("K0001", fen: 40_000)
        let second = try story.visit("K0002", fen: 40_000)
        try story.adjust()
        return (story, second)
    }

    private func adjustment(
        of visit: Placed, fen: Int, year: Int = 2026, person: PersonNumber? = nil, id: String = "x"
    ) -> Fact {
        .adjustment(
            Adjustment(
                identity: id, person: person ?? histories.person.number, year: year,
                kiosk: visit.kiosk, sequence: visit.sequence, hash: nil, scheme: .resident,
                difference: ["hifp_pay": Money(fen: fen)], reason: .deductibleTwice,
                bearer: .person, isLate: false))
    }

    @Test func `adjustments of another year or another person change nothing`() throws {
        var (story, second) = try owed()
        let before = histories.fold(story.entries)
        let other = try #require(PersonNumber(rawValue: "41992500009999"))
        try story.say(adjustment(of: second, fen: 500, year: 2025), at: kiosk("C0001"), day: 60)
        try story.say(adjustment(of: second, fen: 500, person: other), at: kiosk("C0001"), day: 60)
        #expect(histories.fold(story.entries) == before)
    }

    @Test func `what several adjustments of one visit booked is added up`() throws {
        var story = Story(histories)
        try story.visit("K0001", fen: 40_000)
        let second = try story.visit("K0002", fen: 40_000)
        for (place, fen) in [10_000, 5_000].enumerated() {
            let fact = adjustment(of: second, fen: fen, id: "x\(place)")
            try story.say(fact, at: kiosk("C0001"), day: 60)
        }
        let year = histories.fold(story.entries)
        #expect(year.corrections.allSatisfy { $0.open.isEmpty } && year.owed.fen == 15_000)
    }

    @Test func `what was booked for a visit that stands no more is taken back`() throws {
        var (story, second) = try owed()
        try story.void(second)
        let corrections = histories.fold(story.entries).corrections
        #expect(corrections.map(\.reason) == [.takenBack])
        #expect(corrections.map(\.open) == [[.person: ["hifp_pay": Money(fen: -15_000)]]])
    }

    @Test func `on an undecided branch a visit counts for the limits and in no sum`() throws {
        var story = Story(histories)
        let first = try story.visit("K0001", fen: 40_000)
        let second = try story.visit("K0001", fen: 40_000, day: 1)
        let both = histories.fold(story.entries)
        let held = Placed(kiosk: second.kiosk, sequence: 2, entry: second.entry, branch: .held)
        let year = histories.fold([first, held])
        #expect(year.standing == both.standing)
        #expect(year.claimed.visits == 1 && year.due.visits == 1)
        #expect(year.held.map(\.hash) == [second.entry.hash])
    }

    @Test func `a void takes back what it mirrors in its own journal, and nothing else`() throws {
        var story = Story(histories)
        let visit = try story.visit("K0001", fen: 40_000)
        let later = try story.visit("K0001", fen: 50_000)
        let copied = try story.say(visit.entry.fact, at: kiosk("K0002"))
        #expect(copied.sequence == visit.sequence)
        guard case .visit(let other) = later.entry.fact else { return }
        let wrong = VisitVoid(identity: "w", of: other, sequence: 1, reason: "test")
        try story.say(.visitVoid(wrong), at: kiosk("K0001"))
        #expect(voidedReferences(story.entries).isEmpty)
        try story.void(visit)
        #expect(voidedReferences(story.entries) == [visit.reference])
    }

    @Test func `what cannot be priced again stands and uses the limits up`() throws {
        var story = Story(histories)
        let placed = try story.visit("K0001", fen: 40_000)
        guard case .visit(let visit) = placed.entry.fact else { return }
        let emptied = Policy(rules: histories.policy.rules, catalogue: Catalogue([]))
        let year = fold(story.person.number, 2026, story.entries, by: emptied)
        #expect(year.clashes.map(\.line) == ["unpriceable K0001-1"])
        #expect(year.due.fund == visit.amounts.fundTotal && year.due.fund > .zero)
        #expect(year.standing.money(.paid, "outpatient") == visit.amounts.fundTotal)
        // Refused, it is not priced at all, and that is no matter that has gone.
        try story.rule("unpriceable", on: placed, .refused, bearer: .clinic)
        let refused = fold(story.person.number, 2026, story.entries, by: emptied)
        #expect(refused.clashes == [] && refused.due.fund == .zero)
    }

    @Test func `a receipt covers its own year`() throws {
        var story = Story(histories)
        let receipt = try story.receipt("K0001", 100)
        #expect(histories.fold(story.entries).contributions == [receipt.reference])
        let next = fold(story.person.number, 2027, story.entries, by: histories.policy)
        #expect(next.contributions == [])
    }

    @Test func `of a household's second receipt the person's own part is at stake`() throws {
        var story = Story(histories)
        try story.receipt("K0001", 100)
        guard case .contribution(var receipt)? = story.entries.last?.entry.fact else { return }
        var line = try #require(receipt.lines.first)
        let paid = line.paid
        line.person = try #require(PersonNumber(rawValue: "41992500009999"))
        receipt.lines.append(line)
        try story.say(.contribution(receipt), at: kiosk("K0002"))
        #expect(histories.fold(story.entries).clashes.map(\.amount) == [paid] && paid > .zero)
    }

    @Test func `a deductible borne twice names the other kiosk and never its own visits`() throws {
        var story = Story(histories)
        try story.visit("K0002", fen: 10_000)
        try story.visit("K0001", fen: 10_000, day: 1)
        try story.visit("K0001", fen: 40_000, day: 2)
        #expect(story.clashes == ["deductibleTwice K0002-1 K0001-2"])
    }

    @Test func `clashes stand by their kind, in whatever order they were found`() throws {
        var story = Story(histories)
        try story.visit("K0001", fen: 40_000)
        try story.visit("K0002", fen: 40_000, day: 1)
        try story.visit("K0001", fen: 300_000, day: 2)
        try story.visit("K0002", fen: 300_000, day: 3)
        try story.receipt("K0001", 100)
        try story.receipt("K0002", 101)
        #expect(
            histories.fold(story.entries).clashes.map(\.kind)
                == [.contributionTwice, .deductibleTwice, .limitOverspent])
    }

    @Test func `an overdraft stands as what the fund paid too much, and clashes in order`() throws {
        var story = Story(histories)
        try story.visit("K0001", fen: 300_000)
        try story.visit("K0002", fen: 300_000, day: 1)
        try story.receipt("K0001", 100)
        try story.receipt("K0002", 101)
        let clashes = histories.fold(story.entries).clashes
        #expect(clashes.map(\.kind) == [.contributionTwice, .limitOverspent])
        #expect(clashes.last?.amount == Money(fen: -70_000))
    }
}
