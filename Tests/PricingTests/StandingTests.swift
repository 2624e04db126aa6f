import Foundation
import Pricing
import Testing
import Vocabulary

/// The counters of a year: what they add up to, what they forget, and how they are written.
@Suite struct StandingTests {
    let paid = Counter(.paid, "outpatient")
    let deductible = Counter(.deductible, "outpatient")

    @Test func `a void gives back exactly what was taken`() throws {
        let rules = try written([
            "390/outpatient/rate": "0.5", "390/outpatient/deductible": "10.00",
            "390/outpatient/limit_day": "50.00",
        ])
        let before = Standing(year: 2025, counters: [Counter(.visits, "chronic"): 2])
        let quote = try quoted(try outpatientBill(5_000), rules, given: before)
        #expect(quote.standing[paid] == 2_000)
        var after = quote.standing
        after.add(-quote.use)
        #expect(after == before)
    }

    @Test func `a use holds what it adds and takes, and nothing of nought`() {
        var use = StandingUse()
        use.add(0, to: paid)
        #expect(use.counters.isEmpty)
        use.add(300, to: paid)
        use.add(-100, to: paid)
        #expect(use.counters == [paid: 200])
        #expect((-use).counters == [paid: -200])
    }

    @Test func `nought is possible, a debt is not`() {
        #expect(Standing(year: 2025, counters: [paid: 0]).isPossible)
        #expect(!Standing(year: 2025, counters: [paid: -1]).isPossible)
    }

    @Test func `two settlements share a counter that both took from`() {
        let (one, other) = (StandingUse([paid: 100]), StandingUse([paid: 1, deductible: 5]))
        #expect(one.shares(.paid, with: other))
        #expect(!one.shares(.deductible, with: other))
        #expect(!other.shares(.deductible, with: one))
    }

    @Test func `a day is concerned by its own quarter, month and day`() throws {
        let day = try "2025-05-20".asDay()
        let kept: [Counter.Period] = [.year, .quarter(2), .month(5), .day(day)]
        let dropped: [Counter.Period] = [
            .quarter(1), .quarter(3), .month(4), .month(6), .day(try "2025-05-19".asDay()),
            .day(try "2025-05-21".asDay()),
        ]
        let all = Dictionary(
            (kept + dropped).map { (Counter(.paid, "outpatient", $0), 1) }
        ) { first, _ in first }
        let relevant = Standing(year: 2025, counters: all).relevant(on: day)
        #expect(Set(relevant.counters.keys.map(\.period)) == Set(kept))
    }

    @Test func `only the year before is remembered, and only its payments`() throws {
        let day = try "2025-05-20".asDay()
        let counters = [paid: 700, deductible: 300, Counter(.paid, "outpatient", .month(12)): 200]
        let fresh = Standing(year: 2025)
        #expect(Standing(year: 2023, counters: counters).on(day) == fresh)
        #expect(Standing(year: 2026, counters: counters).on(day) == fresh)
        let last = Standing(year: 2024, counters: counters).on(day)
        #expect(last.counters == [Counter(.lastPaid, "outpatient"): 700])
        #expect(last.year == 2025)
    }

    @Test(arguments: [
        "paid/outpatient", "cost/a@Q1", "cost/a@Q4", "visits/a@M01", "visits/a@M09",
        "visits/a@M10", "visits/a@M12", "household/a@D2025-12-31", "admissions/year",
    ])
    func `a counter is read as it is written`(name: String) {
        #expect(Counter(name)?.description == name)
    }

    @Test(arguments: [
        "cost/a@Q0", "cost/a@Q5", "cost/a@M0", "cost/a@M13", "cost/", "other/a", "paid/\u{E9}",
        "paid/e\u{301}", "paid/a b",
    ])
    func `what is no counter is not read`(name: String) { #expect(Counter(name) == nil) }

    @Test func `the first format stays readable`() throws {
        let standing = try #"{"year":2025,"deductible":{"a":300},"paid":{"a":200,"b":1}}"#.read(
            as: Standing.self)
        let expected = [
            Counter(.deductible, "a"): 300, Counter(.paid, "a"): 200, Counter(.paid, "b"): 1,
        ]
        #expect(standing.counters == expected)
        let use = try #"{"deductibleCounter":"a","deductible":30,"paidCounter":"b","paid":5}"#
            .read(as: StandingUse.self)
        #expect(use.counters == [Counter(.deductible, "a"): 30, Counter(.paid, "b"): 5])
    }

    /// Two spellings of one letter are equal to Swift and differ in their bytes.
    @Test(arguments: [
        #"{"year":2025,"paid":{"\u00e9":1}}"#, #"{"year":2025,"counters":{"paid/e\u0301":1}}"#,
    ])
    func `a counter's name has one spelling, whichever format it is read from`(json: String) {
        #expect(throws: DecodingError.self) { try json.read(as: Standing.self) }
    }

    @Test func `nobody has hundreds of counters`() throws {
        func counters(_ count: Int) -> String {
            let all = (0..<count).map { "\"paid/c\($0)\":1" }.joined(separator: ",")
            return "{\"counters\":{\(all)},\"year\":2025}"
        }
        #expect(try counters(256).read(as: Standing.self).counters.count == 256)
        #expect(throws: DecodingError.self) { try counters(257).read(as: Standing.self) }
    }

    @Test func `a last year in which nothing was paid is still known after writing`() throws {
        let known = Standing(year: 2025, counters: [Counter(.lastPaid, "outpatient"): 0])
        let again = try CompactJSON.decode(Standing.self, from: try JSONEncoder().encode(known))
        #expect(again == known)
    }

    @Test func `years begin with one`() throws {
        #expect(try #"{"year":1}"#.read(as: Standing.self).year == 1)
        #expect(throws: DecodingError.self) { try #"{"year":0}"#.read(as: Standing.self) }
    }
}
