import Allotting
import Identifying
import Journaling
import Pricing
import Publishing
import Rules
import Settling
import SmallCounty
import Testing
import Vocabulary

@testable import Merging

/// A yearly ceiling of 50.00 and eight visits of 24.20 at 80 %: whoever settles them, in whatever
/// order they come, the fund pays 50.00.
@Suite struct EightClaimsTests {
    private static let yearly = Counter(.paid, "outpatient")
    private let person: Member
    private let policy: Policy
    private let day: Day

    init() throws {
        let county = try SmallCounty(people: 2)
        person = county.members[1]
        day = try #require(Day("2027-03-01"))
        let content = try county.content(over: [
            "390/outpatient/rate": "0.80", "390/outpatient/limit_year": "50.00",
            "390/outpatient/deductible": "0.00",
        ])
        policy = Policy(rules: try content.rulebook(), catalogue: Histories.catalogue)
    }

    /// Journals that are written apart: the county's and the kiosks'.
    private struct Scene {
        var entries: [KioskID: [Placed]] = [:]
        var rights: [Right] = []

        func holdings(_ kiosk: KioskID, on day: Day) -> Holdings {
            let own = entries[kiosk] ?? []
            return Holdings(
                of: kiosk, rights,
                spent: own.flatMap { placed -> [Spending] in
                    guard case .visit(let visit) = placed.entry.fact else { return [] }
                    return visit.spendings(of: kiosk, at: placed.sequence)
                },
                closed: own.flatMap { placed -> [Closing] in
                    guard case .rightsClosed(let closed) = placed.entry.fact else { return [] }
                    return closed.closings(at: placed.sequence)
                }, limits: [EightClaimsTests.yearly], on: day, latest: Instant(startOf: day))
        }

        mutating func append(_ fact: Fact, _ kiosk: KioskID, on day: Day) throws {
            let sequence = (entries[kiosk]?.count ?? 0) + 1
            let header = Entry.Header(
                kiosk: kiosk, sequence: sequence, at: Instant(startOf: day), day: day, by: "D0001",
                session: "s", kind: fact.kind)
            let entry = try Entry(
                fact, header, after: entries[kiosk]?.last?.entry.hash ?? .zero)
            entries[kiosk, default: []].append(
                Placed(kiosk: kiosk, sequence: sequence, entry: entry))
        }

        var all: [Placed] { entries.values.flatMap { $0 } }
    }

    private static let county = KioskID(rawValue: "C0001") ?? .nobody

    private func give(_ amount: Int, to kiosk: KioskID, named id: String, _ scene: inout Scene)
        throws
    {
        let allotment = Allotment(
            identity: id, holder: kiosk, year: 2027,
            expires: Instant(startOf: day.adding(days: 200)),
            rows: [Allotment.Row(owner: person.number, limit: Self.yearly, amount: amount)])
        scene.rights += allotment.rights
        try scene.append(.allotment(allotment), Self.county, on: day)
    }

    private func visit(at kiosk: KioskID, _ scene: inout Scene, number: Int) throws {
        let on = day.adding(days: number % 3)
        let holdings = scene.holdings(kiosk, on: on)
        let bill = Bill(
            day: on, scheme: .resident, kind: .outpatient, level: .village,
            lines: [Bill.Line(code: "X", quantity: .one, price: Money(fen: 2_420))])
        // The kiosk knows of nothing but its own visits.
        var known = Standing(year: 2027)
        for placed in scene.entries[kiosk] ?? [] {
            if case .visit(let visit) = placed.entry.fact { known.add(visit.use) }
        }
        let quote = try price(
            bill, by: policy.rules, catalogue: policy.catalogue, given: known,
            within: Bounds(held: holdings.held))
        var visit = Visit(
            identity: "v\(number)", patient: Identified(member: person, assurance: .credential),
            diagnoses: ["I10.x00x002"], quote: quote,
            settlement: try settle(quote, tenders: Settlement.inCash(quote)), given: known,
            knowledge: Knowledge(policy: 1, rollAsOf: Instant(milliseconds: 0)))
        let taking = try #require(holdings.take(quote.use.counters))
        visit.rights = VisitRights(taking, of: person.number)
        // A slip that pays less than the rate gives says why.
        let full = Money(fen: 1_936)
        if quote.amounts.fundTotal < full {
            let why = quote.reasons.contains { $0.article == .heldHere || $0.article == .payLimit }
            #expect(why)
        }
        try scene.append(.visit(visit), kiosk, on: on)
    }

