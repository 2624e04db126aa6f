import Allotting
import Identifying
import Journaling
import Merging
import Pricing
import Testing
import Vocabulary

/// What the entries about rights say, and whose year they are in.
@Suite struct RightsFactsTests {
    let histories: Histories
    private let limit = Counter(.paid, "outpatient")
    private let kiosk = KioskID(rawValue: "K0001") ?? .nobody
    private let office = KioskID(rawValue: "C0001") ?? .nobody

    init() throws { histories = try Histories() }

    /// The county's journal gives rights "a.0" to this person and "a.1" to another.
    private func given() throws -> Story {
        var story = Story(histories)
        let other = try #require(PersonNumber(rawValue: "41992500009999"))
        let allotment = Allotment(
            identity: "a", holder: kiosk, year: 2026,
            expires: Instant(startOf: histories.day.adding(days: 100)),
            rows: [
                Allotment.Row(owner: story.person.number, limit: limit, amount: 50_000),
                Allotment.Row(owner: other, limit: limit, amount: 700),
            ])
        #expect(allotment.rights.map(\.id) == ["a.0", "a.1"])
        try story.say(.allotment(allotment), at: office)
        return story
    }

    private func visit(taking fen: Int) throws -> Visit {
        var apart = Story(histories)
        guard case .visit(var visit) = try apart.visit("K0001", fen: 60_000).entry.fact else {
            throw Other()
        }
        let text = #"{"held":{},"of":[{"r":"a.0","n":\#(fen)}],"free":{"\#(limit)":30}}"#
        visit.rights = try CompactJSON.decode(VisitRights.self, from: Array(text.utf8))
        return visit
    }

    private struct Other: Error {}

    @Test func `rights are of one person and one year`() throws {
        let story = try given()
        let year = histories.fold(story.entries)
        #expect(year.rights?.map(\.id) == ["a.0"])
        let before = fold(story.person.number, 2025, story.entries, by: histories.policy)
        #expect(before.rights == nil)
    }

    @Test func `a visit spends of its rights until it is taken back`() throws {
        var story = try given()
        let placed = try story.say(.visit(try visit(taking: 200)), at: kiosk)
        #expect(histories.fold(story.entries).rights?.map(\.spent) == [200])
        try story.void(placed)
        #expect(histories.fold(story.entries).rights?.map(\.spent) == [0])
    }

    @Test func `a right ends where its closing says, or where the closing stands`() throws {
        var story = try given()
        var closed = RightsClosed(
            identity: "c", holder: kiosk, year: 2026, through: 3,
            rows: [RightsClosed.Row(owner: story.person.number, right: "a.0")])
        #expect(closed.closings(at: 9).map(\.through) == [3])
        #expect(histories.fold(story.entries).rights?.map(\.left) == [50_000])
        try story.say(.rightsClosed(closed), at: office)
        #expect(histories.fold(story.entries).rights?.map(\.left) == [0])
        closed.through = nil
        #expect(closed.closings(at: 9).map(\.through) == [9])
    }

    @Test func `a visit says what it paid without a right, and takes no less than nothing`() throws
    {
        let visit = try visit(taking: 200)
        #expect(visit.rights?.floor(limit) == 30)
        #expect(visit.rights?.floor(Counter(.paid, "chronic")) == 0)
        #expect(Fact.visit(visit).isPlausible)
        #expect(!Fact.visit(try self.visit(taking: -1)).isPlausible)
    }
}
