import Collecting
import Identifying
import Rules
import Testing
import Vocabulary

@Suite struct DueTests {
    let seed: Rulebook
    let national: Rulebook

    init() throws {
        seed = try rulebook("seed-2025")
        national = try rulebook("national-2025")
    }

    private func due(_ member: Member, _ year: Int, _ on: String, _ rules: Rulebook) throws -> Due {
        try Collecting.due(from: member, for: year, on: day(on), by: rules)
    }

    @Test func `the window opens in September and closes at the end of the year`() throws {
        let person = try member(paid: [2025])
        #expect(try due(person, 2026, "2025-09-01", seed).entry == .window)
        #expect(try due(person, 2026, "2025-12-31", seed).toPay == Money(fen: 40_000))
        let closed = NotDue.outsideWindow(from: try day("2025-09-01"), to: try day("2025-12-31"))
        #expect(throws: closed) { try due(person, 2026, "2025-08-31", seed) }
        #expect(throws: closed) { try due(person, 2026, "2026-01-01", seed) }
    }

    @Test func `an extension keeps the window open to the end of February`() throws {
        let person = try member(paid: [2025])
        #expect(try due(person, 2026, "2026-02-28", national).entry == .window)
        #expect(try due(person, 2026, "2026-03-01", national).entry == .late)
        #expect(try due(person, 2028, "2028-02-29", national).entry == .window)
    }

    @Test func `a newborn may pay both years that the ninety days touch`() throws {
        let baby = try member(born: "2026-12-01")
        for on in ["2026-12-01", "2026-12-31", "2027-01-01", "2027-03-01"] {
            for year in [2026, 2027] {
                #expect(try due(baby, year, on, seed).entry == .newborn, "\(year) on \(on)")
            }
        }
        #expect(throws: NotDue.self) { try due(baby, 2026, "2027-03-02", seed) }
        #expect(throws: NotDue.self) { try due(baby, 2025, "2026-12-05", seed) }
        #expect(throws: NotDue.self) { try due(baby, 2026, "2026-11-30", seed) }
    }

    @Test func `whoever is dead, away, paid or employed owes nothing`() throws {
        var person = try member(paid: [2026])
        #expect(throws: NotDue.alreadyPaid(year: 2026)) {
            try due(person, 2026, "2025-10-01", seed)
        }
        person.scheme = .employee
        #expect(throws: NotDue.paidByEmployer) { try due(person, 2027, "2026-10-01", seed) }
        person.coverage.moved = try day("2026-01-01")
        #expect(throws: NotDue.moved(try day("2026-01-01"))) {
            try due(person, 2027, "2026-10-01", seed)
        }
        person.coverage.died = try day("2026-02-01")
        #expect(throws: NotDue.died(try day("2026-02-01"))) {
            try due(person, 2027, "2026-10-01", seed)
        }
    }

    @Test func `a fixed subsidy above the standard leaves nothing to pay or to give back`() throws {
        let rules = try rulebook("seed-2025", ["standard": "150.00"])
        var person = try member(paid: [2025])
        person.titles = [.lowIncome]
        let due = try due(person, 2026, "2025-10-01", rules)
        #expect(due.relief == Money(fen: 15_000) && due.toPay == .zero)
    }

    @Test func `a year before the first standard is refused`() throws {
        #expect(throws: NotDue.self) { try due(member(), 2024, "2023-10-01", seed) }
    }

    @Test func `who leaves the employee scheme may pay within three months`() throws {
        var person = try member(paid: [])
        person.coverage.employeeMonths = [try span("2023-01", "2026-04")]
        person.coverage.changes = [
            SchemeChange(on: try day("2026-05-01"), from: .employee, to: .resident)
        ]
        #expect(try due(person, 2026, "2026-07-31", seed).entry == .schemeChange)
        #expect(throws: NotDue.self) { try due(person, 2026, "2026-08-01", seed) }
        #expect(throws: NotDue.paidByEmployer) { try due(person, 2026, "2026-04-30", seed) }
        // Two years in a row are asked for first.
        person.coverage.employeeMonths = [try span("2026-01", "2026-04")]
        #expect(throws: NotDue.self) { try due(person, 2026, "2026-06-01", seed) }
    }

    @Test func `students are reminded in September, others in November`() throws {
        var person = try member(paid: [2026])
        let others = try reminder(for: person, on: day("2026-10-08"), by: seed)
        #expect(others?.by == (try day("2026-11-30")) && others?.isUrgent == false)
        #expect(try reminder(for: person, on: day("2026-12-01"), by: seed)?.isUrgent == true)
        person.titles = [.student]
        let student = try reminder(for: person, on: day("2026-10-08"), by: seed)
        #expect(student?.by == (try day("2026-09-30")) && student?.isUrgent == true)
        #expect(student?.closes == (try day("2026-12-31")))
        person.coverage.paidYears.append(2027)
        #expect(try reminder(for: person, on: day("2026-10-08"), by: seed) == nil)
        #expect(try reminder(for: person, on: day("2026-08-31"), by: seed) == nil)
    }

    @Test func `missed years are offered for repair at the price of the year`() throws {
        var person = try member(paid: [2023, 2024])
        let offer = try #require(
            try repairOffer(for: person, joining: 2027, on: day("2026-11-22"), by: seed))
        #expect(offer.missed == [2025, 2026])
        #expect(offer.prices == [Money(fen: 40_000), Money(fen: 40_000)])
        #expect(offer.asItIs.benefitFrom == (try day("2027-05-01")))
        #expect(offer.repaired.benefitFrom == (try day("2027-04-01")))
        #expect(offer.worthwhile == 1)
        let own = try rulebook("seed-2025", ["repair_price": "missed-year"])
        let dated = try repairOffer(for: person, joining: 2027, on: day("2026-11-22"), by: own)
        #expect(dated?.prices == [Money(fen: 39_000), Money(fen: 40_000)])
        person.coverage.paidYears += [2025]
        let one = try repairOffer(for: person, joining: 2027, on: day("2026-11-22"), by: seed)
        #expect(one?.missed == [2026] && one?.worthwhile == 0)
        let unknown = try member(paid: [2024, 2027])
        let silent = try repairOffer(for: unknown, joining: 2027, on: day("2027-02-01"), by: seed)
        #expect(silent == nil)
        person.coverage.paidYears += [2026]
        let none = try repairOffer(for: person, joining: 2027, on: day("2026-11-22"), by: seed)
        #expect(none == nil)
    }
}

func span(_ from: String, _ through: String?) throws -> MonthSpan {
    MonthSpan(
        from: Month(of: try day(from + "-01")),
        through: try through.map { Month(of: try day($0 + "-01")) })
}
