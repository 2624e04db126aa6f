import Collecting
import Identifying
import Journaling
import Merging
import Pricing
import Settling
import SmallCounty
import Vocabulary

/// One kiosk's journal of one person, kept in memory.
struct OneJournal {
    let kiosk: KioskID
    let histories: Histories
    var entries: [Placed] = []
    var standing = Standing(year: 2026)
    private var head = Fingerprint.zero

    init(kiosk: KioskID, histories: Histories) {
        self.kiosk = kiosk
        self.histories = histories
    }

    mutating func step(_ random: inout SeededNumbers) throws {
        let day = histories.day.adding(days: random.next(below: 40))
        switch random.next(below: 10) {
        case 0: voidSomething(on: day)
        case 1: try contribute(on: day, &random)
        default: try settle(Money(fen: 100 + random.next(below: 90_000)), on: day, &random)
        }
    }

    mutating func settle(_ amount: Money, on day: Day, _ random: inout SeededNumbers) throws {
        let bill = Bill(
            day: day, scheme: .resident, kind: random.next(below: 4) == 0 ? .chronic : .outpatient,
            level: .village, lines: [Bill.Line(code: "X", quantity: .one, price: amount)])
        let quote = try price(
            bill, by: histories.policy.rules, catalogue: histories.policy.catalogue, given: standing
        )
        let owed = Histories.someOwed(ownPart: quote.amounts.personPart, &random)
        let settlement = try Settling.settle(
            quote, tenders: [.cash: quote.amounts.personPart - owed.total], owed: owed)
        let visit = Visit(
            identity: "\(kiosk)-\(entries.count)",
            patient: Identified(member: histories.person, assurance: .credential),
            diagnoses: ["I10.x00x002"], quote: quote, settlement: settlement, given: standing,
            knowledge: Knowledge(policy: 1, rollAsOf: Instant(milliseconds: 0)))
        standing = quote.standing
        append(.visit(visit), on: day)
    }

    mutating func contribute(on day: Day, _ random: inout SeededNumbers) throws {
        var member = histories.person
        member.coverage.paidYears = []
        let window = Day(year: 2025, month: 10, day: 1) ?? day
        let due = try Collecting.due(
            from: member, for: 2026, on: window, by: histories.policy.rules)
        guard let block = ReceiptBlock(code: "41030126", first: 1, last: 9_999) else { return }
        let contribution = try collect(
            [due], household: "1", tenders: [.cash: due.toPay], allowed: [.cash])
        append(
            .contribution(
                ContributionReceipt(
                    identity: "\(kiosk)-\(entries.count)", contribution: contribution, block: block,
                    number: entries.count + 1)), on: day)
    }

    mutating func voidSomething(on day: Day) {
        let voided = Set(
            entries.compactMap { placed -> Int? in
                if case .visitVoid(let void) = placed.entry.fact { void.voids } else { nil }
            })
        for placed in entries.reversed() where !voided.contains(placed.sequence) {
            guard case .visit(let visit) = placed.entry.fact else { continue }
            let void = VisitVoid(
                identity: "\(kiosk)-\(entries.count)", of: visit, sequence: placed.sequence,
                reason: "test")
            standing.add(void.use)
            return append(.visitVoid(void), on: placed.entry.header.day)
        }
    }

    mutating func adjust(_ adjustment: Adjustment, on day: Day) {
        append(.adjustment(adjustment), on: day)
    }

    private mutating func append(_ fact: Fact, on day: Day) {
        let header = Entry.Header(
            kiosk: kiosk, sequence: entries.count + 1, at: Instant(startOf: day),
            day: day, by: "D0001", session: "s", kind: fact.kind)
        guard let entry = try? Entry(fact, header, after: head) else { return }
        head = entry.hash
        entries.append(Placed(kiosk: kiosk, sequence: header.sequence, entry: entry))
    }
}
