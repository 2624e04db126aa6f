import Allotting
import Collecting
import Identifying
import Journaling
import Merging
import Pricing
import Settling
import Testing
import Vocabulary

/// Which figures an entry may hold, what a void has to repeat, and that all of it is read again.
@Suite struct FactsTests {
    let histories: Histories
    private let kiosk = KioskID(rawValue: "K0001") ?? .nobody

    init() throws { histories = try Histories() }

    private struct Other: Error {}

    private func visit(settling sums: [OwedSum] = []) throws -> Visit {
        var story = Story(histories)
        let placed = try story.visit("K0001", fen: 40_000, settling: sums)
        guard case .visit(let visit) = placed.entry.fact else { throw Other() }
        return visit
    }

    private func receipt() throws -> ContributionReceipt {
        var story = Story(histories)
        guard case .contribution(let receipt) = try story.receipt("K0001", 100).entry.fact else {
            throw Other()
        }
        return receipt
    }

    private func owed(_ identity: String, _ fen: Int) -> OwedSum {
        OwedSum(
            identity: identity, year: 2026, amount: Money(fen: fen), reason: "deductibleTwice",
            kiosk: kiosk, day: histories.day)
    }

    @Test func `a visit with figures that no clinic has is not plausible`() throws {
        let visit = try visit()
        #expect(Fact.visit(visit).isPlausible)
        let changes: [(inout Visit) -> Void] = [
            { $0.lines[0].price = Money(fen: 40_001) }, { $0.lines = [] },
            { $0.lines.append($0.lines[0]) }, { $0.tenders["cash"] = Money(fen: -1) },
            { $0.amounts = -$0.amounts }, { $0.use = -$0.use },
            { $0.settles = [self.owed("a", 1), self.owed("a", 2)] },
            { visit in
                let sums = (0...Visit.mostSettled).map { self.owed("a\($0)", 1) }
                visit.settles = sums
            },
        ]
        for (place, change) in changes.enumerated() {
            var changed = visit
            change(&changed)
            #expect(!Fact.visit(changed).isPlausible, "\(place)")
        }
        // A negative part that the sums follow from.
        let text = String(decoding: try CompactJSON.encode(visit.amounts), as: UTF8.self)
        let deductible = "\"act_pay_dedc\":\(visit.amounts.deductible.fen)"
        let negative = text.replacing(deductible, with: "\"act_pay_dedc\":-1")
        #expect(negative != text)
        var changed = visit
        changed.amounts = try CompactJSON.decode(Amounts.self, from: Array(negative.utf8))
        #expect(!Fact.visit(changed).isPlausible)
    }

    @Test func `a receipt with figures that no desk has is not plausible`() throws {
        let receipt = try receipt()
        #expect(Fact.contribution(receipt).isPlausible)
        let standard = try #require(receipt.lines.first).standard
        let changes: [(inout ContributionReceipt) -> Void] = [
            { $0.lines[0].relief = standard + Money(fen: 1) },
            { $0.lines[0].relief = Money(fen: -1) },
            { $0.lines[0].standard = Money(fen: 10_000_001) },
            { $0.lines[0].extra = Money(fen: -1) },
            { $0.lines[0].extra = Money(fen: 10_000_001) }, { $0.tenders["cash"] = Money(fen: -1) },
        ]
        for (place, change) in changes.enumerated() {
            var changed = receipt
            change(&changed)
            #expect(!Fact.contribution(changed).isPlausible, "\(place)")
        }
    }

    @Test func `rights are given for more than nothing`() throws {
        for (amount, isPlausible) in [(1, true), (0, false), (-1, false)] {
            let allotment = Allotment(
                identity: "a", holder: kiosk, year: 2026, expires: Instant(milliseconds: 0),
                rows: [
                    Allotment.Row(
                        owner: histories.person.number, limit: Counter(.paid, "outpatient"),
                        amount: amount)
                ])
            #expect(Fact.allotment(allotment).isPlausible == isPlausible)
            #expect(Fact.rightsTaken(allotment).isPlausible == isPlausible)
        }
    }

    @Test func `a void gives back all of a visit, and nothing besides`() throws {
        let visit = try visit(settling: [owed("a", 500)])
        let void = VisitVoid(identity: "v", of: visit, sequence: 1, reason: "x")
        #expect(Fact.visitVoid(void).mirrors(.visit(visit)))
        let other = try #require(PersonNumber(rawValue: "41992500009999"))
        let changes: [(inout VisitVoid) -> Void] = [
            { $0.visit = "another" }, { $0.person = other }, { $0.amounts = -$0.amounts },
            { $0.use = -$0.use }, { $0.tenders["cash"] = .zero }, { $0.settles = nil },
            { $0.settles = [self.owed("a", 500)] },
        ]
        for (place, change) in changes.enumerated() {
            var changed = void
            change(&changed)
            #expect(!Fact.visitVoid(changed).mirrors(.visit(visit)), "\(place)")
        }
    }

    @Test func `a void gives back all of a receipt, and nothing besides`() throws {
        let receipt = try receipt()
        let void = ContributionVoid(identity: "v", of: receipt, sequence: 1, reason: "x")
        #expect(Fact.contributionVoid(void).mirrors(.contribution(receipt)))
        let changes: [(inout ContributionVoid) -> Void] = [
            { $0.code = "other" }, { $0.number += 1 }, { $0.year += 1 }, { $0.persons = [] },
            { $0.tenders["cash"] = .zero },
        ]
        for (place, change) in changes.enumerated() {
            var changed = void
            change(&changed)
            #expect(!Fact.contributionVoid(changed).mirrors(.contribution(receipt)), "\(place)")
        }
    }

    @Test func `a visit is read as it was written`() throws {
        var visit = try visit(settling: [owed("a", 500)])
        let rights = #"{"held":{"paid outpatient":9},"of":[{"r":"a.0","n":5}]}"#
        visit.rights = try CompactJSON.decode(VisitRights.self, from: Array(rights.utf8))
        visit.lines[0].days = 7
        visit.lines[0].traces = ["81234567890123456789"]
        var story = Story(histories)
        let written = try story.say(.visit(visit), at: kiosk).entry
        #expect(written.header.by != written.header.session)
        let read = try Entry(bytes: written.bytes, after: .zero)
        #expect(read.fact == .visit(visit) && read.header == written.header)
    }

    @Test func `a ruling is confirmed in its own words, and a confirmation by nothing`() throws {
        #expect(Ruling.Choice.allCases.filter { !$0.needsSecond } == [.stands])
        let proposal = Ruling(
            matter: "limitOverspent", kiosk: kiosk, sequence: 1, hash: .zero, person: nil,
            year: nil, choice: .borne, bearer: .clinic, reason: "a")
        var second = proposal
        (second.confirms, second.reason) = (7, "b")
        #expect(second.repeats(proposal))
        #expect(!second.repeats(second))
        second.bearer = .fund
        #expect(!second.repeats(proposal))
    }
}
