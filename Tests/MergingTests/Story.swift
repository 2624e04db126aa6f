import Collecting
import Identifying
import Journaling
import Merging
import Pricing
import Settling
import SmallCounty
import Vocabulary

/// A history told entry by entry: several kiosks, each knowing only what it wrote itself.
struct Story {
    let histories: Histories
    let person: Member
    private(set) var entries: [Placed] = []
    private var standings: [KioskID: Standing] = [:]
    private let exchanged: Bool

    /// - Parameter exchanged: K0001 writes what K0002 would, and the other way round.
    init(_ histories: Histories, person: Member? = nil, exchanged: Bool = false) {
        self.histories = histories
        self.person = person ?? histories.person
        self.exchanged = exchanged
    }

    private func kiosk(_ name: String) -> KioskID {
        let other = ["K0001": "K0002", "K0002": "K0001"]
        return KioskID(rawValue: exchanged ? other[name] ?? name : name) ?? .nobody
    }

    /// A visit of one plain item, priced as far as this kiosk knows.
    ///
    /// - Parameters:
    ///   - others: prices of what stands on the bill beside it.
    ///   - diagnosis: another one for each visit unless told, so that equal bills are two visits.
    ///   - seconds: how long after nine o'clock; each box at an hour of its own unless told, so that
    ///     nobody is at two of them at once.
    ///   - settling: what it settles of what is owed; cash pays the rest.
    @discardableResult
    mutating func visit(
        _ name: String, fen: Int, beside others: [Int] = [], diagnosis: String? = nil,
        day: Int = 0, seconds: Int? = nil, traces: [String] = [], pricedBy policy: Policy? = nil,
        settling: [OwedSum] = []
    ) throws -> Placed {
        let kiosk = kiosk(name)
        let policy = policy ?? histories.policy
        let on = histories.day.adding(days: day)
        let standing = (standings[kiosk] ?? Standing(year: on.year)).on(on)
        let quote = try price(
            Bill(
                day: on, scheme: .resident, kind: .outpatient, level: .village,
                lines: ([fen] + others).map {
                    Bill.Line(code: "X", quantity: .one, price: Money(fen: $0))
                }),
            by: policy.rules, catalogue: policy.catalogue, given: standing)
        standings[kiosk] = quote.standing
        return try say(
            .visit(
                Visit(
                    identity: "\(kiosk)-\(entries.count)",
                    patient: Identified(member: person, assurance: .credential),
                    diagnoses: [diagnosis ?? "visit \(entries.count)"], quote: quote,
                    settlement: try settle(
                        quote, tenders: [.cash: quote.amounts.personPart - settling.total],
                        owed: settling),
                    given: standing,
                    knowledge: Knowledge(policy: 1, rollAsOf: Instant(startOf: on)),
                    traces: [traces])), at: kiosk, day: day, seconds: seconds)
    }

    @discardableResult
    mutating func void(_ placed: Placed, day later: Int? = nil) throws -> Placed {
        let day = later ?? placed.entry.header.day.days(since: histories.day)
        switch placed.entry.fact {
        case .visit(let visit):
            let void = VisitVoid(
                identity: "void", of: visit, sequence: placed.sequence, reason: "test")
            return try say(.visitVoid(void), at: placed.kiosk, day: day)
        case .contribution(let receipt):
            let void = ContributionVoid(
                identity: "void", of: receipt, sequence: placed.sequence, reason: "test")
            return try say(.contributionVoid(void), at: placed.kiosk, day: day)
        default: return placed
        }
    }

    @discardableResult
    mutating func receipt(
        _ name: String, _ number: Int, code: String = "41030126", day: Int = 0
    ) throws -> Placed {
        var member = person
        member.coverage.paidYears = []
        let window = Day(year: 2025, month: 10, day: 1) ?? histories.day
        let due = try due(from: member, for: 2026, on: window, by: histories.policy.rules)
        let contribution = try collect(
            [due], household: "1", tenders: [.cash: due.toPay], allowed: [.cash])
        guard let block = ReceiptBlock(code: code, first: 1, last: 99_999) else { throw NoBlock() }
        return try say(
            .contribution(
                ContributionReceipt(
                    identity: "\(name)-\(number)", contribution: contribution, block: block,
                    number: number)), at: kiosk(name), day: day)
    }

    private struct NoBlock: Error {}

