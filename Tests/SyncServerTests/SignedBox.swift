import Collecting
import Identifying
import Journaling
import Merging
import Pricing
import Settling
import SmallCounty
import Syncing
import Vocabulary

@testable import SyncServer

/// A kiosk's journal in memory that can be copied, as a disk image is, and go on in two ways.
struct SignedBox {
    let kiosk: KioskID
    let key: DeviceKey
    let policy: Policy
    private(set) var entries: [Entry] = []
    private var standing = Standing(year: 2026)
    /// The sign-in under which the next entries are written.
    var session = "s"

    init(kiosk: KioskID, key: DeviceKey, policy: Policy) {
        (self.kiosk, self.key, self.policy) = (kiosk, key, policy)
    }

    var head: Fingerprint { entries.last?.hash ?? .zero }

    /// The box as an image of its first entries restores it.
    func setBack(to count: Int) -> SignedBox {
        var box = self
        box.entries = Array(entries.prefix(count))
        return box
    }

    /// A visit of one plain item, priced as far as this box knows.
    ///
    /// - Parameter settling: what it settles of what is owed, as far as the own part reaches.
    mutating func visit(
        _ person: Member, fen: Int, on day: Day, id: String, settling: [OwedSum] = []
    ) throws {
        if standing.year != day.year { standing = Standing(year: day.year) }
        let bill = Bill(
            day: day, scheme: .resident, kind: .outpatient, level: .village,
            lines: [Bill.Line(code: "X", quantity: .one, price: Money(fen: fen))])
        let quote = try price(
            bill, by: policy.rules, catalogue: policy.catalogue, given: standing)
        let ownPart = quote.amounts.personPart
        let owed = settling.total > ownPart ? [] : settling
        let visit = Visit(
            identity: id, patient: Identified(member: person, assurance: .credential),
            diagnoses: ["I10.x00x002"], quote: quote,
            settlement: try settle(quote, tenders: [.cash: ownPart - owed.total], owed: owed),
            given: standing,
            knowledge: Knowledge(policy: 1, rollAsOf: Instant(milliseconds: 0)))
        standing = quote.standing
        try append(.visit(visit), on: day)
    }

    /// Takes back the last visit, whatever has become of it: a second void has no effect.
    mutating func void(id: String) throws {
        guard let last = entries.last(where: { $0.header.kind == "visit" }),
            case .visit(let visit) = last.fact
        else { return }
        try append(
            .visitVoid(
                VisitVoid(
                    identity: id, of: visit, sequence: last.header.sequence, reason: "test")),
            on: last.header.day)
    }

    mutating func collect(_ person: Member, on day: Day, number: Int, id: String) throws {
        var member = person
        member.coverage.paidYears = []
        let window = Day(year: 2025, month: 10, day: 1) ?? day
        let due = try due(from: member, for: 2026, on: window, by: policy.rules)
        guard let block = ReceiptBlock(code: "41030126", first: 1, last: 99_999) else { return }
        let contribution = try Collecting.collect(
            [due], household: "1", tenders: [.cash: due.toPay], allowed: [.cash])
        try append(
            .contribution(
                ContributionReceipt(
                    identity: id, contribution: contribution, block: block, number: number)),
            on: day)
    }

    mutating func append(_ fact: Fact, on day: Day, by: String = "D0001") throws {
        let header = Entry.Header(
            kiosk: kiosk, sequence: entries.count + 1, at: Instant(startOf: day), day: day,
            by: by, session: session, kind: fact.kind)
        entries.append(try Entry(fact, header, after: head))
    }

    /// The journal behind a number as parcels that end at these places.
    func parcels(after first: Int = 0, endingAt ends: [Int]) throws -> [[UInt8]] {
        var start = first
        return try (ends.filter { $0 > first && $0 < entries.count } + [entries.count]).sorted()
            .compactMap { end in
                guard end > start else { return nil }
                defer { start = end }
                let previous = start == 0 ? .zero : entries[start - 1].hash
                return try Parcel(
                    kiosk: kiosk, previous: previous, entries: Array(entries[start..<end]),
                    checkpoint: Checkpoint(
                        kiosk: kiosk, sequence: end, head: entries[end - 1].hash,
                        at: Instant(milliseconds: 0), key: key)
                ).packed()
            }
    }
}
