import Collecting
import DemoCounty
import Hosting
import Identifying
import Rules
import SmallCounty
import Testing
import Vocabulary

/// The incentive finds the ceiling it is measured by in the rules of the layers.
@Suite struct EarnedIncentiveTests {
    private func rules(_ layer: [String: (unit: String, value: String)]) throws -> Rulebook {
        var files = try readRuleFolder(SmallCounty.fixtures + "/rules/hainan-2025")
        for (name, figure) in layer {
            files["390/layers/serious_illness/\(name).yaml"] = """
                description: 大病
                unit: \(figure.unit)
                reviewed_on: 2026-11-20
                values:
                  - from: 2025-01-01
                    value: \(figure.value)
                    source: 试验用数值
                """
        }
        return try Rulebook.parse(region: "r", files: files)
    }

    @Test func `ten years in a row raise a ceiling that takes incentives in`() throws {
        var member = try #require(try SmallCounty().members.first)
        member.scheme = .resident
        member.coverage = Coverage(paidYears: Array(2025...2034))
        let taking = try rules([
            "limit_adds_incentive": ("word", "\"yes\""), "limit_year": ("yuan", "300000.00"),
        ])
        let earned = try #require(try earnedIncentive(of: member, in: 2034, by: taking))
        #expect(earned.amount == Money(fen: 6 * 300_000))
        let silent = try rules(["limit_year": ("yuan", "300000.00")])
        #expect(try earnedIncentive(of: member, in: 2034, by: silent) == nil)
    }
}
