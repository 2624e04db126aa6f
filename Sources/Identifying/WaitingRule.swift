import Rules
import Vocabulary

/// How a region counts the months of the waiting period (等待期) for people who join late or come
/// back after a break.
///
/// Source: 国办发〔2024〕38号: three fixed months, one more for each further missed year, taken
/// back by paying missed years, a floor after four missed years. Where readings differ, the
/// parameter is a switch; see docs/decisions.
public struct WaitingRule: Hashable, Sendable {
    public let fixed: Int
    public let step: Int
    /// The first missed year is borne by the fixed months already.
    public let firstYearFree: Bool
    public let perRepair: Int
    /// Repair takes from the added months only, never from the fixed ones.
    public let repairsExtraOnly: Bool
    public let floorYears: Int
    public let floorMonths: Int
    public let citations: [Citation]

    /// - Returns: `nil` where the region has no waiting period in that year.
    public init?(
        _ folder: RuleFolder, on day: Day, for circumstances: Circumstances
    ) throws(RulebookFault) {
        func count(_ name: String) throws(RulebookFault) -> Cited<Int>? {
            try folder.count(name, on: day, for: circumstances)
        }
        guard let fixed = try count("waiting_months") else { return nil }
        let step = try count("waiting_step_months")
        let floor = try count("waiting_floor_months")
        self.fixed = fixed.value
        self.step = step?.value ?? 0
        firstYearFree = try folder.word("first_gap_year_free", on: day)?.value != "no"
        perRepair = try count("repair_step_months")?.value ?? 0
        repairsExtraOnly = try folder.word("repair_reduces", on: day)?.value != "whole"
        floorYears = try count("waiting_floor_years")?.value ?? .max
        floorMonths = floor?.value ?? 0
        citations = [fixed, step, floor].compactMap { $0?.citation }
    }

    /// The months for so many missed years, of which some were repaired.
    ///
    /// - Parameter late: paid outside the window, which costs the fixed months even without a gap.
    public func months(missed: Int, repaired: Int, late: Bool) -> (months: Int, arithmetic: String)
    {
        guard missed > 0 || late else { return (0, "0") }
        let extra = max(0, missed - (firstYearFree ? 1 : 0)) * step
        let repair = min(repaired, missed) * perRepair
        let credit = min(repair, repairsExtraOnly ? extra : fixed + extra)
        let sum = fixed + extra - credit
        let months = missed >= floorYears ? max(sum, floorMonths) : sum
        let floor = months > sum ? " → \(floorMonths)" : ""
        return (months, "\(fixed) + \(extra) - \(credit) = \(sum)\(floor)")
    }
}
