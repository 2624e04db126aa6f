import Allotting
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import SmallCounty
import Testing
import Vocabulary

/// What rights given to others leave to a visit, where the limit itself changes within the year.
@Suite struct PromisesTests {
    private let histories: Histories
    private let limit = Counter(.paid, "outpatient")
    private let office = KioskID(rawValue: "C0001") ?? .nobody

    init() throws { histories = try Histories() }

    /// Days after the visit, of which the visit's rules know nothing.
    private static let later = 31

    /// 2,000 a year until then, and so much afterwards.
    private func policy(_ before: String, then after: String) throws -> Policy {
        var content = try SmallCounty(people: 2).content(
            over: ["390/outpatient/limit_year": before])
        let day = histories.day.adding(days: Self.later)
        content.rules["390/outpatient/limit_year.yaml"]? +=
            "  - from: \(day)\n    value: \(after)\n    source: 测试所用\n"
        return Policy(rules: try content.rulebook(), catalogue: Histories.catalogue)
    }

    /// A visit of K0001 on the first day, of its own rights or of none, and rights given to others.
    ///
    /// - Parameters:
    ///   - visits: how many, one after the other on one day.
    ///   - holder: who was really given the rights that K0001 takes for its own.
    private func story(
        own: Int, others: [(amount: Int, day: Int)], visits: Int = 1, on day: Int = 0,
        holder: String = "K0001"
    ) throws -> Story {
        var (apart, story) = (Story(histories), Story(histories))
        if own > 0 { try give("own", own, to: holder, day: 0, &story) }
        for _ in 0..<visits {
            try visit(of: own > 0 ? "own.0" : nil, at: "K0001", day: day, &apart, &story)
        }
        for (number, other) in others.enumerated() {
            try give("o\(number)", other.amount, to: "K0002", day: other.day, &story)
        }
        return story
    }

    private struct NoVisit: Error {}

    /// A visit whose fund's part is of a right, or that holds none.
    private func visit(
        of right: String?, at name: String, day: Int, _ apart: inout Story, _ story: inout Story
    ) throws {
        guard case .visit(var visit) = try apart.visit(name, fen: 100_000).entry.fact else {
            throw NoVisit()
        }
        let paid = visit.amounts.fundTotal.fen
        let parts = right.map { #"{"r":"\#($0)","n":\#(paid)}"# } ?? ""
        let held = right == nil ? 0 : paid
        let text = #"{"held":{"\#(limit)":\#(held)},"of":[\#(parts)]}"#
        visit.rights = try CompactJSON.decode(VisitRights.self, from: Array(text.utf8))
        try story.say(.visit(visit), at: KioskID(rawValue: name) ?? .nobody, day: day)
    }

    private func give(
        _ name: String, _ fen: Int, to kiosk: String, day: Int, _ story: inout Story
    ) throws {
        let allotment = Allotment(
            identity: name, holder: KioskID(rawValue: kiosk) ?? .nobody, year: 2026,
            expires: Instant(startOf: histories.day.adding(days: 200)),
            rows: [Allotment.Row(owner: story.person.number, limit: limit, amount: fen)])
        try story.say(.allotment(allotment), at: office, day: day)
    }

    private func paid(_ story: Story, by policy: Policy) -> [Int] {
        let year = fold(story.person.number, 2026, story.entries, by: policy)
        return [year.due.fund.fen, year.claimed.fund.fen]
    }

    @Test(arguments: [
        // A right given of the rise takes nothing from the visit before it.
        ("2000.00", "3000.00", 120_000, [(180_000, later)]),
        // Nor does a limit that was lowered afterwards, as long as the visit is within it.
        ("1000.00", "1000.00", 120_000, [(50_000, 0)]),
        ("1000.00", "2000.00", 120_000, [(50_000, 0), (80_000, later)]),
    ])
    func `what a right has paid stays paid`(
        before: String, after: String, own: Int, others: [(Int, Int)]
    ) throws {
        let story = try story(own: own, others: others.map { (amount: $0.0, day: $0.1) })
        let paid = paid(story, by: try policy(before, then: after))
        #expect(paid[0] == paid[1])
        #expect(paid[0] > 0)
    }

    @Test func `of two visits each keeps what its right has paid`() throws {
        let story = try story(own: 120_000, others: [(50_000, 0)], visits: 2)
        let paid = paid(story, by: try policy("1000.00", then: "1000.00"))
        #expect(paid[0] == paid[1])
        #expect(paid[0] > 60_000)
    }

    @Test func `what was taken of another's right is not one's own`() throws {
        let story = try story(own: 120_000, others: [(120_000, 0)], holder: "K0003")
        #expect(paid(story, by: try policy("2000.00", then: "2000.00"))[0] == 0)
    }

    @Test func `what was spent of a rise takes no more from a visit before it than what is left`()
        throws
    {
        let policy = try policy("2000.00", then: "3000.00")
        var story = try story(own: 0, others: [(190_000, 0), (60_000, Self.later)])
        let before = fold(story.person.number, 2026, story.entries, by: policy).due.fund
        #expect(before == Money(fen: 10_000))
        var apart = Story(histories)
        try visit(of: "o1.0", at: "K0002", day: Self.later, &apart, &story)
        let year = fold(story.person.number, 2026, story.entries, by: policy)
        #expect(year.corrections.first?.due == before)
    }

    @Test func `rights given before a limit fell bind a visit after it`() throws {
        let story = try story(own: 0, others: [(90_000, 0)], on: Self.later)
        #expect(paid(story, by: try policy("2000.00", then: "1000.00"))[0] == 10_000)
    }

    @Test(arguments: [
        // Within one limit the others' rights are theirs.
        ("2000.00", "2000.00", [(190_000, later)], 10_000),
        ("2000.00", "2000.00", [(200_000, 0)], 0),
        // Of a rise only what is given of it beyond the rise lies in the visit's own limit.
        ("2000.00", "3000.00", [(290_000, later)], 10_000),
        ("2000.00", "3000.00", [(190_000, 0), (100_000, later)], 10_000),
        // A limit that falls afterwards leaves what the visit's own day says.
        ("2000.00", "1000.00", [(190_000, 0)], 10_000),
    ])
    func `a visit without rights is paid what others were not given`(
        before: String, after: String, others: [(Int, Int)], due: Int
    ) throws {
        let story = try story(own: 0, others: others.map { (amount: $0.0, day: $0.1) })
        #expect(paid(story, by: try policy(before, then: after))[0] == due)
    }
}
