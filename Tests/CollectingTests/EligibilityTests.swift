import Collecting
import Identifying
import Rules
import Testing
import Vocabulary

@Suite struct EligibilityTests {
    let rules: Rulebook

    init() throws { rules = try rulebook("seed-2025") }

    private func verdict(_ member: Member, _ on: String) throws -> Verdict {
        try member.verdict(on: day(on), by: rules)
    }

    @Test func `an old roll line without a history reads and decides as before`() throws {
        let old = #"{"paidYears":[2025,2026]}"#
        var person = try member()
        person.coverage = try CompactJSON.decode(Coverage.self, from: Array(old.utf8))
        #expect(try verdict(person, "2026-06-01").rule == .yearPaid)
        #expect(try verdict(person, "2027-06-01").eligibility == .unpaid(year: 2027))
        #expect(String(decoding: try CompactJSON.encode(person.coverage), as: UTF8.self) == old)
        #expect(!String(decoding: try CompactJSON.encode(person), as: UTF8.self).contains("incent"))
    }

    @Test func `a full history survives being written and read`() throws {
        var person = try member(paid: [2024])
        person.coverage.pay(2026, on: try day("2025-11-03"))
        person.coverage.repairs = [YearPayment(year: 2025, on: try day("2025-11-03"))]
        person.coverage.employeeMonths = [try span("2021-03", "2022-02"), try span("2026-07", nil)]
        person.coverage.changes = [
            SchemeChange(on: try day("2026-07-01"), from: .resident, to: .employee)
        ]
        person.coverage.tier = "2"
        person.incentive = Money(fen: 300_000)
        let bytes = try CompactJSON.encode(person)
        #expect(try CompactJSON.decode(Member.self, from: bytes) == person)
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""from":"2021-03""#))
    }

    @Test func `the county's stated day stands and is compared with the history`() throws {
        var person = try member(paid: [2023, 2024])
        person.coverage.pay(2027, on: try day("2026-11-20"))
        person.coverage.waitingUntil = try day("2027-03-01")
        let waiting = try verdict(person, "2027-02-28")
        #expect(waiting.rule == .waitingStated)
        #expect(waiting.eligibility == .waiting(until: try day("2027-03-01")))
        #expect(waiting.contradictsHistory)
        #expect(waiting.computed?.benefitFrom == (try day("2027-05-01")))
        #expect(try verdict(person, "2027-03-01").eligibility == .covered)
    }

    @Test func `a verdict says the next step`() throws {
        var person = try member(paid: [2023, 2024])
        #expect(try verdict(person, "2026-06-01").nextStep == .payFor(year: 2026))
        person.coverage.pay(2027, on: try day("2026-11-20"))
        let until = try day("2027-05-01")
        let waiting = try verdict(person, "2027-01-10")
        #expect(waiting.nextStep == .waitUntil(until, repairable: [2025, 2026]))
        #expect(waiting.arithmetic == "3 + 1 - 0 = 4; 2027-01-01 → 2027-05-01")
        #expect(waiting.citations.contains { $0.parameter.hasSuffix("waiting_months") })
        let baby = try member(born: "2026-10-01")
        #expect(try verdict(baby, "2026-11-01").nextStep == .payBy(try day("2026-12-30")))
        person.coverage.moved = try day("2027-01-01")
        #expect(try verdict(person, "2027-01-10").nextStep == .settleElsewhere)
        person.coverage.died = try day("2027-01-01")
        #expect(try verdict(person, "2027-01-10").nextStep == .correctRecord)
    }

    @Test func `newborn benefit starts with the birth or its month`() throws {
        let baby = try member(born: "2026-10-20")
        #expect(try verdict(baby, "2026-10-19").eligibility == .unpaid(year: 2026))
        #expect(try verdict(baby, "2026-10-20").rule == .newborn)
        let month = try rulebook("seed-2025", ["newborn_start": "birth-month"])
        #expect(try baby.verdict(on: day("2026-10-01"), by: month).rule == .newborn)
        #expect(try baby.verdict(on: day("2026-09-30"), by: month).rule == .yearUnpaid)
    }