    private func folded(_ entries: [Placed]) -> PersonYear {
        fold(person.number, 2027, entries, by: policy)
    }

    private func claimed(_ entries: [Placed]) -> Int { folded(entries).claimed.fund.fen }

    @Test(arguments: 0..<80)
    func `from one to eight kiosks, in any order, the fund pays fifty and never more`(seed: Int)
        throws
    {
        var random = SeededNumbers(seed: UInt64(seed))
        let kiosks = (1...8).compactMap { KioskID(rawValue: "K000\($0)") }
            .prefix(1 + seed % 8).shuffled(using: &random)
        var scene = Scene()
        var left = 5_000
        for (place, kiosk) in kiosks.enumerated() where left > 0 && random.next(below: 3) > 0 {
            let amount = 1 + random.next(below: left)
            try give(amount, to: kiosk, named: "a\(place)", &scene)
            left -= amount
        }
        for number in 0..<8 {
            try visit(at: kiosks[random.next(below: kiosks.count)], &scene, number: number)
            // Whatever part of it the county holds: neither settled nor due is ever beyond.
            let some = scene.all.filter { _ in random.next(below: 4) > 0 }
            #expect(claimed(scene.all) <= 5_000)
            #expect(folded(scene.all).due.fund.fen <= 5_000)
            #expect(folded(some).claimed.fund.fen <= 5_000)
        }
        let before = folded(scene.all)
        let outstanding = (before.rights ?? []).reduce(0) { $0 + $1.left }
        #expect(before.due.fund.fen == 5_000 - outstanding)
        #expect(before.corrections.allSatisfy { $0.difference > .zero }, "nothing is taken back")
        #expect(before.corrections.allSatisfy { $0.reason == .fundFollows })
        #expect(before.waiting?.fen ?? 0 == outstanding)
        #expect(!before.clashes.contains { $0.kind == .limitOverspent })

        try releaseAll(&scene, kiosks)
        let after = folded(scene.all)
        #expect(after.due.fund.fen == 5_000)
        #expect(after.waiting == nil)
        #expect(after == folded((scene.all + scene.all).shuffled(using: &random)))
        #expect(after.standing[Self.yearly] == 5_000)
    }

    /// Those who hold what is needed elsewhere give it back.
    private func releaseAll(_ scene: inout Scene, _ kiosks: [KioskID]) throws {
        for kiosk in kiosks {
            let rows = scene.rights.filter { $0.holder == kiosk }
                .map { RightsClosed.Row(owner: person.number, right: $0.id) }
            guard !rows.isEmpty else { continue }
            let closed = RightsClosed(
                identity: "c\(kiosk)", holder: kiosk, year: 2027, through: nil, rows: rows)
            try scene.append(.rightsClosed(closed), kiosk, on: day.adding(days: 4))
        }
    }

    @Test func `a copied kiosk costs what it held, and the clash says so`() throws {
        let kiosk = try #require(KioskID(rawValue: "K0001"))
        let copy = try #require(KioskID(rawValue: "K0009"))
        var scene = Scene()
        try give(5_000, to: kiosk, named: "a", &scene)
        var apart = scene
        for number in 0..<3 { try visit(at: kiosk, &scene, number: number) }
        for number in 3..<6 { try visit(at: kiosk, &apart, number: number) }
        let both =
            scene.all
            + (apart.entries[kiosk] ?? []).map {
                Placed(kiosk: copy, sequence: $0.sequence, entry: $0.entry)
            }
        let year = folded(both)
        #expect(year.claimed.fund.fen == 10_000)
        #expect(year.due.fund.fen == 5_000)
        #expect(year.rights?.reduce(0) { $0 + $1.beyond } == 5_000)
        #expect(year.clashes.contains { $0.kind == .limitOverspent })
    }

    @Test func `where nothing is divided the fold is as it was`() throws {
        var random = SeededNumbers(seed: 7)
        let histories = try Histories()
        let year = histories.fold(try histories.random(&random))
        #expect(year.rights == nil && year.waiting == nil)
        let text = String(decoding: try CompactJSON.encode(year), as: UTF8.self)
        #expect(!text.contains("rights") && !text.contains("waiting"))
    }
}
