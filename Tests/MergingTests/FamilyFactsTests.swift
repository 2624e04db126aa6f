import Allotting
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import Settling
import SmallCounty
import Testing
import Vocabulary

/// A visit that a relative's account paid for: what its entry says, and whose year counts what.
@Suite struct FamilyFactsTests {
    let histories: Histories
    let owner: PersonNumber
    private let kiosk = KioskID(rawValue: "K0001") ?? .nobody
    private let office = KioskID(rawValue: "C0001") ?? .nobody

    init() throws {
        histories = try Histories()
        owner = try #require(PersonNumber(rawValue: "41992500009999"))
    }

    /// A visit of 400.00 of which the relative's account pays so much, in place of cash.
    private func visit(_ fen: [Int], right: String? = nil) throws -> Visit {
        var apart = Story(histories)
        guard case .visit(var visit) = try apart.visit("K0001", fen: 40_000).entry.fact else {
            throw Other()
        }
        let payments = fen.map { FamilyPayment(owner: owner, amount: Money(fen: $0)) }
        visit.family = payments
        visit.tenders["family"] = payments.total
        visit.tenders["cash"] = visit.amounts.personPart - payments.total
        if let right {
            let part = #"{"r":"\#(right)","n":\#(fen[0]),"psn":"\#(owner)"}"#
            visit.rights = try CompactJSON.decode(
                VisitRights.self, from: Array(#"{"held":{},"of":[\#(part)]}"#.utf8))
        }
        return visit
    }

    private struct Other: Error {}

    /// The county's journal gives the owner a right "a.0" to 50.00 of the account.
    private func given() throws -> Story {
        var story = Story(histories)
        try story.say(
            .allotment(
                Allotment(
                    identity: "a", holder: kiosk, year: 2026,
                    expires: Instant(startOf: histories.day.adding(days: 100)),
                    rows: [Allotment.Row(owner: owner, limit: .ownAccount, amount: 5_000)])),
            at: office)
        return story
    }

    private func ownersYear(_ entries: [Placed]) -> PersonYear {
        fold(owner, 2026, entries, by: histories.policy)
    }

    @Test func `entries of the former format read and write as they did`() throws {
        var story = Story(histories)
        let placed = try story.visit("K0001", fen: 40_000)
        for bytes in [placed.entry.bytes, try story.void(placed).entry.bytes] {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.contains("\"fam\"") && !text.contains("family"))
            let read = try Entry(bytes: bytes, after: .zero)
            #expect(try Entry(read.fact, read.header, after: .zero).bytes == bytes)
            #expect(read.fact.persons == [story.person.number])
        }
    }

    @Test func `entry and void say whose account it was, and come back as they were`() throws {
        var story = Story(histories)
        let placed = try story.say(.visit(try visit([2_000])), at: kiosk)
        let void = try story.void(placed)
        let people = [story.person.number, owner]
        for (placed, fen) in [(placed, 2_000), (void, -2_000)] {
            let read = try Entry(bytes: placed.entry.bytes, after: .zero).fact
            #expect(read == placed.entry.fact)
            #expect(read.persons == people)
            #expect(read.drawn(from: owner).fen == fen)
            #expect(read.drawn(from: story.person.number) == .zero)
            #expect(read.balances && read.isPlausible)
            let text = String(decoding: placed.entry.bytes, as: UTF8.self)
            #expect(text.contains(#""fam":[{"n":\#(fen),"psn":"\#(owner)"}]"#))
        }
    }

    @Test(arguments: [
        // How the entry was altered; whether its sums agree, and whether a clinic could have it.
        ("", true, true), ("no parts", false, true), ("another sum", false, true),
        ("no word", false, true), ("twice", true, false), ("nothing", true, false),
        ("own", true, false), ("beyond the own part", true, false),
    ])
    func `parts and tender agree, each account is named once`(
        altered: String, balances: Bool, isPlausible: Bool
    ) throws {
        var visit = try visit(altered == "twice" ? [1_000, 1_000] : [2_000])
        switch altered {
        case "no parts": visit.family = nil
        case "another sum": visit.family?[0].amount = Money(fen: 1_999)
        case "no word":
            visit.tenders["cash"] = visit.amounts.personPart
            visit.tenders["family"] = nil
        case "nothing": visit.family?.append(FamilyPayment(owner: visit.person, amount: .zero))
        case "own": visit.family?[0].owner = visit.person
        case "beyond the own part":
            // Made good by a sum that the person is said to owe.
            let more = visit.amounts.personPart
            visit.family?[0].amount += more
            visit.tenders["family"] = visit.family?.total
            visit.tenders[Settlement.owedWord] = -more
            visit.settles = [
                OwedSum(
                    identity: "a", year: 2026, amount: -more, reason: "x", kiosk: kiosk,
                    day: histories.day)
            ]
        default: break
        }
        #expect(Fact.visit(visit).balances == balances)
        #expect(Fact.visit(visit).isPlausible == isPlausible)
    }

    @Test func `a void mirrors every account or takes nothing back`() throws {
        let visit = try visit([2_000])
        var void = VisitVoid(identity: "v", of: visit, sequence: 1, reason: "x")
        #expect(Fact.visitVoid(void).mirrors(.visit(visit)))
        void.family = [FamilyPayment(owner: visit.person, amount: Money(fen: -2_000))]
        #expect(!Fact.visitVoid(void).mirrors(.visit(visit)))
    }

    @Test func `the account is booked as any other, and a void the other way round`() throws {
        var story = Story(histories)
        let placed = try story.say(.visit(try visit([2_000])), at: kiosk)
        let lines = try #require(book(placed, BookingContext())).lines
        #expect(lines[.personalAccount]?.fen == 2_000)
        let back = try #require(
            book(try story.void(placed), BookingContext(voided: placed))
        ).lines
        #expect(back == lines.mapValues { -$0 })
    }