    /// A desk writes down how the person is reached, and what it knew until then.
    @discardableResult
    mutating func contact(
        _ name: String, _ now: ContactDetails, knowing before: ContactDetails = ContactDetails(),
        day: Int = 0
    ) throws -> Placed {
        try say(
            .contact(
                ContactChange(
                    identity: "\(name)-\(entries.count)", person: person.number, now: now,
                    before: before)), at: kiosk(name), day: day)
    }

    /// Two clerks rule, or one alone.
    mutating func rule(
        _ matter: String, on placed: Placed, _ choice: Ruling.Choice,
        bearer: Adjustment.Bearer? = nil, subject: Hinge? = nil,
        by clerks: [String] = ["C1", "C2"]
    ) throws {
        let office = KioskID(rawValue: "C0001") ?? .nobody
        var ruling = Ruling(
            matter: matter, kiosk: placed.kiosk, sequence: placed.sequence,
            hash: placed.entry.hash, person: person.number, year: 2026,
            subject: subject?.rawValue, choice: choice, bearer: bearer, reason: "test")
        for clerk in clerks {
            let written = try say(.ruling(ruling), at: office, day: 50, by: clerk)
            ruling.confirms = ruling.confirms ?? written.sequence
        }
    }

    /// What the office would book for everything that is open.
    mutating func adjust() throws {
        let office = KioskID(rawValue: "C0001") ?? .nobody
        let year = histories.fold(entries)
        for correction in year.corrections {
            for (bearer, open) in correction.open.sorted(by: { $0.key.rawValue < $1.key.rawValue })
            {
                let adjustment = Adjustment(
                    identity: "a\(entries.count)", person: person.number, year: 2026,
                    kiosk: correction.visit.kiosk, sequence: correction.visit.sequence, hash: nil,
                    scheme: correction.scheme, difference: open, reason: correction.reason,
                    bearer: bearer, isLate: false)
                try say(.adjustment(adjustment), at: office, day: 60)
            }
        }
    }

    /// K0001 writes at nine o'clock, K0002 at ten and so on: all that a box writes, or its clock
    /// would go back.
    private func ownHour(_ kiosk: KioskID) -> Int {
        (Int(kiosk.rawValue.dropFirst()).map { $0 - 1 } ?? 0) * 3_600
    }

    /// - Parameter seconds: how far the box's wall clock stands from nine o'clock.
    @discardableResult
    mutating func say(
        _ fact: Fact, at kiosk: KioskID, day: Int = 0, by: String = "D0001", seconds: Int? = nil
    ) throws -> Placed {
        let own = entries.filter { $0.kiosk == kiosk }
        let on = histories.day.adding(days: day)
        let header = Entry.Header(
            kiosk: kiosk, sequence: own.count + 1,
            at: Instant(startOf: on).adding(seconds: 32_400 + (seconds ?? ownHour(kiosk))),
            day: on, by: by, session: "s", kind: fact.kind)
        let entry = try Entry(fact, header, after: own.last?.entry.hash ?? .zero)
        let placed = Placed(kiosk: kiosk, sequence: header.sequence, entry: entry)
        entries.append(placed)
        return placed
    }

    /// The year's clashes, as "kind first last".
    var clashes: [String] { histories.fold(entries).clashes.map(\.line) }

    /// What the subjects of all entries show; every desk was given receipts 100 to 199.
    func matters() throws -> [Clash] {
        let block = [ReceiptBlock(code: "41030126", first: 100, last: 199)].compactMap { $0 }
        let kiosks = Set(entries.map(\.kiosk))
        let known = Known(
            blocks: Dictionary(uniqueKeysWithValues: kiosks.map { ($0, block) }),
            policy: histories.policy)
        var bySubject: [Hinge: [Placed]] = [:]
        for placed in entries {
            let before = entries.first {
                $0.kiosk == placed.kiosk && $0.sequence == placed.sequence - 1
            }
            let voided = placed.voidsNumber.flatMap { number in
                entries.first { $0.kiosk == placed.kiosk && $0.sequence == number }
            }
            let context = HingeContext(
                before: before?.entry.header.at, voided: voided?.entry)
            for subject in placed.hinges(context) {
                bySubject[subject, default: []].append(placed)
            }
        }
        return bySubject.flatMap { fold($0.key, $0.value.reversed(), knowing: known) }.sorted()
    }
}

extension Clash {
    var line: String {
        ([kind.rawValue] + entries.map { "\($0.kiosk)-\($0.sequence)" }).joined(separator: " ")
    }
}
