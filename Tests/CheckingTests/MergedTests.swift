import Foundation
import Rules
import Testing
import Vocabulary

@testable import Checking

/// What only all clinics together show.
@Suite struct MergedTests {
    let rules: Rulebook

    init() throws { rules = try Scene(day: Scene.day).rules }

    private func found(
        _ visits: [MergedVisit], earlier: [MergedVisit] = [],
        _ surroundings: Surroundings = Surroundings()
    ) throws -> [String] {
        try review(visits, earlier: earlier, surroundings, by: rules).map { finding in
            "\(finding.severity.rawValue) \(finding.check.rawValue) "
                + finding.visits.map { "\($0.kiosk)-\($0.sequence)" }.joined(separator: " ")
        }
    }

    @Test(arguments: [
        // One person, two clinics, one day: found; one clinic twice, or two days: not.
        ([("K0001", 1, 0), ("K0002", 1, 0)], ["report sameDayElsewhere K0001-1 K0002-2"]),
        ([("K0001", 1, 0), ("K0001", 1, 0)], []),
        ([("K0001", 1, 0), ("K0002", 1, 1)], []),
        ([("K0001", 1, 0), ("K0002", 2, 0)], []),
    ])
    func `two clinics on one day`(rows: [(String, Int, Int)], expected: [String]) throws {
        let visits = try rows.enumerated().map { index, row in
            try visit(row.0, index + 1, person: row.1, on: Scene.day.adding(days: row.2))
        }
        #expect(try found(visits) == expected)
    }

