import Rules
import Testing
import Vocabulary

@Suite struct DeadlineTests {
    let rules: Rulebook

    init() throws { rules = try rulebook("seed-2025") }

    /// "2026-03-06 09:00" in Beijing.
    private func instant(_ text: String) throws -> Instant {
        let parts = text.split(separator: " ")
        let clock = parts[1].split(separator: ":").compactMap { Int($0) }
        return Instant(startOf: try day(String(parts[0])))
            .adding(seconds: clock[0] * 3_600 + clock[1] * 60)
    }

    @Test(arguments: Examples.all.deadlines)
    func `a limit ends where the source says`(_ example: DeadlineExample) throws {
        let found = try rules.deadline(example.limit, from: instant(example.from)).value
        switch found.end {
        case .moment(let moment):
            #expect(moment.description == example.moment)
            #expect(!found.isLate(at: moment))
            #expect(found.isLate(at: moment.adding(seconds: 1)))
        case .day(let last):
            #expect(last == example.day)
            #expect(!found.isLate(at: Instant(startOf: last).adding(seconds: 86_399)))
            #expect(found.isLate(at: Instant(startOf: last.adding(days: 1))))
        }
        if let late = example.lateFrom { #expect(found.lateFrom == Instant(startOf: late)) }
        #expect(found.isCertain == (example.uncertain != true))
    }

    @Test func `four kinds of case have four clocks`() throws {
        let start = try instant("2026-03-06 09:00")
        let ends = try [
            "exception_respond", "exception_mend", "error_report", "error_correct",
            "security_internal", "security_record", "complaint_accept", "complaint_close",
        ].map { try rules.deadline($0, from: start) }
        #expect(Set(ends.map(\.citation.parameter)).count == 8)
        #expect(ends[1].value.lateFrom > ends[0].value.lateFrom)
    }

    /// Two clocks on one investigation: the first to run out counts.
    @Test func `of two clocks the earlier counts`() throws {
        let asked = try rules.deadline("remote_investigate", from: instant("2026-03-02 09:00"))
        let quick = try rules.deadline("remote_result", from: instant("2026-03-03 09:00"))
        let slow = try rules.deadline("remote_result", from: instant("2026-03-05 09:00"))
        #expect(Deadline.earlier(asked.value, quick.value).lastDay == (try day("2026-03-06")))
        #expect(Deadline.earlier(asked.value, slow.value).lastDay == (try day("2026-03-09")))
        #expect(Deadline.earlier(slow.value, asked.value).lastDay == (try day("2026-03-09")))
    }

    @Test func `papers are kept from receipt or from closure`() throws {
        let received = try instant("2026-03-06 09:00")
        let closed = try instant("2026-03-20 09:00")
        let kept = try rules.keepUntil("complaint_keep", received: received, closed: closed)
        #expect(kept?.value == (try day("2029-03-06")))
        var parameters = rules.all.filter { $0.path != "common/deadlines/complaint_keep_from" }
        parameters.append(
            Parameter(
                path: "common/deadlines/complaint_keep_from", description: "", unit: .word,
                reviewedOn: try day("2026-01-01"),
                values: [
                    .init(from: try day("2025-01-01"), value: .word("closure"), source: "测试")
                ]))
        let other = Rulebook(region: "x", parameters: parameters)
        let late = try other.keepUntil("complaint_keep", received: received, closed: closed)
        #expect(late?.value == (try day("2029-03-20")))
        #expect(try other.keepUntil("complaint_keep", received: received, closed: nil) == nil)
    }

    @Test func `working days come in order and never on a day off`() throws {
        let holidays = try rules.holidays()
        #expect(holidays.years == [2025, 2026])
        let start = Instant(startOf: try day("2026-01-01"))
        var last = start.day
        for count in 1...250 {
            let end = deadline(from: start, TimeLimit(count, .workingDays), holidays: holidays)
            #expect(end.lastDay > last)
            #expect(holidays.isWorking(end.lastDay))
            last = end.lastDay
        }
        let weekend = try day("2026-03-07")
        #expect(weekend.isWeekend && !holidays.isWorking(weekend))
        #expect(!Holidays.weekendsOnly.isWorking(try day("2026-02-14")))
        #expect(holidays.isWorking(try day("2026-02-14")))
        #expect(!holidays.isWorking(try day("2026-02-16")))
    }

    @Test func `every limit is one of the known units`() throws {
        let folder = rules.folder("common/deadlines")
        for name in folder.parameters.values.map(\.name) where !name.hasSuffix("_from") {
            let limit = try rules.timeLimit(name, on: day("2026-01-01"))
            #expect(limit.citation.parameter.hasSuffix(name))
        }
    }

    /// One is about what reviewers decide, the other about what is computed.
    @Test func `accuracy of review and error of computation are two figures`() throws {
        let accuracy = try rules.share("common/quality/review_accuracy", on: day("2026-01-01"))
        let error = try rules.share("common/quality/calculation_error", on: day("2026-01-01"))
        #expect(accuracy?.value == Share("0.95"))
        #expect(error?.value == Share("0.001"))
    }
}
