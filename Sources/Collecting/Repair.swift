import Identifying
import Rules
import Vocabulary

/// What a person with missed years may choose between: to wait, or to pay missed years (断保修复)
/// and wait less.
public struct RepairOffer: Hashable, Sendable {
    /// The missed years that are not paid for yet, oldest first.
    public let missed: [Int]
    /// What each of them costs, in the same order; never subsidised.
    public let prices: [Money]
    /// The waiting period as it stands, and after paying all missed years.
    public let asItIs: WaitingPeriod
    public let repaired: WaitingPeriod
    /// How many years have to be paid for the shortest wait; more would change nothing.
    public let worthwhile: Int
    public let citations: [Citation]
}

/// The choice of a member who pays for a year on a day.
///
/// - Returns: `nil` where no year was missed, nothing has to be waited for, or the year is paid but
///   nobody knows when: then nothing is computed.
public func repairOffer(
    for member: Member, joining year: Int, on day: Day, by rules: Rulebook
) throws(RulebookFault) -> RepairOffer? {
    let known = member.coverage.paidOn(year)
    guard known != nil || !member.coverage.paidYears.contains(year) else { return nil }
    let paid = known ?? day
    let now = try member.waiting(for: year, paidOn: paid, asOf: day, by: rules)
    let open = now.missed.filter { missed in
        !(member.coverage.repairs ?? []).contains { $0.year == missed && $0.on <= day }
    }
    guard !open.isEmpty, now.months > 0 else { return nil }
    var repairing = member
    var best = now
    var worthwhile = 0
    for (index, missed) in open.enumerated() {
        repairing.coverage.repairs =
            (repairing.coverage.repairs ?? []) + [YearPayment(year: missed, on: day)]
        let after = try repairing.waiting(for: year, paidOn: paid, asOf: day, by: rules)
        if after.months < best.months { (best, worthwhile) = (after, index + 1) }
    }
    let prices = try repairPrices(of: open, for: member, joining: year, by: rules)
    return RepairOffer(
        missed: open, prices: prices.map(\.value), asItIs: now, repaired: best,
        worthwhile: worthwhile, citations: prices.prefix(1).map(\.citation) + now.citations)
}

/// Missed years cost what the year costs that is paid with them, or each its own standard, as the
/// region has it.
private func repairPrices(
    of missed: [Int], for member: Member, joining year: Int, by rules: Rulebook
) throws(RulebookFault) -> [Cited<Money>] {
    let folder = rules.folder(contributions)
    let first = firstDay(of: year)
    let own = try folder.word("repair_price", on: first)?.value == "missed-year"
    let tier = try payingTier(member.coverage.tier, folder, on: first)
    var prices: [Cited<Money>] = []
    for missed in missed {
        let standard = try folder.money(
            "standard", on: own ? firstDay(of: missed) : first,
            for: member.circumstances(for: year, tier: tier))
        prices.append(try folder.require(standard, "standard"))
    }
    return prices
}
