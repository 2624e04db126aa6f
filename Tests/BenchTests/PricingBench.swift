import Cataloguing
import Foundation
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Rules
import Settling
import SmallCounty
import Testing
import Vocabulary

/// How quick the rules are, alone: the rivals of quotes are timed by `openfisca.sh` in the same run.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["BENCH"] != nil), .serialized)
struct PricingBench {
    private let rules: Rulebook
    private let day = Day(year: 2026, month: 6, day: 1) ?? Day(number: 0)
    private let member: Member
    private let catalogue = Catalogue([
        CatalogueItem(
            code: "001102000010000", name: "诊查费", itemClass: .a, ownShare: .zero,
            priceLimit: nil, price: Money(fen: 600), feeType: .consultation,
            validFrom: Day(number: 0))
    ])

    init() throws {
        member = try #require(try SmallCounty().members.first)
        rules = try Rulebook.parse(
            region: "seed-2025",
            files: try readRuleFolder(SmallCounty.fixtures + "/rules/seed-2025"))
    }

    private func bill(_ random: inout SeededNumbers) -> Bill {
        let lines = (0..<5).map { _ in
            let itemClass: ItemClass = [.a, .a, .b, .outside][random.next(below: 4)]
            return Bill.Line(
                code: "X", quantity: Quantity(1 + random.next(below: 3)),
                price: Money(fen: 100 + random.next(below: 9_000)),
                ownTerms: ItemTerms(
                    itemClass: itemClass,
                    ownShare: itemClass == .b ? Share(millionths: 100_000) : .zero,
                    priceLimit: random.next(below: 3) == 0 ? Money(fen: 5_000) : nil))
        }
        return Bill(
            day: day, scheme: .resident, kind: .outpatient, level: .village, lines: lines)
    }

    /// Bills of five lines with a year's standing, medians of nine runs, reasons included.
    @Test func `quotes a second on one core, reasons and standing included`() throws {
        var random = SeededNumbers(seed: 5)
        let bills = (0..<5_000).map { _ in bill(&random) }
        let standings = (0..<5_000).map { _ in
            Standing(
                year: day.year,
                counters: [
                    Counter(.deductible, "outpatient"): random.next(below: 30_000),
                    Counter(.paid, "outpatient"): random.next(below: 200_000),
                ])
        }
        var rates: [Double] = []
        for _ in 0..<9 {
            let start = ContinuousClock.now
            for (bill, standing) in zip(bills, standings) {
                _ = try price(bill, by: rules, catalogue: .empty, given: standing)
            }
            rates.append(Double(bills.count) / ((ContinuousClock.now - start) / .seconds(1)))
        }
        rates.sort()
        print(
            String(
                format: "engine quotes/s %.0f  ratio to the 50000 asked for %.2f", rates[4],
                rates[4] / 50_000))
    }

    /// A county's year from its stored bytes: 400,000 people with six visits each, priced again by
    /// rules that changed back in January, on both cores.
    @Test func `a county's year priced again after a back-dated change`() async throws {
        var random = SeededNumbers(seed: 6)
        let people = try (0..<2_000).map { _ in try year(&random) }
        // Each core reads its own copy: two would pass the counts of one copy's references to and fro.
        let policies = try (0..<2).map { _ in
            Policy(rules: try changedRules(), catalogue: catalogue)
        }
        let rounds = 200
        let start = ContinuousClock.now
        let corrected = try await withThrowingTaskGroup(of: Int.self) { group in
            for (core, policy) in policies.enumerated() {
                group.addTask {
                    var corrections = 0
                    for _ in 0..<rounds {
                        for (person, entries) in people[(core * 1_000)..<(core * 1_000 + 1_000)] {
                            let placed = entries.compactMap { bytes, hash in
                                Entry(stored: bytes, hash: hash).map {
                                    Placed(
                                        kiosk: $0.header.kiosk, sequence: $0.header.sequence,
                                        entry: $0)
                                }
                            }
                            corrections += fold(person, 2026, placed, by: policy).corrections.count
                        }
                    }
                    return corrections
                }
            }
            return try await group.reduce(0, +)
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let visits = 2_000 * 6 * rounds
        #expect(corrected > visits / 4)
        print(
            String(
                format: "%d visits read, priced twice and folded in %.1f s on 2 cores  "
                    + "ratio to the 60 s allowed %.2f", visits, seconds, seconds / 60))
    }

    private func changedRules() throws -> Rulebook {
        var files = try readRuleFolder(SmallCounty.fixtures + "/rules/seed-2025")
        files["390/outpatient/rate.yaml"] = """
            description: 居民普通门诊统筹支付比例
            unit: share
            reviewed_on: 2026-11-20
            values:
              - from: 2025-01-01
                value: 0.50
                source: 原标准
              - from: 2026-01-01
                value: 0.55
                source: 追溯调整
            """
        return try Rulebook.parse(region: "changed", files: files)
    }

    /// Six visits of one person as their stored bytes.
    private func year(_ random: inout SeededNumbers) throws -> (
        PersonNumber, [(bytes: [UInt8], hash: Fingerprint)]
    ) {
        var (standing, head) = (Standing(year: 2026), Fingerprint.zero)
        var stored: [(bytes: [UInt8], hash: Fingerprint)] = []
        for sequence in 1...6 {
            var bill = bill(&random)
            bill.day = day.adding(days: sequence * 7)
            for line in bill.lines.indices {
                bill.lines[line].code = "001102000010000"
                bill.lines[line].ownTerms = nil
            }
            let quote = try price(bill, by: rules, catalogue: catalogue, given: standing)
            let visit = Visit(
                identity: "v\(sequence)", patient: Identified(member: member, assurance: .name),
                diagnoses: ["I10.x00x002"], quote: quote,
                settlement: try Settling.settle(quote, tenders: Settlement.inCash(quote)),
                given: standing, knowledge: Knowledge(policy: 1, rollAsOf: Instant(milliseconds: 0))
            )
            standing = quote.standing
            let fact = Fact.visit(visit)
            let header = Entry.Header(
                kiosk: KioskID(rawValue: "K0001") ?? .nobody, sequence: sequence,
                at: Instant(startOf: bill.day), day: bill.day,
                by: "D0001", session: "s", kind: fact.kind)
            let entry = try Entry(fact, header, after: head)
            head = entry.hash
            stored.append((entry.bytes, entry.hash))
        }
        return (member.number, stored)
    }
}
