import Identifying
import Rules
import Vocabulary

/// What one person's contribution for a year costs and who bears it, in fen.
public struct Due: Hashable, Sendable {
    public let person: PersonNumber
    public let year: Int
    /// The individual contribution (个人缴费标准) of the person's tier.
    public let standard: Money
    /// What comes on top and is never subsidised: an add-on such as long-term care (长护险), and
    /// the fiscal subsidy that a late payer has lost.
    public let extra: Money
    /// What the subsidy (资助参保) bears of the standard; never more than it.
    public let relief: Money
    /// The title the relief rests on; the better of two where a person holds several.
    public let title: Title?
    public let entry: Entry
    public let citations: [Citation]

    public var toPay: Money { standard + extra - relief }

    /// In which way the person may pay on the day.
    public enum Entry: String, Hashable, Sendable {
        case window, newborn
        /// Within the allowed months after leaving the employee scheme.
        case schemeChange
        /// After the window, where the region allows it.
        case late
    }
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
/// Source: requirements of the resident scheme: one standard a year and tier, full, fixed and
/// proportional subsidies by title, the better of two titles, add-ons outside the subsidy.
///
/// - Parameter tier: the tier chosen for that year; the member's own, then the region's, where left
///   out.
public func due(
    from member: Member, for year: Int, on day: Day, tier: String? = nil, by rules: Rulebook
) throws(NotDue) -> Due {
    if let died = member.coverage.died { throw .died(died) }
    if let moved = member.coverage.moved { throw .moved(moved) }
    guard member.scheme(on: day) == .resident else { throw .paidByEmployer }
    guard !member.coverage.paidYears.contains(year) else { throw .alreadyPaid(year: year) }
    let entry = try entry(of: member, for: year, on: day, by: rules)
    do {
        return try priceContribution(of: member, year, entry, on: day, tier: tier, by: rules)
    } catch {
        throw .rules(error)
    }
}

let contributions = "\(Scheme.resident.rawValue)/contribution"

private func priceContribution(
    of member: Member, _ year: Int, _ entry: Due.Entry, on day: Day, tier: String?,
    by rules: Rulebook
) throws(RulebookFault) -> Due {
    let folder = rules.folder(contributions)
    let first = firstDay(of: year)
    let tier = try payingTier(tier ?? member.coverage.tier, folder, on: first)
    let asked = member.circumstances(for: year, tier: tier)
    let standard = try folder.require(
        try folder.money("standard", on: first, for: asked), "standard")
    let addOn = try folder.money("add_on", on: first, for: asked)
    let lost = entry == .late ? try lostSubsidy(folder, year, on: day, for: asked) : nil
    let relief = try bestRelief(of: member, standard.value, for: year, tier: tier, by: rules)
    return Due(
        person: member.number, year: year, standard: standard.value,
        extra: (addOn?.value ?? .zero) + (lost?.value ?? .zero),
        relief: relief?.amount ?? .zero, title: relief?.title, entry: entry,
        citations: [
            standard.citation, addOn?.citation, lost?.citation, relief?.citation,
        ].compactMap(\.self))
}

/// The tier asked for, or the one the region puts people in who choose none.
func payingTier(
    _ chosen: String?, _ folder: RuleFolder, on day: Day
) throws(RulebookFault) -> String? {
    if let chosen { return chosen }
    return try folder.word("default_tier", on: day)?.value
}

/// The fiscal subsidy a late payer bears too, from the day the region stops giving it.
private func lostSubsidy(
    _ folder: RuleFolder, _ year: Int, on day: Day, for asked: Circumstances
) throws(RulebookFault) -> Cited<Money>? {
    let first = firstDay(of: year)
    guard let from = try folder.word("late_subsidy_lost_from", on: first),
        monthDay(from.value, of: year) <= day
    else { return nil }
    return try folder.money("fiscal_subsidy", on: first, for: asked)
}
