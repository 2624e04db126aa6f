import Pricing
import Rules
import Testing
import Vocabulary

/// A parameter that nobody reads is a limit that silently does not hold; each is told with its
/// remedy.
@Suite struct PricingParametersTests {
    private func file(_ unit: String, _ value: String) -> String {
        """
        description: 说明
        unit: \(unit)
        reviewed_on: 2026-11-20
        values:
          - from: 2025-01-01
            value: \(value)
            source: 某市文件
        """
    }

    private func faults(adding path: String? = nil, _ text: String = "") throws -> [RuleFault] {
        var files = [
            "390/outpatient/rate.yaml": file("share", "0.5"),
            "390/outpatient/layers.yaml": file("word", "[serious]"),
            "390/layers/serious/rate.yaml": file("share", "0.6"),
            "390/layers/serious/fund.yaml": file("word", "hifmi_pay"),
        ]
        if let path { files[path] = text }
        return pricingFaults(
            try Rulebook.parse(region: "r", files: files), schemes: ["390", "310"])
    }

    @Test func `a complete rule set has no faults`() throws {
        #expect(try faults() == [])
    }

    @Test(arguments: [
        ("390/outpatient/limt_year.yaml", "yuan", "2000.00", "did you mean limit_year.yaml?"),
        ("390/outpatient/limit_year.yaml", "count", "2000", "set unit: yuan"),
        ("390/outpatient/rounding.yaml", "word", "bankers", "fund, person, down"),
        ("390/outpatient/layers.yaml", "word", "[serious, large]", "name one that is there"),
        ("390/outpatient/carried_from.yaml", "word", "chronic", "name one that is there"),
        ("390/benefit.yaml", "word", "dialysis", "name one that is there"),
        ("390/benefits.yaml", "word", "outpatient", "did you mean benefit.yaml?"),
        ("390/chronic/deductible.yaml", "yuan", "300.00", "add rate.yaml"),
        ("390/layers/large/rate.yaml", "share", "0.85", "add fund.yaml"),
        ("390/layers/serious/fund.yaml", "word", "hifxx_pay", "hifmi_pay"),
    ])
    func `a slip is told with its remedy`(
        path: String, unit: String, value: String, remedy: String
    ) throws {
        let faults = try faults(adding: path, file(unit, value))
        #expect(faults.contains { $0.remedy.contains(remedy) }, "\(faults)")
        #expect(faults.allSatisfy { path.hasPrefix($0.file.prefix(11)) }, "\(faults)")
    }
}