    @Test(arguments: [(-1, false), (0, false), (1, true), (2, true), (3, false), (4, false)])
    func `a visit within a hospital stay`(offset: Int, fires: Bool) throws {
        let one = try visit("K0001", 1, person: 1, on: Scene.day.adding(days: offset))
        let stay = Surroundings.Stay(
            person: one.person, from: Scene.day, to: Scene.day.adding(days: 3))
        #expect(
            try found([one], Surroundings(stays: [stay]))
                == (fires ? ["warn visitInHospital K0001-1"] : []))
    }

    @Test(arguments: [
        // 30 days given elsewhere: eight left is found, seven left is allowed.
        ("K0002", 22, true), ("K0002", 23, false), ("K0001", 22, false),
    ])
    func `supplies that overlap across clinics`(kiosk: String, later: Int, fires: Bool) throws {
        let drug = MergedVisit.Item(
            code: "A", feeType: .westernMedicine, quantity: .one, days: 30)
        let first = try visit("K0001", 1, person: 1, items: [drug])
        let second = try visit(
            kiosk, 2, person: 1, on: Scene.day.adding(days: later), items: [drug])
        let expected = fires ? ["report repeatedSupply K0001-1 \(kiosk)-2"] : []
        #expect(try found([first, second]) == expected)
        #expect(try found([second], earlier: [first]) == expected)
        // Days that are past by now are not found again.
        #expect(try found([try visit("K0003", 9, person: 2)], earlier: [first, second]) == [])
    }

    @Test func `many cards and settlements at night`() throws {
        let six = try (1...6).map { try visit("K0001", $0, person: $0, at: "10:0\($0)") }
        #expect(
            try found(six)
                == ["warn manyCards K0001-1 K0001-2 K0001-3 K0001-4 K0001-5 K0001-6"])
        #expect(try found(Array(six.dropFirst())) == [])
        let families = try (1...6).map { try visit("K0001", $0, person: $0 % 3, at: "10:0\($0)") }
        #expect(try found(families) == [])
        let late = try [("22:00", 1), ("05:59", 2), ("06:00", 3), ("21:59", 4)].map {
            try visit("K0001", $0.1, person: $0.1, at: $0.0)
        }
        #expect(try found(late) == ["warn nightSettlement K0001-2 K0001-1"])
    }

    @Test func `a clinic above its peers by cost, frequency and infusions`() throws {
        let infusion = MergedVisit.Item(
            code: "I", feeType: .treatment, quantity: .one, days: nil, isInfusion: true)
        var visits: [MergedVisit] = []
        for clinic in 1...4 {
            for number in 1...20 {
                // The fourth is twice and a fen as dear, sees each person thrice, infuses always.
                let odd = clinic == 4
                visits.append(
                    try visit(
                        "K000\(clinic)", number,
                        person: clinic * 1000 + (odd ? number / 3 : number),
                        on: Scene.day.adding(days: number % 5), at: "1\(number % 10):00",
                        fen: odd ? 2001 : 1000,
                        items: odd || number % 5 == 0 ? [infusion] : []))
            }
        }
        let checks = try review(visits, by: rules).map { ($0.check, $0.institution) }
        #expect(
            checks.map(\.0) == [.costAbovePeers, .frequencyAbovePeers, .infusionAbovePeers])
        #expect(checks.allSatisfy { $0.1 == "HK0004" })
        // Too few visits to compare: silence.
        #expect(try review(visits.filter { $0.entry.sequence > 1 }, by: rules).isEmpty)
    }

    @Test(arguments: [(10, 10, false), (10, 9, true), (10, nil, false)])
    func `sold more than bought`(sold: Int, bought: Int?, fires: Bool) throws {
        let drug = MergedVisit.Item(
            code: "A", feeType: .westernMedicine, quantity: Quantity(sold / 2), days: nil)
        let visits = try (1...2).map {
            try visit("K0001", $0, person: $0, items: [drug])
        }
        let purchases = bought.map {
            [
                Surroundings.Purchase(
                    institution: "HK0001", code: "A", quantity: Quantity($0), day: Scene.day)
            ]
        }
        let expected = fires ? ["warn soldMoreThanBought K0001-1 K0001-2"] : []
        #expect(try found(visits, Surroundings(purchases: purchases ?? [])) == expected)
    }

    @Test(arguments: [
        // Days the kiosk's roll was old; a week is fresh enough to be honoured.
        (0, true, "report notCovered K0001-1"), (7, true, "report notCovered K0001-1"),
        (8, true, "stop notCovered K0001-1"), (8, false, ""),
    ])
    func `somebody who was not covered on the day`(
        age: Int, excluded: Bool, expected: String
    ) throws {
        var one = try visit("K0001", 1, person: 1)
        one.rollAsOf = Instant(startOf: Scene.day.adding(days: -age))
        if excluded {
            one.excluded = MergedVisit.Exclusion(rule: "death", figures: "2026-03-01")
        }
        #expect(try found([one]) == (expected.isEmpty ? [] : [expected]))
    }

    @Test(arguments: [
        // Days from the report to the use; another credential is none.
        (0, 7, true), (3, 7, true), (-1, 7, false), (3, 8, false),
    ])
    func `a credential used after it was reported lost`(
        later: Int, credential: Int, fires: Bool
    ) throws {
        var one = try visit("K0001", 1, person: 1, on: Scene.day.adding(days: later))
        let surroundings = Surroundings(revoked: [7: Scene.day])
        #expect(try found([one], surroundings) == [], "none was shown")
        one.credential = credential
        let expected = fires ? ["warn credentialRevoked K0001-1"] : []
        #expect(try found([one], surroundings) == expected)
    }

    @Test(arguments: 0..<50) func `any order of arrival gives the same findings`(seed: Int) throws {
        var chance = Chance(seed: UInt64(seed))
        var visits = try (1...60).map { number in
            try visit(
                "K000\(Int.random(in: 1...3, using: &chance))", number,
                person: Int.random(in: 1...8, using: &chance),
                on: Scene.day.adding(days: Int.random(in: 0...3, using: &chance)),
                at: ["10:00", "10:03", "23:10"].randomElement(using: &chance) ?? "10:00",
                items: [
                    MergedVisit.Item(
                        code: ["A", "B"].randomElement(using: &chance) ?? "A",
                        feeType: .westernMedicine, quantity: .one,
                        days: Int.random(in: 1...30, using: &chance))
                ])
        }
        let first = try review(visits, by: rules)
        #expect(!first.isEmpty)
        visits.shuffle(using: &chance)
        #expect(try review(visits, by: rules) == first)
    }

    @Test func `a county's day is reviewed in the time of a page`() throws {
        var chance = Chance(seed: 7)
        let visits = try (1...10_000).map { number in
            try visit(
                "K0\(100 + number % 250)", number, person: number % 9_000,
                at: "1\(Int.random(in: 0...9, using: &chance)):\(10 + number % 50)",
                items: [
                    MergedVisit.Item(
                        code: "D\(number % 300)", feeType: .westernMedicine, quantity: .one,
                        days: 7)
                ])
        }
        let clock = ContinuousClock()
        var count = 0
        let time = try clock.measure { count = try review(visits, by: rules).count }
        print("review after merge: 10,000 visits in \(time), \(count) findings")
        #expect(time < .seconds(20))
    }
}

private func visit(
    _ kiosk: String, _ sequence: Int, person: Int, on day: Day = Scene.day,
    at clock: String = "10:00",
    fen: Int = 1000, items: [MergedVisit.Item] = []
) throws -> MergedVisit {
    MergedVisit(
        entry: .init(kiosk: try #require(KioskID(rawValue: kiosk)), sequence: sequence),
        institution: "H" + kiosk, level: .village,
        person: try #require(PersonNumber(rawValue: "\(person)")), day: day,
        at: moment(clock, day), kind: .outpatient, total: Money(fen: fen), items: items)
}

private func moment(_ clock: String, _ day: Day) -> Instant { at(clock, on: day) }
