import Journaling
import Merging
import Pricing
import Testing
import Vocabulary

/// What the county rules has effect in the fold, is confirmed by a second person and can be taken back.
@Suite struct RulingTests {
    let histories: Histories

    init() throws { histories = try Histories() }

    private func overspent() throws -> (Story, Placed) {
        var story = Story(histories)
        try story.visit("K0001", fen: 300_000)
        let second = try story.visit("K0002", fen: 300_000, day: 1)
        return (story, second)
    }

    @Test func `nobody's visit is refused by one clerk alone, or by one clerk twice`() throws {
        var (story, visit) = try overspent()
        let before = histories.fold(story.entries)
        try story.rule("traceCodeTwice", on: visit, .refused, bearer: .clinic, by: ["C1"])
        #expect(histories.fold(story.entries) == before)
        try story.rule("traceCodeTwice", on: visit, .refused, bearer: .clinic, by: ["C1", "C1"])
        #expect(histories.fold(story.entries) == before)
        try story.rule("traceCodeTwice", on: visit, .refused, bearer: .clinic)
        let refused = histories.fold(story.entries)
        #expect(refused.due.fund == Money(fen: 135_000))
        #expect(refused.borne == [.clinic: Money(fen: -135_000)])
        #expect(refused.corrections.map(\.reason) == [.refused])
        // What the refused visit would have taken is left for later ones.
        #expect(refused.standing.money(.paid, "outpatient") == Money(fen: 135_000))
        try story.rule("traceCodeTwice", on: visit, .reopened)
        #expect(histories.fold(story.entries).due == before.due)
    }

    @Test func `one clerk alone does not undo what two have ruled`() throws {
        var (story, visit) = try overspent()
        let before = histories.fold(story.entries)
        try story.rule("traceCodeTwice", on: visit, .refused, bearer: .clinic)
        let refused = histories.fold(story.entries)
        for choice in [Ruling.Choice.stands, .reopened] {
            try story.rule("traceCodeTwice", on: visit, choice, by: ["C1"])
            #expect(histories.fold(story.entries) == refused)
        }
        try story.rule("traceCodeTwice", on: visit, .stands)
        #expect(histories.fold(story.entries).due == before.due)
    }

    @Test(arguments: Adjustment.Bearer.allCases)
    func `who bears an overdraft can be ruled after it was booked, and moves`(
        bearer: Adjustment.Bearer
    ) throws {
        var (story, visit) = try overspent()
        try story.adjust()
        #expect(histories.fold(story.entries).corrections.allSatisfy { $0.open.isEmpty })
        try story.rule("limitOverspent", on: visit, .borne, bearer: bearer)
        try story.adjust()
        let year = histories.fold(story.entries)
        #expect(year.corrections.allSatisfy { $0.open.isEmpty })
        #expect(year.borne == [bearer: Money(fen: -70_000)])
        #expect(year.owed == (bearer == .person ? Money(fen: -70_000) : .zero))
        #expect(year.clashes.contains { $0.kind == .limitOverspent && $0.decided != nil })
        let booked = story.entries.compactMap { placed -> Money? in
            guard case .adjustment(let adjustment) = placed.entry.fact else { return nil }
            return adjustment.total
        }
        #expect(booked.sum() == Money(fen: -70_000))
    }

    @Test func `a ruling needs a proposal of its own journal, in its own words`() throws {
        var (story, visit) = try overspent()
        try story.rule("limitOverspent", on: visit, .borne, bearer: .clinic, by: ["C1"])
        let proposal = try #require(story.entries.last)
        guard case .ruling(var ruling) = proposal.entry.fact else { return }
        ruling.confirms = proposal.sequence
        let before = histories.fold(story.entries)
        func folded(_ ruling: Ruling, at kiosk: String) throws -> PersonYear {
            var told = story
            let kiosk = try #require(KioskID(rawValue: kiosk))
            try told.say(.ruling(ruling), at: kiosk, day: 51, by: "C2")
            return histories.fold(told.entries)
        }
        #expect(Array(try folded(ruling, at: "C0001").borne.keys) == [.clinic])
        #expect(try folded(ruling, at: "C0002") == before)
        var other = ruling
        other.bearer = .person
        #expect(try folded(other, at: "C0001") == before)
        // What needs no second, and claims to be one all the same.
        (other.choice, other.bearer, other.confirms) = (.stands, nil, 99)
        #expect(try folded(other, at: "C0001") == before)
        other.confirms = nil
        #expect(try folded(other, at: "C0001") != before)
    }

    @Test func `of two rulings on one visit the last says who bears it`() throws {
        for bearers in [[Adjustment.Bearer.clinic, .person], [.person, .clinic]] {
            var (story, visit) = try overspent()
            try story.rule("limitOverspent", on: visit, .borne, bearer: bearers[0])
            try story.rule("policyOutOfDate", on: visit, .borne, bearer: bearers[1])
            #expect(Array(histories.fold(story.entries).borne.keys) == [bearers[1]])
        }
    }

