import Journaling
import Pricing
import Rules
import Vocabulary

/// One visit written down twice: the same bill and diagnoses for one person on one day, a few
/// minutes apart, at one kiosk or at two.
///
/// A person decides: typed again, or really two visits. Both are paid as settled until then; at
/// stake is what the fund paid for the one written later.
///
/// - Parameter deciding: in canonical order, so by day first.
func visitTwice(_ year: PersonYear, _ deciding: [Placed], by policy: Policy) -> [Clash] {
    guard hasDayOfTwo(deciding) else { return [] }
    let visits = deciding.compactMap { WrittenVisit($0, of: year) }
    let days = Dictionary(grouping: visits, by: \.day).values.filter { $0.count > 1 }
    let voided = voidedReferences(deciding)
    return days.flatMap { day in
        let standing = day.filter { !voided.contains($0.placed.reference) }
        return Dictionary(grouping: standing, by: \.visit.content)
            .values.flatMap { neighbours($0, by: policy) }
    }
}

/// Hardly any year holds two visits on one day.
private func hasDayOfTwo(_ deciding: [Placed]) -> Bool {
    var last: Day?
    for placed in deciding {
        guard case .visit = placed.entry.fact else { continue }
        let day = placed.entry.header.day
        guard day != last else { return true }
        last = day
    }
    return false
}

/// Of three, the second is held against the first and the third against the second, so that each
/// is ruled upon once.
private func neighbours(_ alike: [WrittenVisit], by policy: Policy) -> [Clash] {
    let ordered = alike.sorted(by: WrittenVisit.earlier)
    return zip(ordered, ordered.dropFirst()).filter { earlier, later in
        guard
            let minutes = try? policy.rules.count(
                "common/visit_twice/minutes", on: later.day)?.value
        else { return false }
        return later.at.minutes(since: earlier.at) <= minutes
    }.map { earlier, later in
        Clash(
            .visitTwice, [earlier.placed.reference, later.placed.reference],
            amount: later.visit.amounts.fundTotal)
    }
}
