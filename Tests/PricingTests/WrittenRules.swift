import Cataloguing
import Foundation
import Pricing
import Rules
import Vocabulary

/// Rules written down in the test itself: a path and its value, as a rule file would hold it.
///
/// - Parameter dated: values by their first day, for what changes with time.
func written(
    _ values: [String: String], dated: [String: [String: String]] = [:]
) throws -> Rulebook {
    var files: [String: String] = [:]
    let all = values.mapValues { ["2024-01-01": $0] }.merging(dated) { _, dated in dated }
    for (path, values) in all {
        let steps = values.sorted { $0.key < $1.key }.map { from, value in
            """
              - from: \(from)
                value: \(value)
                source: written for a test, no policy of any place
            """
        }
        files[path + ".yaml"] = """
            description: written for a test
            unit: \(unit(of: path))
            reviewed_on: 2026-11-20
            values:
            \(steps.joined(separator: "\n"))
            """
    }
    return try Rulebook.parse(region: "written", files: files)
}

/// The unit a parameter is written in, by its name.
private func unit(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    switch name {
    case "limit_base", "limit_counter": return "word"
    case "deductible", "fixed_fund", "fixed_person", "charge_limit", "family_keeps": return "yuan"
    case "family_accounts": return "count"
    case "own_share_class_b", "rate", "rate_plus", "rate_minus": return "share"
    default:
        if name.hasPrefix("limit_") { return "yuan" }
        return name.hasPrefix("visits_") && name != "visits_counted" ? "count" : "word"
    }
}

/// An outpatient bill of residents at the village: one line of class A for each amount in fen.
func outpatientBill(_ fen: Int..., on day: String = "2025-05-20") throws -> Bill {
    Bill(
        day: try day.asDay(), scheme: .resident, kind: .outpatient, level: .village,
        lines: fen.map {
            Bill.Line(
                code: "X", quantity: .one, price: Money(fen: $0),
                ownTerms: ItemTerms(itemClass: .a, ownShare: .zero))
        })
}

/// The quote for a bill on fresh counters and an empty catalogue.
func quoted(
    _ bill: Bill, _ rules: Rulebook, given standing: Standing? = nil,
    catalogue: Catalogue = .empty
) throws(PricingFault) -> Quote {
    try price(
        bill, by: rules, catalogue: catalogue, given: standing ?? Standing(year: bill.day.year))
}

struct NoDay: Error {}

extension String {
    func asDay() throws -> Day {
        guard let day = Day(self) else { throw NoDay() }
        return day
    }

    /// Reads a value from its JSON.
    func read<Value: Decodable>(as type: Value.Type) throws -> Value {
        try CompactJSON.decode(type, from: utf8)
    }
}