    @Test func `a month is closed by what proposes the same month before it`() throws {
        var story = Story(histories)
        let office = try #require(KioskID(rawValue: "C0001"))
        let month = Month(of: histories.day)
        let proposal = try story.say(
            .monthProposed(MonthProposed(month: month)), at: office, by: "C1")
        func close(_ month: Month) throws -> Placed {
            try story.say(
                .monthClosed(MonthClosed(month: month, through: [:], confirms: 1)), at: office,
                by: "C2")
        }
        let closed = try close(month)
        #expect(ownApproval(closed, proposal: proposal) == nil)
        #expect(ownApproval(try close(month.next), proposal: proposal) == ApprovalFault.unknown)
        let later = Placed(kiosk: office, sequence: closed.sequence, entry: proposal.entry)
        #expect(ownApproval(closed, proposal: later) == ApprovalFault.unknown)
    }

    @Test func `of two receipts the county may choose the later`() throws {
        var story = Story(histories)
        let first = try story.receipt("K0001", 100)
        let second = try story.receipt("K0002", 100, day: 1)
        #expect(histories.fold(story.entries).contributions.first == first.reference)
        try story.rule("contributionTwice", on: second, .receipt)
        let year = histories.fold(story.entries)
        #expect(year.contributions == [second.reference, first.reference])
        #expect(year.clashes.map(\.line) == ["contributionTwice K0002-1 K0001-1"])
        #expect(year.clashes.allSatisfy { $0.decided != nil })
    }

    @Test(arguments: [
        // Who confirms whom: another, the same, nobody's proposal, other words.
        ("C2", true, nil), ("C1", true, ApprovalFault.own), ("C2", false, ApprovalFault.unknown),
    ])
    func `approving own work has no effect`(clerk: String, same: Bool, expected: String?) throws {
        var (story, visit) = try overspent()
        try story.rule("limitOverspent", on: visit, .borne, bearer: .fund, by: ["C1"])
        let proposal = try #require(story.entries.last)
        guard case .ruling(var ruling) = proposal.entry.fact else { return }
        ruling.confirms = proposal.sequence
        if !same { ruling.bearer = .clinic }
        let confirmed = try story.say(.ruling(ruling), at: proposal.kiosk, by: clerk)
        #expect(ownApproval(confirmed, proposal: proposal) == expected)
        #expect(ownApproval(proposal, proposal: nil) == nil)
    }

    @Test(arguments: [
        ("visit", Role.villageDoctor, true), ("visit", .townshipCollector, false),
        ("receipt", .villageDoctor, false), ("receipt", .townshipCollector, true),
        ("visit", .countyClerk, false), ("close", .villageDoctor, true),
        ("close", .townshipCollector, true),
    ])
    func `an operator whose post does not do it`(kind: String, role: Role, allowed: Bool) throws {
        var story = Story(histories)
        let placed =
            switch kind {
            case "visit": try story.visit("K0001", fen: 100)
            case "receipt": try story.receipt("K0001", 100)
            default:
                try story.say(
                    .bulletinRead(BulletinRead(policy: 1, daily: 1)),
                    at: try #require(KioskID(rawValue: "K0001")))
            }
        #expect((operatorNotAllowed(placed.entry.fact, role: role) == nil) == allowed)
        #expect(operatorNotAllowed(placed.entry.fact, role: nil) == nil)
        guard kind != "close" else { return }
        // Whoever may not write it may not take it back.
        let void = try story.void(placed)
        #expect((operatorNotAllowed(void.entry.fact, role: role) == nil) == allowed)
    }

    /// One that is there before what it takes back is held, and counts once that has come.
    @Test func `a void of something unknown, voided before or set aside has no effect`() throws {
        var story = Story(histories)
        let visit = try story.visit("K0001", fen: 40_000)
        let other = try story.visit("K0001", fen: 50_000)
        let void = try story.void(visit)
        let second = try story.void(visit)
        func why(
            _ void: Placed, _ stored: [Placed], aside: Bool = false, _ others: [Placed] = []
        ) -> String? {
            voidWithoutEffect(void, stored: stored, setAside: { _ in aside }, others: others)
        }
        let all = story.entries
        #expect(why(void, [visit], all) == nil)
        #expect(why(second, [visit], all) == VoidFault.before)
        #expect(why(void, []) == VoidFault.unknown)
        #expect(histories.fold([void, visit]).claimed == PersonYear.Totals())
        // The number holds something else than what is given back.
        #expect(why(void, [other], all) == VoidFault.unknown)
        #expect(why(void, [visit], aside: true, all) == VoidFault.ofSetAside)
        let early = Placed(kiosk: void.kiosk, sequence: 1, entry: void.entry)
        #expect(why(early, [visit]) == VoidFault.later)
        #expect(why(visit, []) == nil)
        let later = try story.void(visit, day: 306)
        #expect(later.entry.header.day.year == 2027)
        #expect(why(later, [visit]) == VoidFault.otherYear)
        // Exchanged kiosks: a void speaks of its own journal alone.
        var there = Story(histories, exchanged: true)
        let same = try there.visit("K0001", fen: 40_000)
        let own = try there.void(same)
        #expect(why(own, [same], all + there.entries) == nil)
    }
}
