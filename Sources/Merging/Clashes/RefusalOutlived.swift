import Journaling
import Pricing
import Vocabulary

/// A visit that stays refused, though what it was refused for is no more: the other of two visits
/// was taken back.
///
/// A person decides: a ruling is never dropped without one. Until then the fund pays nothing of it.
///
/// - Parameters:
///   - visits: that could still clash, none of them voided.
///   - found: what does clash.
///   - subject: what the ruling hangs on where that is no person-year.
func refusalOutlived(
    _ visits: some Sequence<Placed>, _ rulings: Rulings, _ found: [Clash], on subject: Hinge? = nil
) -> [Clash] {
    visits.flatMap { placed -> [Clash] in
        guard case .visit(let visit) = placed.entry.fact else { return [] }
        return rulings.effective(on: placed.entry).map(\.ruling).compactMap { ruling in
            // A visit that cannot be priced is not priced at all while it is refused.
            guard ruling.choice == .refused, ruling.subject == subject?.rawValue,
                let kind = Clash.Kind(rawValue: ruling.matter), kind != .unpriceable,
                !found.contains(where: { $0.kind == kind && $0.entries.last == placed.reference })
            else { return nil }
            return Clash(
                .refusalOutlived, [placed.reference], amount: visit.amounts.fundTotal,
                detail: ruling.matter)
        }
    }
}
