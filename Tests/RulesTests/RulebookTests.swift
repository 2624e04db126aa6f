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
