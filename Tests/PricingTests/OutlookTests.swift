import Pricing
import Testing
import Vocabulary

/// What the first screen and the slip say the year still holds.
@Suite struct OutlookTests {
    private func outlook(
        _ values: [String: String], _ counters: [Counter: Int], year: Int = 2025
    ) throws -> Outlook {
        try Outlook(
            for: try outpatientBill(100), by: try written(values),
            given: Standing(year: year, counters: counters))
    }

    private let usual = [
        "390/outpatient/rate": "0.5", "390/outpatient/rate_plus": "0.1",
        "390/outpatient/rate_minus": "0.05", "390/outpatient/deductible": "300.00",
        "390/outpatient/limit_year": "2000.00",
    ]

    @Test func `what is left of deductible and limit, and the rate with its changes`() throws {
        let outlook = try outlook(
            usual, [Counter(.deductible, "outpatient"): 12_000, Counter(.paid, "outpatient"): 1])
        #expect(outlook.deductible?.left.fen == 18_000)
        #expect(outlook.fund?.left.fen == 199_999)
        #expect(outlook.paid.fen == 1)
        #expect(outlook.rate == Share(millionths: 550_000))
    }

    @Test func `nothing is left where more was used`() throws {
        let outlook = try outlook(usual, [Counter(.paid, "outpatient"): 200_001])
        #expect(outlook.fund?.left == .zero)
    }

    @Test func `a new year has used nothing`() throws {
        let outlook = try outlook(usual, [Counter(.paid, "outpatient"): 500], year: 2024)
        #expect(outlook.paid == .zero)
        #expect(outlook.fund?.left.fen == 200_000)
    }

    @Test func `counters by their own names and periods`() throws {
        let named = [
            "390/outpatient/deductible_period": "quarter",
            "390/outpatient/deductible_counter": "shared", "390/outpatient/limit_counter": "joint",
        ]
        let outlook = try outlook(
            usual.merging(named) { $1 },
            [
                Counter(.deductible, "shared", .quarter(2)): 100, Counter(.paid, "joint"): 200,
                Counter(.deductible, "outpatient"): 7, Counter(.paid, "outpatient"): 8,
            ])
        #expect(outlook.deductible?.used.fen == 100)
        #expect(outlook.fund?.used.fen == 200)
    }

    @Test func `a limit on cost is none on payment, bands are no rate`() throws {
        let banded = [
            "390/outpatient/limit_base": "cost",
            "390/outpatient/rate": "[{up_to: 100.00, value: 0.5}, {value: 0.6}]",
        ]
        let outlook = try outlook(usual.merging(banded) { $1 }, [:])
        #expect(outlook.fund == nil)
        #expect(outlook.rate == nil)
    }
}
