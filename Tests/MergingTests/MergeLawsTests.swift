import Cataloguing
import Foundation
import Identifying
import Journaling
import Pricing
import Publishing
import Rules
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
        return entries
    }
}
