import Journaling
import Vocabulary

/// One person's contribution for one year taken twice.
///
/// First valid wins: the earlier receipt stands, each later one is a refund.
func contributionTwice(_ result: PersonYear, _ ordered: [Placed]) -> [Clash] {
    guard let standing = result.contributions.first else { return [] }
    return result.contributions.dropFirst().compactMap { later in
        let placed = ordered.first { $0.reference == later }
        guard case .contribution(let receipt)? = placed?.entry.fact else { return nil }
        let paid = receipt.lines.filter { $0.person == result.person }.sum { $0.paid }
        return Clash(.contributionTwice, [standing, later], amount: paid)
    }
}