    @Test func `a newborn paid for too late waits, or starts next month`() throws {
        var baby = try member(born: "2026-01-10")
        baby.coverage.pay(2026, on: try day("2026-05-05"))
        #expect(try verdict(baby, "2026-04-10").rule == .newborn)
        #expect(try verdict(baby, "2026-04-11").rule == .yearUnpaid)
        #expect(
            try verdict(baby, "2026-05-05").eligibility == .waiting(until: try day("2026-08-05")))
        let next = try rulebook("seed-2025", ["newborn_late": "next-month"])
        #expect(try !baby.eligibility(on: day("2026-05-31"), by: next).paysBenefit)
        #expect(try baby.eligibility(on: day("2026-06-01"), by: next) == .covered)
        baby.coverage.payments = [YearPayment(year: 2026, on: try day("2026-04-10"))]
        #expect(try verdict(baby, "2026-01-10").eligibility == .covered)
    }

    @Test func `a repair counts from the day it is paid`() throws {
        var person = try member(paid: [2023, 2024])
        person.coverage.pay(2027, on: try day("2026-11-20"))
        person.coverage.repairs = [YearPayment(year: 2025, on: try day("2027-04-10"))]
        #expect(
            try verdict(person, "2027-04-09").eligibility == .waiting(until: try day("2027-05-01")))
        #expect(try verdict(person, "2027-04-10").eligibility == .covered)
    }

    @Test func `a wait that began late in one year reaches into the next`() throws {
        var person = try member(paid: [2023, 2024, 2025])
        person.coverage.pay(2026, on: try day("2026-11-20"))
        person.coverage.pay(2027, on: try day("2026-11-20"))
        #expect(
            try verdict(person, "2027-02-19").eligibility == .waiting(until: try day("2027-02-20")))
        #expect(try verdict(person, "2027-02-20").eligibility == .covered)
    }

    @Test func `groups without a waiting period are served at once`() throws {
        let national = try rulebook("national-2025")
        var person = try member(paid: [2023])
        person.coverage.pay(2027, on: try day("2026-11-20"))
        #expect(try !person.eligibility(on: day("2027-01-01"), by: national).paysBenefit)
        person.titles = [.subsistence]
        #expect(try person.eligibility(on: day("2027-01-01"), by: national).paysBenefit)
    }
}

@Suite struct EmployeeMonthTests {
    let rules: Rulebook

    init() throws { rules = try rulebook("seed-2025") }

    private func employee(_ spans: MonthSpan...) throws -> Member {
        var person = try member()
        person.scheme = .employee
        person.coverage.employeeMonths = spans
        return person
    }

    @Test func `a break of three months is made good, a longer one waits three months`() throws {
        let short = try employee(span("2025-01", "2026-01"), span("2026-05", nil))
        #expect(try short.verdict(on: day("2026-05-01"), by: rules).rule == .monthPaid)
        let long = try employee(span("2025-01", "2026-01"), span("2026-06", nil))
        #expect(
            try long.verdict(on: day("2026-06-01"), by: rules).eligibility
                == .waiting(until: try day("2026-09-01")))
        #expect(try long.eligibility(on: day("2026-09-01"), by: rules) == .covered)
    }

    @Test func `arrears may be made good until the third month is over`() throws {
        let person = try employee(span("2025-01", "2026-01"))
        let since = try day("2026-02-01")
        #expect(
            try person.eligibility(on: day("2026-04-30"), by: rules)
                == .arrears(since: since, repairBy: try day("2026-04-30")))
        #expect(
            try person.eligibility(on: day("2026-05-01"), by: rules)
                == .arrears(since: since, repairBy: nil))
    }

    @Test func `an employee line without months goes by the years as before`() throws {
        var person = try member(paid: [2026])
        person.scheme = .employee
        #expect(try person.verdict(on: day("2026-05-01"), by: rules).rule == .yearPaid)
    }

    @Test func `a change to residents pays from the payment without a wait`() throws {
        var person = try employee(span("2023-01", "2026-04"))
        person.scheme = .resident
        person.coverage.changes = [
            SchemeChange(on: try day("2026-05-01"), from: .employee, to: .resident)
        ]
        person.coverage.pay(2026, on: try day("2026-06-10"))
        let days = ["2026-04-30", "2026-05-01", "2026-06-09", "2026-06-10"]
        let verdicts = try days.map { try person.verdict(on: day($0), by: rules) }
        #expect(verdicts.map(\.eligibility.paysBenefit) == [true, false, false, true])
        #expect(verdicts.map(\.scheme) == [.employee, .resident, .resident, .resident])
        // Too long after, the fixed months are waited for.
        person.coverage.payments = [YearPayment(year: 2026, on: try day("2026-09-10"))]
        #expect(
            try person.eligibility(on: day("2026-09-10"), by: rules)
                == .waiting(until: try day("2026-12-10")))
    }

    @Test func `while employees wait the resident year still pays, and never both`() throws {
        var person = try employee(span("2024-01", "2024-12"), span("2026-07", nil))
        person.coverage.paidYears = [2026]
        person.coverage.changes = [
            SchemeChange(on: try day("2026-07-01"), from: .resident, to: .employee)
        ]
        let bridged = try person.verdict(on: day("2026-08-01"), by: rules)
        #expect(bridged.rule == .bridged && bridged.scheme == .resident)
        #expect(try person.verdict(on: day("2026-10-01"), by: rules).scheme == .employee)
        let switched = rules.all.filter { $0.path != "310/contribution/change_bridge" }
        let strict = Rulebook(region: "x", parameters: switched)
        #expect(!(try person.eligibility(on: day("2026-08-01"), by: strict).paysBenefit))
    }

    @Test func `a stale roll is provisional with a ceiling`() throws {
        let made = try day("2026-11-01")
        #expect(
            try freshness(ofRollMade: made, on: day("2026-11-08"), by: rules) == .fresh(age: 7))
        guard
            case .stale(let age, let ceiling, let citations) = try freshness(
                ofRollMade: made, on: day("2026-11-09"), by: rules)
        else {
            Issue.record("eight days are too old")
            return
        }
        #expect(age == 8 && ceiling == Money(fen: 10_000) && citations.count == 2)
    }
}
