import Cataloguing
import Foundation
import Identifying
import Journaling
import Pricing
import Publishing
import Rules
import Settling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Merging

/// The ledger is a function of the set of entries: any order, any repetition, any split.
@Suite struct MergeLawsTests {
    static let seeds =
        0..<(ProcessInfo.processInfo.environment["MERGE_SEEDS"].flatMap(Int.init) ?? 200)
    let histories: Histories

    init() throws { histories = try Histories() }

    @Test func `a person-year does not depend on the order of arrival`() throws {
        for seed in Self.seeds {
            var random = SeededNumbers(seed: UInt64(seed))
            let entries = try histories.random(&random)
            let straight = histories.fold(entries)
            let shuffled = histories.fold(entries.shuffled(using: &random))
            let repeated = histories.fold((entries + entries).shuffled(using: &random))
            #expect(straight == shuffled && straight == repeated, "seed \(seed)")
        }
    }

    @Test func `a person-year is written as the standard library writes it`() throws {
        for seed in Self.seeds.prefix(200) {
            var random = SeededNumbers(seed: UInt64(seed))
            var year = histories.fold(try histories.random(&random))
            #expect(try year.compactJSON() == CompactJSON.encode(year), "seed \(seed)")
            year.waiting = Money(fen: -random.next(below: 100))
            year.owed = Money(fen: .min)
            year.standing.add(StandingUse([Counter(.paid, "a\"\\\u{1}\u{1f}\n\t门诊"): 5]))
            #expect(try year.compactJSON() == CompactJSON.encode(year), "seed \(seed)")
        }
    }

    @Test func `what is due never depends on which kiosk knew of which`() throws {
        for seed in Self.seeds.prefix(200) {
            var random = SeededNumbers(seed: UInt64(seed))
            let entries = try histories.random(&random)
            let folded = histories.fold(entries)
            #expect(folded.standing.money(.paid, "outpatient") <= Money(fen: 200_000))
            #expect(folded.standing.money(.deductible, "outpatient") <= Money(fen: 30_000))
            let differences = folded.corrections.map(\.difference).sum()
            #expect(folded.claimed.fund + differences == folded.due.fund, "seed \(seed)")
        }
    }

    @Test func `what is owed is what was laid on the person, less what changed hands`() throws {
        var settled = 0
        for seed in Self.seeds {
            var random = SeededNumbers(seed: UInt64(seed))
            let entries = try histories.random(&random)
            let folded = histories.fold(entries)
            let voided = voidedReferences(entries)
            let booked = entries.sum { placed -> Money in
                switch placed.entry.fact {
                case .adjustment(let adjustment) where adjustment.bearer == .person:
                    return adjustment.total
                case .visit(let visit) where !voided.contains(placed.reference):
                    settled += visit.settles == nil ? 0 : 1
                    return -(visit.settles ?? []).total
                default: return .zero
                }
            }
            #expect(folded.owed == booked, "seed \(seed)")
            #expect((folded.owing ?? []).total == booked, "seed \(seed)")
            // The books say the same: the person's account comes to what is owed.
            var books = Books()
            for placed in entries {
                let original = placed.voidsNumber.flatMap { number in
                    entries.first { $0.kiosk == placed.kiosk && $0.sequence == number }
                }
                let context = BookingContext(voided: original)
                let booking = try #require(book(placed, context))
                books.add(booking, at: places(placed, context, Closings([])))
            }
            let accounts = books.sums.values
            #expect(accounts.sum { $0[.person] ?? .zero } == -booked, "seed \(seed)")
            #expect(accounts.sum { $0.values.sum() } == .zero)
            #expect(
                accounts.sum { ($0[.clinicReceivable] ?? .zero) + ($0[.clinicPayable] ?? .zero) }
                    == .zero)
        }
        #expect(settled > Self.seeds.count)
    }

    @Test func `the set hash commutes, forgets what is taken out and never repeats`() {
        let rows = (0..<100).map { SetHash(of: Array("row \($0)".utf8)) }
        let all = rows.reduce(.empty, +)
        #expect(rows.reversed().reduce(.empty, +) == all)
        #expect(all + -rows[7] == (rows[..<7] + rows[8...]).reduce(.empty, +))
        #expect(rows[3] + -rows[3] == .empty)
        #expect(SetHash(bytes: all.bytes) == all)
        #expect(all + rows[0] != all)
    }
}

/// Random histories of one person over several kiosks that do not know of each other.
struct Histories {
    let person: Member
    let policy: Policy
    let day: Day

    init() throws {
        let county = try SmallCounty(people: 2)
        person = county.members[1]
        policy = Policy(rules: try county.content().rulebook(), catalogue: Histories.catalogue)
        day = try #require(Day("2026-03-01"))
    }

    /// One medicine of class A.
    static var catalogue: Catalogue {
        var item = CatalogueItem(
            code: "X", name: "x", itemClass: .a, ownShare: .zero, priceLimit: nil,
            price: Money(fen: 100), feeType: .westernMedicine, validFrom: Day(number: 0))
        item.unit = "盒"
        return Catalogue([item])
    }

    func fold(_ entries: [Placed]) -> PersonYear {
        Merging.fold(person.number, 2026, entries, by: policy)
    }

    /// One to five kiosks, each with its own idea of the counters; visits, voids and contributions.
    func random(_ random: inout SeededNumbers) throws -> [Placed] {
        var entries: [Placed] = []
        for number in 1...(1 + random.next(below: 5)) {
            let kiosk = KioskID(rawValue: "K000\(number)") ?? .nobody
            var journal = OneJournal(kiosk: kiosk, histories: self)
            for _ in 0..<(1 + random.next(below: 8)) { try journal.step(&random) }
            entries += journal.entries
        }
        return entries + (try adjustments(of: entries, &random))
    }

    private static let owedNames = ["a0", "a1", "a2", "K0001-1", "K0002-1"]

    /// Now and then a visit settles something: what adjustments left, what another visit settled
    /// twice, or what nobody knows of.
    static func someOwed(ownPart: Money, _ random: inout SeededNumbers) -> [OwedSum] {
        guard random.next(below: 3) == 0, let day = Day("2026-03-01") else { return [] }
        let name = owedNames[random.next(below: owedNames.count)]
        let amount = 5_000 * (1 + random.next(below: 2)) * (random.next(below: 2) == 0 ? 1 : -1)
        return [
            OwedSum(
                identity: name, year: 2026, amount: min(Money(fen: amount), ownPart),
                reason: "yearChanged", kiosk: .nobody, day: day)
        ].filter { $0.amount != .zero }
    }

    /// The county's journal: differences of some visits, laid on the person or on others.
    private func adjustments(
        of entries: [Placed], _ random: inout SeededNumbers
    ) throws -> [Placed] {
        let visits = entries.filter { $0.entry.header.kind == "visit" }
        var office = OneJournal(
            kiosk: KioskID(rawValue: "C0001") ?? .nobody, histories: self)
        for number in 0..<random.next(below: 4) where !visits.isEmpty {
            let visit = visits[random.next(below: visits.count)]
            let bearers = [Adjustment.Bearer.person, .person, .fund, .clinic]
            office.adjust(
                Adjustment(
                    identity: "a\(number)", person: person.number, year: 2026,
                    kiosk: visit.kiosk, sequence: visit.sequence, hash: nil, scheme: .resident,
                    difference: [
                        "hifp_pay": Money(fen: 5_000 * (random.next(below: 5) - 2))
                    ],
                    reason: .yearChanged, bearer: bearers[random.next(below: bearers.count)],
                    isLate: false), on: day.adding(days: random.next(below: 60)))
        }
        return office.entries
    }
}
