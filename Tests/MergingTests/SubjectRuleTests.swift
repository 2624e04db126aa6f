import Collecting
import Journaling
import Merging
import Pricing
import Testing
import Vocabulary

/// The rules over entries that no person-year holds together; each a table of cases.
@Suite struct SubjectRuleTests {
    let histories: Histories
    private let box = "81234567890123456789"

    init() throws { histories = try Histories() }

    private func told(exchanged: Bool = false, _ tell: (inout Story) throws -> Void) throws
        -> [String]
    {
        var story = Story(histories, exchanged: exchanged)
        try tell(&story)
        return try story.matters().map(\.line)
    }

    @Test(arguments: [
        // Kiosk and receipt number, in order.
        ([("K0001", 100), ("K0002", 100)], ["receiptTwice K0001-1 K0002-1"]),
        ([("K0002", 100), ("K0001", 100)], ["receiptTwice K0002-1 K0001-1"]),
        ([("K0001", 100), ("K0001", 100)], ["receiptTwice K0001-1 K0001-2"]),
        ([("K0001", 100), ("K0001", 101)], []),
        // A number passed over shows in the one after it, the first of a block in none.
        ([("K0001", 100), ("K0001", 102)], ["receiptSkipped K0001-2"]),
        ([("K0001", 101)], ["receiptSkipped K0001-1"]),
        ([("K0001", 199)], ["receiptSkipped K0001-1"]),
        // Before, behind, within.
        ([("K0001", 99)], ["receiptOutsideBlock K0001-1"]),
        ([("K0001", 200)], ["receiptOutsideBlock K0001-1"]),
        ([("K0001", 100)], []),
    ])
    func `receipt number reused, skipped or outside its block`(
        numbers: [(String, Int)], expected: [String]
    ) throws {
        let found = try told { story in
            for (place, (kiosk, number)) in numbers.enumerated() {
                try story.receipt(kiosk, number, day: place)
            }
        }
        #expect(found == expected)
        // A receipt taken back keeps its number used.
        let voided = try told { story in
            for (place, (kiosk, number)) in numbers.enumerated() {
                let receipt = try story.receipt(kiosk, number, day: place)
                if place == 0, numbers.count == 1 { try story.void(receipt) }
            }
        }
        #expect(voided == expected)
    }

