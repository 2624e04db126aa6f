import DemoCounty
import Identifying
import SmallCounty
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

@Suite struct CoverageDayTests {
    /// The desk that took the money and a clinic that only knows the roll must say the same day.
    @Test func `the roll carries the history and the day a year was paid`() async throws {
        let county = try await TestCounty()
        var li = try county.small.member(.liGuihua)
        let joined = try #require(Day("2026-11-22"))
        li.coverage = Coverage(paidYears: [2022, 2023, 2024])
        li.coverage.repairs = [YearPayment(year: 2025, on: joined)]
        li.coverage.tier = "1"
        li.incentive = Money(fen: 100)
        let json = try CompactJSON.encode(li)
        try county.office.store.write { [li] in try $0.put(li, json: json) }
        try await county.office.publishDaily()

        let desk = try await county.device("H41992590001", operator: ("T0001", "135790"))
        _ = try await desk.collect(li, id: "a")
        try await desk.night()
        try await county.office.publishDaily()
        try await desk.night()
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))

        let newYear = try #require(Day("2027-01-10"))
        county.small.clock.set(Instant(startOf: newYear).adding(seconds: 36_000))
        let until = try #require(Day("2027-04-01"))
        for device in [desk, clinic] {
            let patient = try await device.desk.identify(li.identity.description)
            let coverage = patient.member.coverage
            #expect(coverage.payments == [YearPayment(year: 2027, on: joined)])
            #expect(coverage.repairs == li.coverage.repairs && coverage.tier == "1")
            // What a roll claims to have earned is not believed: the county reckons it by its rules.
            #expect(patient.member.incentive == nil)
            #expect(patient.eligibility == .waiting(until: until))
            #expect(patient.verdict.computed?.missed == [2025, 2026])
        }
    }
}