    @Test(arguments: [
        // Taken of a right to 50.00; what is left of it, and what was beyond it.
        (2_000, 3_000, 0), (5_000, 0, 0), (6_000, 0, 1_000),
    ])
    func `the owner's rights are spent, the patient's counters used`(
        fen: Int, left: Int, beyond: Int
    ) throws {
        var story = try given()
        let placed = try story.say(.visit(try visit([fen], right: "a.0")), at: kiosk)
        let owners = ownersYear(story.entries)
        #expect(owners.rights?.map(\.left) == [left] && owners.rights?.map(\.beyond) == [beyond])
        #expect(owners.claimed.visits == 0 && owners.standing.counters.isEmpty)
        #expect(owners.corrections.isEmpty && owners.clashes.isEmpty)
        let patients = histories.fold(story.entries)
        #expect(patients.claimed.visits == 1 && patients.rights == nil)
        #expect(patients.corrections.isEmpty)
        try story.void(placed)
        #expect(ownersYear(story.entries).rights?.map(\.left) == [5_000])
        #expect(ownersYear(story.entries.reversed()) == ownersYear(story.entries))
    }

    @Test(
        arguments: [
            // Of the account, and of a right that was given or of one that nobody gave; how limits are
            // divided; what no right covers.
            (2_000, "a.0", "strict", 0), (2_000, nil, "strict", 2_000),
            (2_000, "b.0", "strict", 2_000),
            (2_000, nil, "optimistic", 0),
        ] as [(Int, String?, String, Int)])
    func `an account spent beyond rights is shown on the owner's year`(
        fen: Int, right: String?, mode: String, beyond: Int
    ) throws {
        let rules = try SmallCounty(people: 2).content(over: ["common/allotment/mode": mode])
        let policy = Policy(rules: try rules.rulebook(), catalogue: Histories.catalogue)
        var story = try given()
        let placed = try story.say(.visit(try visit([fen], right: right)), at: kiosk)
        for entries in [story.entries, story.entries.reversed()] {
            let shown = fold(owner, 2026, entries, by: policy).clashes
            #expect(shown.map(\.kind) == (beyond > 0 ? [.accountOverspent] : []))
            #expect(shown.map(\.amount.fen) == (beyond > 0 ? [-beyond] : []))
        }
        try story.void(placed)
        #expect(fold(owner, 2026, story.entries, by: policy).clashes.isEmpty)
    }

    @Test func `on an undecided branch it uses up nothing of the owner's`() throws {
        var story = try given()
        let placed = try story.say(.visit(try visit([2_000], right: "a.0")), at: kiosk)
        let held = Placed(
            kiosk: placed.kiosk, sequence: placed.sequence, entry: placed.entry, branch: .held)
        let year = ownersYear([story.entries[0], held])
        #expect(year.standing.counters.isEmpty && year.held.isEmpty)
        #expect(!histories.fold([story.entries[0], held]).standing.counters.isEmpty)
    }
}
