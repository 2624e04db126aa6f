import Journaling
import Merging
import Settling
import Vocabulary

// What a person was owed or owed, by which visits it was settled, and what is left of it.
extension YearStory {
    func owed() -> [Section] {
        let rows = adjustments().map { line($0.sum, $0.placed) } + settledTwice().map { line($0) }
        guard !rows.isEmpty else { return [] }
        return [
            Section(
                Texts.owedHeading, Texts.owedSentence(personYear.owed),
                Table(Texts.owedColumns, rows))
        ]
    }

    /// Whether an entry is of this year, and not only settles what is left of it.
    func isOwn(_ placed: Placed) -> Bool {
        switch placed.entry.fact {
        case .visit, .visitVoid: placed.entry.header.day.year == year
        default: true
        }
    }

    private func adjustments() -> [(sum: OwedSum, placed: Placed)] {
        entries.compactMap { placed in
            guard case .adjustment(let adjustment) = placed.entry.fact,
                adjustment.bearer == .person, adjustment.total != .zero
            else { return nil }
            let visit = entries.first { $0.reference == adjustment.visit } ?? placed
            return (
                OwedSum(
                    identity: adjustment.identity, year: year, amount: adjustment.total,
                    reason: adjustment.reason.rawValue, kiosk: adjustment.kiosk,
                    day: visit.entry.header.day), placed
            )
        }
    }

    /// Open sums that no adjustment left, but a visit that settled what was settled already.
    private func settledTwice() -> [OwedSum] {
        (personYear.owing ?? []).filter { $0.reason == Clash.Kind.owedTwice.rawValue }
    }

    private func line(_ sum: OwedSum, _ placed: Placed? = nil) -> [Cell] {
        let settled = settlers(of: sum.identity)
        let open = (personYear.owing ?? []).first { $0.identity == sum.identity }?.amount
        let day = placed?.entry.header.day ?? sum.day
        return [
            Cell(
                day.description, to: placed?.reference.href ?? "",
                note: placed.map { Texts.entryNumber($0.reference) } ?? ""),
            Cell(places.name(sum.kiosk), note: sum.day.description),
            Cell(Texts.owedReason(sum.reason)),
            .money(sum.amount.magnitude, note: Texts.owedAmount(sum.amount)),
            settled.first.map { first in
                Cell.money(
                    settled.map(\.amount).sum().magnitude, to: first.placed.reference.href,
                    note: settled.map { $0.placed.entry.header.day.description }
                        .joined(separator: Texts.listComma))
            } ?? Cell(Texts.nobodySettled, css: "num"),
            .money((open ?? .zero).magnitude),
        ]
    }

    /// Visits that stand and name a sum.
    private func settlers(of identity: String) -> [(placed: Placed, amount: Money)] {
        let voided = voidedReferences(entries)
        return entries.compactMap { placed in
            guard case .visit(let visit) = placed.entry.fact, !voided.contains(placed.reference),
                let sum = visit.settles?.first(where: { $0.identity == identity })
            else { return nil }
            return (placed, sum.amount)
        }
    }
}

extension [OwedSum] {
    /// The sums a visit settled, for its own page.
    var facts: [FactLine] {
        map { sum in
            FactLine(
                Texts.settledLabel,
                .money(
                    sum.amount,
                    note: Texts.owedReason(sum.reason) + Texts.listComma + sum.day.description))
        }
    }
}
