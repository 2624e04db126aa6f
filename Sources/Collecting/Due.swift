import Identifying
import Rules
import Vocabulary

/// What one person's contribution for a year costs and who bears it, in fen.
public struct Due: Hashable, Sendable {
    public let person: PersonNumber
    public let year: Int
    /// The individual contribution (个人缴费标准).
    public let standard: Money
    /// What the subsidy (资助参保) bears of it; never more than the standard.
    public let relief: Money
    /// The title the relief rests on; the better of two where a person holds several.
    public let title: Title?
    public let citations: [Citation]

    public var toPay: Money { standard - relief }
}

/// Why nothing is due, in the order the desk asks.
public enum NotDue: Error, Equatable, Sendable {
    /// The roll already has this year as paid.
    case alreadyPaid(year: Int)
    case died(Day)
    case moved(Day)
    /// The scheme is paid through the employer.
    case paidByEmployer
    /// Collection for that year is closed on this day.
    case outsideWindow(from: Day, to: Day)
    case rules(RulebookFault)
}

/// The contribution a member owes for a year when asked on a day.
///
/// Source: requirements of the resident scheme: one standard a year, full and fixed subsidies by
/// title, the better of two titles.
public func due(
    from member: Member, for year: Int, on day: Day, by rules: Rulebook
) throws(NotDue) -> Due {
    if let died = member.coverage.died { throw .died(died) }
    if let moved = member.coverage.moved { throw .moved(moved) }
    guard member.scheme == .resident else { throw .paidByEmployer }
    guard !member.coverage.paidYears.contains(year) else { throw .alreadyPaid(year: year) }
    try checkWindow(member, year, day, rules)
    do {
        return try priceContribution(of: member, for: year, by: rules)
    } catch {
        throw .rules(error)
    }
}

private let folder = "\(Scheme.resident.rawValue)/contribution/"

private func priceContribution(
    of member: Member, for year: Int, by rules: Rulebook
) throws(RulebookFault) -> Due {
    guard let first = Day(year: year, month: 1, day: 1) else {
        throw .missing(parameter: folder + "standard")
    }
    let standard = try rules.require(
        try rules.money(folder + "standard", on: first), folder + "standard")
    let full = try rules.words(folder + "relief_full", on: first)
    var best: (relief: Money, title: Title, citation: Citation)?
    for title in member.titles {
        var relief: Cited<Money>?
        if let full, full.value.contains(title.rawValue) {
            relief = Cited(standard.value, full.citation)
        } else if let fixed = try rules.money(
            folder + "relief_fixed", on: first, key: title.rawValue)
        {
            relief = Cited(min(fixed.value, standard.value), fixed.citation)
        }
        if let relief, relief.value > best?.relief ?? .zero {
            best = (relief.value, title, relief.citation)
        }
    }
    return Due(
        person: member.number, year: year, standard: standard.value,
        relief: best?.relief ?? .zero, title: best?.title,
        citations: [standard.citation] + (best.map { [$0.citation] } ?? []))
}

/// Collection runs in a window before the year; newborns may pay within their own days.
private func checkWindow(
    _ member: Member, _ year: Int, _ day: Day, _ rules: Rulebook
) throws(NotDue) {
    do {
        if let days = try rules.count(folder + "newborn_days", on: day),
            day <= member.birth.adding(days: days.value)
        {
            return
        }
        guard let from = try rules.word(folder + "window_from", on: day),
            let to = try rules.word(folder + "window_to", on: day),
            let first = Day("\(year - 1)-\(from.value)"), let last = Day("\(year - 1)-\(to.value)")
        else { return }
        guard first <= day, day <= last else { throw NotDue.outsideWindow(from: first, to: last) }
    } catch let fault as NotDue {
        throw fault
    } catch let fault as RulebookFault {
        throw .rules(fault)
    } catch {
        preconditionFailure("the rulebook throws its own faults only")
    }
}
