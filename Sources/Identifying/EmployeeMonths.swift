import Rules
import Vocabulary

/// How a day stands when months are what is paid for: employees and flexible workers.
///
/// Source: a break of up to three months may be made good; a longer one means to join anew and to
/// wait three months.
enum MonthStanding {
    case covered
    case waiting(until: Day)
    /// No month paid: since when, and until when it may still be made good.
    case arrears(since: Day, repairBy: Day?)
}

extension Member {
    /// - Returns: `nil` where the history has no months or the region counts years.
    func monthStanding(
        on day: Day, by rules: Rulebook
    ) throws(RulebookFault) -> (standing: MonthStanding, citations: [Citation], arithmetic: String)?
    {
        let folder = Member.folder(.employee, rules)
        guard let spans = coverage.employeeMonths?.sorted(by: { $0.from < $1.from }),
            try folder.word("gap_rule", on: day)?.value == "months"
        else { return nil }
        let month = Month(of: day)
        guard let began = spans.last(where: { $0.from <= month }) else { return nil }
        let allowed = try folder.require(
            try folder.count("repair_months", on: day), "repair_months")
        guard began.contains(month), let index = spans.firstIndex(of: began) else {
            let end = began.through ?? month
            let by = end.adding(allowed.value).lastDay
            return (
                .arrears(since: end.adding(1).firstDay, repairBy: day <= by ? by : nil),
                [allowed.citation], "\(end.lastDay) + \(allowed.value) → \(by)"
            )
        }
        guard index > 0, let before = spans[index - 1].through else { return (.covered, [], "") }
        let gap = began.from.number - before.number - 1
        guard gap > allowed.value else {
            return (.covered, [allowed.citation], "\(gap) ≤ \(allowed.value)")
        }
        let wait = try folder.require(
            try folder.count("waiting_months", on: day), "waiting_months")
        let until = began.from.adding(wait.value).firstDay
        return (
            day < until ? .waiting(until: until) : .covered, [allowed.citation, wait.citation],
            "\(gap) > \(allowed.value); \(began.from.firstDay) + \(wait.value) → \(until)"
        )
    }
}
