import Allotting
import Journaling
import Pricing
import Vocabulary

/// A desk paid from a personal account without a right to it, or more than its rights held.
///
/// Rights: kept as it happened, and the balance falls by it; what no right covers is shown as
/// overdraft. Honest desks pay from accounts within rights alone where these are divided.
func accountOverspent(_ year: PersonYear, _ deciding: [Placed], by policy: Policy) -> [Clash] {
    var taken: [(placed: Placed, visit: Visit)] = []
    for placed in deciding where placed.isOfYear(year.year) {
        guard case .visit(let visit) = placed.entry.fact,
            visit.family != nil || visit.tenders[Tender.account.rawValue] != nil
        else { continue }
        taken.append((placed, visit))
    }
    guard !taken.isEmpty else { return [] }
    let voided = voidedReferences(deciding)
    let own = Set((year.rights ?? []).filter { $0.limit == .ownAccount }.map(\.id))
    return taken.compactMap { placed, visit in
        let drawn = placed.entry.fact.drawn(from: year.person)
        let held = (visit.rights?.parts ?? []).filter { own.contains($0.right) }.sum { $0.amount }
        guard drawn > held, !voided.contains(placed.reference),
            isDivided(on: placed.entry.header.day, by: policy)
        else { return nil }
        return Clash(
            .accountOverspent, [placed.reference], amount: held - drawn,
            detail: "paid \(drawn), held \(held)")
    }
}

private func isDivided(on day: Day, by policy: Policy) -> Bool {
    let terms = try? AllotmentTerms(by: policy.rules, on: day)
    return terms.map { $0.isDivided && $0.limits.contains(.ownAccount) } ?? false
}
