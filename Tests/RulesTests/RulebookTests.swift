import Foundation
import Rules
import Testing
import Vocabulary

private let good = """
    description: 起付线
    unit: yuan
    reviewed_on: 2026-11-20
    values:
      - from: 2025-01-01
        value: 300.00
        source: 甲
      - from: 2026-07-01
        value: 200.00
        source: 乙
      - from: 2027-01-01
        value: null
        source: 丙
    """

@Suite struct RulebookTests {
    let book: Rulebook

    init() throws { book = try Rulebook.parse(region: "r", files: ["390/x/deductible.yaml": good]) }

    private func money(on day: String) throws -> Money? {
        try book.money("390/x/deductible", on: try #require(Day(day)))?.value
    }

    @Test func `a value holds from its first day until the next one starts`() throws {
        #expect(try money(on: "2025-01-01") == Money(fen: 30_000))
        #expect(try money(on: "2026-06-30") == Money(fen: 30_000))
        #expect(try money(on: "2026-07-01") == Money(fen: 20_000))
    }

    @Test func `a repealed parameter does not apply`() throws {
        #expect(try money(on: "2027-01-01") == nil)
    }

    @Test func `a day before the first value is refused, not guessed`() throws {
        #expect(throws: RulebookFault.self) { try money(on: "2024-12-31") }
    }

    @Test(arguments: [
        ("unit: yuan", "unit: rubles", 2, "unknown unit"),
        ("description: 起付线", "descripton: 起付线", 1, "unknown key"),
        ("    source: 乙\n", "", 8, "source is missing"),
        ("value: 200.00", "value: 200.005", 9, "not an amount"),
        ("from: 2026-07-01", "from: 2026-07-32", 8, "no date"),
        ("from: 2026-07-01", "from: 2024-07-01", 8, "does not come after"),
        ("reviewed_on: 2026-11-20\n", "", 1, "reviewed_on is missing"),
    ])
    func `a fault names file, line and remedy`(
        old: String, new: String, line: Int, words: String
    ) throws {
        let text = good.replacingOccurrences(of: old, with: new)
        let faults = #expect(throws: RuleFaults.self) {
            try Rulebook.parse(region: "r", files: ["390/x/deductible.yaml": text])
        }
        let fault = try #require(faults?.faults.first { $0.message.contains(words) })
        #expect(fault.file == "390/x/deductible.yaml")
        #expect(fault.line == line)
        #expect(!fault.remedy.isEmpty)
    }

    @Test func `all faults of all files are told in one go`() {
        let faults = #expect(throws: RuleFaults.self) {
            try Rulebook.parse(region: "r", files: ["a.yaml": "unit: x", "b.yaml": ": :"])
        }
        #expect(Set(faults?.faults.map(\.file) ?? []) == ["a.yaml", "b.yaml"])
    }
}

/// Rows with conditions and bands: figures that depend on the person and the visit.
@Suite struct ConditionTests {
    private func book(_ value: String, unit: String = "share", pick: String = "first") throws
        -> Rulebook
    {
        let text = """
            description: 比例
            unit: \(unit)
            reviewed_on: 2026-11-20
            pick: \(pick)
            values:
              - from: 2025-01-01
                source: 甲
                value:
            \(value)
            """
        return try Rulebook.parse(region: "r", files: ["390/x/rate.yaml": text])
    }

    private let day = Day("2025-06-01")

    private func share(_ book: Rulebook, _ state: (inout Circumstances) -> Void) throws -> Share? {
        var circumstances = Circumstances()
        state(&circumstances)
        return try book.folder("390/x").share(
            "rate", on: try #require(day), for: circumstances)?.value
    }

    @Test func `the first row whose conditions all hold counts`() throws {
        let book = try book(
            """
                  - when: {level: village, age: 60..}
                    value: 0.70
                  - when: {level: [village, township]}
                    value: 0.60
                  - when: {disease: M078*}
                    value: 0.90
            """)
        #expect(
            try share(book) {
                $0.state(.level, "village")
                $0.state(.age, 60)
            } == Share("0.7"))
        #expect(
            try share(book) {
                $0.state(.level, "village")
                $0.state(.age, 59)
            } == Share("0.6"))
        #expect(try share(book) { $0.state(.disease, ["I10", "M07800"]) } == Share("0.9"))
        #expect(try share(book) { $0.state(.level, "3") } == nil)
    }

    @Test func `the better of two titles is a matter of pick`() throws {
        let rows = """
                  - when: {title: lowIncome}
                    value: 0.60
                  - when: {title: destitute}
                    value: 0.90
            """
        let both: (inout Circumstances) -> Void = { $0.state(.title, ["lowIncome", "destitute"]) }
        #expect(try share(try book(rows), both) == Share("0.6"))
        #expect(try share(try book(rows, pick: "highest"), both) == Share("0.9"))
        #expect(try share(try book(rows, pick: "lowest"), both) == Share("0.6"))
    }

    @Test func `bands are read in order, a flat rate is one endless band`() throws {
        let bands = """
                  - up_to: 50000.00
                    value: 0.85
                  - value: 0.90
            """
        let day = try #require(day)
        let read = try book(bands).folder("390/x").bands("rate", on: day)?.value
        #expect(read?.map(\.upTo) == [Money(fen: 5_000_000), nil])
        let flat = try book("      - value: 0.5").folder("390/x").bands("rate", on: day)?.value
        #expect(flat == [.init(upTo: nil, Share(millionths: 500_000))])
    }

    @Test(arguments: [
        ("      - when: {colour: red}\n        value: 0.5", "nobody is asked"),
        ("      - when: {age: old}\n        value: 0.5", "no range"),
        ("      - when: {age: 60..18}\n        value: 0.5", "no range"),
        ("      - if: {age: 60..}\n        value: 0.5", "unknown key"),
        ("      - when: {age: 60..}", "no value in this row"),
        (
            "      - up_to: 500.00\n        value: 0.5\n      - up_to: 400.00\n        value: 0.6",
            "begin"
        ),
        ("      - value: 0.5\n      - up_to: 400.00\n        value: 0.6", "begin"),
    ])
    func `a faulty row is named`(rows: String, words: String) throws {
        let faults = #expect(throws: RuleFaults.self) { try book(rows) }
        #expect(faults?.description.contains(words) == true, "\(faults?.description ?? "")")
        #expect(throws: RuleFaults.self) { try book("      - value: 0.5", pick: "best") }
    }
}
