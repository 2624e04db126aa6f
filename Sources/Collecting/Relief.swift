import Identifying
import Rules
import Vocabulary

/// A subsidy of the contribution (资助参保) and the title it rests on.
struct Relief {
    let amount: Money
    let title: Title?
    let citation: Citation
}

/// The best subsidy any of the member's titles gives.
///
/// Each title is asked alone, so that a person with two titles never pays more than with one. The
/// subsidy is what is stored; what the person pays is found by subtraction, since the two shares are
/// easily mistaken for each other.
func bestRelief(
    of member: Member, _ standard: Money, for year: Int, tier: String?, by rules: Rulebook
) throws(RulebookFault) -> Relief? {
    let folder = rules.folder(contributions)
    let first = firstDay(of: year)
    let full = try folder.words("relief_full", on: first)
    var best: Relief?
    func offer(_ amount: Money, _ title: Title?, _ citation: Citation) {
        let amount = min(amount, standard)
        guard amount > best?.amount ?? .zero else { return }
        best = Relief(amount: amount, title: title, citation: citation)
    }
    for title in member.titles.map(Optional.some) + [nil] {
        let asked = member.circumstances(
            for: year, titles: title.map { [$0] } ?? [], tier: tier)
        if let full, let title, full.value.contains(title.rawValue) {
            offer(standard, title, full.citation)
        }
        if let fixed = try folder.money("relief_fixed", on: first, for: asked) {
            offer(fixed.value, title, fixed.citation)
        }
        if let share = try folder.share("relief_share", on: first, for: asked) {
            offer(standard.share(share.value), title, share.citation)
        }
    }
    return best
}