    @Test func `two codes may have the same number`() throws {
        #expect(
            try told { story in
                try story.receipt("K0001", 100)
                try story.receipt("K0002", 100, code: "41030199")
            } == ["receiptOutsideBlock K0002-1"])
        var story = Story(histories)
        let (one, other) = (
            try story.receipt("K0001", 100), try story.receipt("K0002", 100, code: "41030199")
        )
        let subject = Hinge.receipt(code: "41030126", number: 100)
        let known = Known(blocks: [:], policy: histories.policy)
        #expect(fold(subject, [one, other], knowing: known).isEmpty)
    }

    @Test(arguments: [
        (["K0001", "K0002"], [true, true], ["traceCodeTwice K0001-1 K0002-1"]),
        (["K0003", "K0003"], [true, true], ["traceCodeTwice K0003-1 K0003-2"]),
        (["K0001", "K0002"], [true, false], []),
        (["K0001"], [true], []),
    ])
    func `one drug box sold twice`(
        kiosks: [String], same: [Bool], expected: [String]
    ) throws {
        for exchanged in [false, true] {
            let found = try told(exchanged: exchanged) { story in
                for (place, kiosk) in kiosks.enumerated() {
                    // Months apart, and each time another box beside it.
                    try story.visit(
                        kiosk, fen: 40_000, day: place * (exchanged ? 0 : 90),
                        traces: ["other\(place)"] + (same[place] ? [box] : []))
                }
            }
            #expect(found == expected)
        }
        let voided = try told { story in
            let first = try story.visit(kiosks[0], fen: 40_000, traces: [box])
            try story.void(first)
            for kiosk in kiosks.dropFirst() {
                try story.visit(kiosk, fen: 40_000, day: 1, traces: [box])
            }
        }
        #expect(voided == [])
    }

    @Test func `a box was sold once after all, and the sale stays refused until a person says`()
        throws
    {
        func matters(_ choice: Ruling.Choice, void: Bool) throws -> (
            found: [String], year: [String]
        ) {
            var story = Story(histories)
            let first = try story.visit("K0001", fen: 40_000, traces: [box])
            let second = try story.visit("K0002", fen: 40_000, day: 1, traces: [box])
            try story.rule(
                "traceCodeTwice", on: second, choice, bearer: choice == .refused ? .clinic : nil,
                subject: .trace(box))
            if void { try story.void(first) }
            return (try story.matters().map(\.line), story.clashes)
        }
        #expect(try matters(.refused, void: true).found == ["refusalOutlived K0002-1"])
        #expect(try matters(.stands, void: true).found == [])
        let both = try matters(.refused, void: false)
        #expect(both.found == ["traceCodeTwice K0001-1 K0002-1"])
        // The box is no matter of the year.
        #expect(!both.year.contains { $0.hasPrefix("refusalOutlived") })
    }

    @Test(arguments: [
        // Seconds of two entries after one another; two minutes are tolerated.
        ([0, -121], ["clockWrong K0001-2"]), ([0, -120], []), ([0, 0], []), ([0, 86_400 * 30], []),
        ([86_400 * 30, 0], ["clockWrong K0001-2"]),
    ])
    func `clock wrong beyond tolerance`(seconds: [Int], expected: [String]) throws {
        let kiosk = try #require(KioskID(rawValue: "K0001"))
        let fact = Fact.bulletinRead(BulletinRead(policy: 1, daily: 1))
        let found = try told { story in
            for seconds in seconds { try story.say(fact, at: kiosk, seconds: seconds) }
        }
        #expect(found == expected)
        // Two boxes that differ are none: each is compared with itself.
        let apart = try told { story in
            for (place, seconds) in seconds.enumerated() {
                let other = try #require(KioskID(rawValue: "K000\(place)"))
                try story.say(fact, at: other, seconds: seconds)
            }
        }
        #expect(apart == [])
    }

    @Test func `an undecided branch clashes with nothing`() throws {
        var story = Story(histories)
        let (first, second) = (
            try story.receipt("K0001", 100), try story.receipt("K0002", 100)
        )
        let known = Known(blocks: [:], policy: histories.policy)
        let subject = Hinge.receipt(code: "41030126", number: 100)
        #expect(fold(subject, [first, second], knowing: known).map(\.kind) == [.receiptTwice])
        let held = Placed(
            kiosk: second.kiosk, sequence: second.sequence, entry: second.entry, branch: .held)
        #expect(fold(subject, [first, held], knowing: known).isEmpty)
    }

    @Test func `a desk that was given no numbers is outside of none`() throws {
        var story = Story(histories)
        let receipt = try story.receipt("K0001", 100)
        let subject = Hinge.receipt(code: "41030126", number: 100)
        let none: [[KioskID: [ReceiptBlock]]] = [[:], [receipt.kiosk: []]]
        for blocks in none {
            let known = Known(blocks: blocks, policy: histories.policy)
            #expect(fold(subject, [receipt], knowing: known).isEmpty)
        }
    }

    @Test func `every line's boxes count, and a box without a code is none`() throws {
        var story = Story(histories)
        let placed = try story.visit("K0001", fen: 40_000, traces: [""])
        #expect(placed.hinges(HingeContext()).isEmpty)
        guard case .visit(var visit) = placed.entry.fact else { return }
        visit.lines.append(visit.lines[0])
        visit.lines[1].traces = [box]
        let two = try story.say(.visit(visit), at: placed.kiosk)
        #expect(two.hinges(HingeContext()) == [.trace(box)])
    }

    @Test func `of a box sold twice the later sale is at stake`() throws {
        var story = Story(histories)
        try story.visit("K0001", fen: 40_000, traces: [box])
        let later = try story.visit("K0002", fen: 60_000, day: 1, traces: [box])
        guard case .visit(let visit) = later.entry.fact else { return }
        #expect(try story.matters().map(\.amount) == [visit.amounts.fundTotal])
    }

    @Test func `a step back is of one entry, and reads back as it was written`() throws {
        var story = Story(histories)
        let kiosk = try #require(KioskID(rawValue: "K0001"))
        let fact = Fact.bulletinRead(BulletinRead(policy: 1, daily: 1))
        for seconds in [0, 300, 1] { try story.say(fact, at: kiosk, seconds: seconds) }
        let subject = Hinge.stepBack(kiosk, sequence: 3, milliseconds: 299_000)
        #expect(Hinge(rawValue: subject.rawValue) == subject)
        let last = story.entries[2]
        let before = HingeContext(before: story.entries[1].entry.header.at)
        #expect(last.hinges(before) == [subject])
        let known = Known(blocks: [:], policy: histories.policy)
        let clashes = fold(subject, story.entries, knowing: known)
        #expect(clashes.map(\.line) == ["clockWrong K0001-3"])
    }

    @Test func `a ruling closes a matter, and another opens it again`() throws {
        var story = Story(histories)
        try story.visit("K0001", fen: 40_000, traces: [box])
        let later = try story.visit("K0002", fen: 40_000, day: 3, traces: [box])
        #expect(try story.matters().map(\.waits) == [true])
        let subject = Hinge.trace(box)
        try story.rule("traceCodeTwice", on: later, .stands, subject: subject, by: ["C1"])
        #expect(try story.matters().map(\.waits) == [false])
        try story.rule("traceCodeTwice", on: later, .reopened, subject: subject)
        #expect(try story.matters().map(\.waits) == [true])
        #expect(Hinge(rawValue: subject.rawValue) == subject)
        let receipt = Hinge.receipt(code: "41030126", number: 7)
        #expect(Hinge(rawValue: receipt.rawValue) == receipt)
    }
}
