import Rules
import Settling
import Testing
import Vocabulary

/// How much of what is owed a visit settles.
@Suite struct OwedTermsTests {
    private func terms(
        _ extent: String, share: String = "0.50", least: String = "1.00", leave: String = "yes"
    ) throws -> OwedTerms {
        func file(_ unit: String, _ value: String) -> String {
            """
            description: x
            unit: \(unit)
            reviewed_on: 2026-11-22
            values:
              - from: 2025-01-01
                value: \(value)
                source: x
            """
        }
        let rules = try Rulebook.parse(
            region: "test",
            files: [
                "common/owed/at_next_visit.yaml": file("word", extent),
                "common/owed/most_share.yaml": file(
                    "share", "[{when: {title: destitute}, value: 0.10}, {value: \(share)}]"),
                "common/owed/least.yaml": file("yuan", least),
                "common/owed/may_leave.yaml": file("word", "\"\(leave)\""),
            ])
        return try OwedTerms(by: rules, on: day)
    }

    private var day: Day { Day("2026-11-22") ?? Day(number: 0) }

    private func sums(_ amounts: [Int]) -> [OwedSum] {
        amounts.enumerated().map { place, fen in
            OwedSum(
                identity: "\(place)", year: 2026, amount: Money(fen: fen), reason: "yearChanged",
                kiosk: .nobody, day: day)
        }
    }

    @Test(arguments: [
        // Terms, what is open, own part; what is settled.
        ("all", [1_500], 5_000, [1_500]), ("all", [1_500], 1_000, [1_000]),
        ("all", [1_500], 0, []), ("all", [-1_500], 1_000, [-1_500]), ("all", [-99], 1_000, []),
        ("all", [-100], 0, [-100]), ("all", [400, 700, 900], 1_500, [400, 700, 400]),
        // A part of the own part, rounded down; what the county owes is given whole.
        ("share", [-1_500], 1_001, [-500]), ("share", [-1_500], 5_000, [-1_500]),
        ("share", [-1_500], 199, []), ("share", [1_500], 1_001, [1_001]),
        ("share", [-600, -600], 1_600, [-600, -200]),
        // What stands against it is settled whole, and only the difference changes hands.
        ("all", [2_000, -500], 1_000, [1_500, -500]), ("all", [500, -2_000], 0, [500, -2_000]),
        ("share", [500, -2_000], 1_000, [500, -1_000]), ("all", [500, -500], 1_000, []),
        ("never", [1_500], 5_000, []), ("never", [-1_500], 5_000, []),
    ])
    func `what a visit settles`(extent: String, open: [Int], ownPart: Int, expected: [Int])
        throws
    {
        let settled = try terms(extent).settled(sums(open), ownPart: Money(fen: ownPart))
        #expect(settled.map(\.amount.fen) == expected)
    }

    @Test func `whoever is poor is asked for less, and a region that says nothing for nothing`()
        throws
    {
        let rules = try Rulebook.parse(
            region: "test",
            files: [
                "common/owed/at_next_visit.yaml": """
                description: x
                unit: word
                reviewed_on: 2026-11-22
                values:
                  - from: 2025-01-01
                    value: share
                    source: x
                """,
                "common/owed/most_share.yaml": """
                description: x
                unit: share
                reviewed_on: 2026-11-22
                values:
                  - from: 2025-01-01
                    value:
                      - when: {title: [destitute, subsistence]}
                        value: 0.10
                      - value: 0.50
                    source: x
                """,
            ])
        let poor = try OwedTerms(by: rules, on: day, titles: [.subsistence])
        #expect(poor.settled(sums([-900]), ownPart: Money(fen: 1_000)).total.fen == -100)
        #expect(!poor.mayLeave && poor.least == .zero && poor.citation != nil)
        let nothing = try OwedTerms(
            by: Rulebook(region: "none", parameters: []), on: day)
        #expect(nothing == .none && nothing.settled(sums([900]), ownPart: Money(fen: 1)) == [])
        #expect(throws: RulebookFault.self) { try terms("some") }
        #expect(try terms("all", leave: "no").mayLeave == false)
    }
}
