import Rules
import Vocabulary

/// From when a year's payment entitles, and what had to be waited for.
public struct WaitingPeriod: Hashable, Sendable {
    public let year: Int
    /// The years missed in a row right before, oldest first; the repaired ones are among them.
    public let missed: [Int]
    public let repaired: Int
    public let months: Int
    /// What the months count from: the year's first day, or the payment.
    public let countedFrom: Day
    /// First day of benefit.
    public let benefitFrom: Day
    public let citations: [Citation]
    /// The sum as figures: "3 + 1 - 0 = 4; 2027-01-01 → 2027-05-01".
    public let arithmetic: String
}

extension Member {
    /// The waiting period of a resident year, computed from the history.
    ///
    /// - Parameters:
    ///   - paid: the day the year was, or would be, paid.
    ///   - day: repairs count once they are paid, so up to this day.
    public func waiting(
        for year: Int, paidOn paid: Day, asOf day: Day, by rules: Rulebook
    ) throws(RulebookFault) -> WaitingPeriod {
        let folder = Member.folder(.resident, rules)
        let first = firstDay(of: year)
        let missed = try missedYears(before: year, by: rules)
        if let newborn = try newbornWindow(by: rules), newborn.contains(paid),
            newborn.years(born: birth).contains(year)
        {
            return period(
                year, missed, 0, 0, newborn.benefitFrom, [newborn.citation],
                "\(paid) ≤ \(newborn.last)")
        }
        if let change = try changeWindow(paying: paid, for: year, by: rules) {
            return period(
                year, missed, 0, 0, max(first, paid), [change.citation],
                "\(change.value) ≥ \(paid)")
        }
        let window = try window(for: year, by: rules)
        let late = window.map { $0.closes < paid } ?? false
        let from = try start(of: year, paidOn: paid, late: late, folder)
        guard let rule = try WaitingRule(folder, on: first, for: circumstances(for: year)),
            try !isExempt(folder, on: first)
        else { return period(year, missed, 0, 0, from, [], "0") }
        let repaired = missed.count { coverage.repaired($0, by: day) }
        let bornLate = late && year == birth.year && missed.isEmpty
        if bornLate, try folder.word("newborn_late", on: first)?.value == "next-month" {
            let next = Month(of: paid).adding(1).firstDay
            return period(year, missed, 0, 0, next, rule.citations, "0")
        }
        let sum = rule.months(missed: missed.count, repaired: repaired, late: late)
        return period(
            year, missed, repaired, sum.months, from, rule.citations, sum.arithmetic)
    }

    private func period(
        _ year: Int, _ missed: [Int], _ repaired: Int, _ months: Int, _ from: Day,
        _ citations: [Citation], _ arithmetic: String
    ) -> WaitingPeriod {
        let benefit = from.adding(months: months)
        return WaitingPeriod(
            year: year, missed: missed, repaired: repaired, months: months, countedFrom: from,
            benefitFrom: benefit, citations: citations,
            arithmetic: "\(arithmetic); \(from) → \(benefit)")
    }

    /// Paid in the window counts from the first day of the year; later, from the payment.
    private func start(
        of year: Int, paidOn paid: Day, late: Bool, _ folder: RuleFolder
    ) throws(RulebookFault) -> Day {
        let first = firstDay(of: year)
        guard first < paid else { return first }
        if late, try folder.word("late_start", on: first)?.value == "next-month" {
            return Month(of: paid).adding(1).firstDay
        }
        let whole = try folder.word("extension_start", on: first)?.value == "year"
        return !late && whole ? first : paid
    }

    /// Titles that never wait (特殊群体不设等待期).
    private func isExempt(_ folder: RuleFolder, on day: Day) throws(RulebookFault) -> Bool {
        let exempt = try folder.words("waiting_exempt", on: day)?.value ?? []
        return titles.contains { exempt.contains($0.rawValue) }
    }

    /// The years missed in a row right before `year`, counted back no further than the rule does.
    public func missedYears(before year: Int, by rules: Rulebook) throws(RulebookFault) -> [Int] {
        let folder = Member.folder(.resident, rules)
        let counted = try folder.count("gap_counted_from", on: firstDay(of: year))?.value
        guard let counted else { return [] }
        let earliest = max(counted, birth.year)
        guard earliest < year else { return [] }
        let last = (earliest..<year).last { coverage.isInsured(in: $0) }
        return Array(((last ?? earliest - 1) + 1)..<year)
    }

    /// The last day for an easy change from the employee scheme (中断不超过 3 个月), where the
    /// payment came by then and enough years had been insured before.
    public func changeWindow(
        paying paid: Day, for year: Int, by rules: Rulebook
    ) throws(RulebookFault) -> Cited<Day>? {
        let folder = Member.folder(.resident, rules)
        let first = firstDay(of: year)
        guard let months = try folder.count("change_months", on: first),
            let ended = coverage.employeeMonths?.compactMap(\.through).filter({
                $0.firstDay <= paid
            }).max()
        else { return nil }
        let last = ended.adding(months.value).lastDay
        let years = try folder.count("change_years", on: first)?.value ?? 0
        let before = (0..<years).allSatisfy { coverage.isInsured(in: ended.year - $0) }
        return paid <= last && before ? Cited(last, months.citation) : nil
    }
}
