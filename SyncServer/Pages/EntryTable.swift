import Journaling
import Merging
import Pricing
import Syncing
import Vocabulary

// Entries in a list: one line each, names masked, every line leading to the entry itself.
extension Site {
    func entryTable(
        _ entries: [Placed], _ session: any LedgerSession, _ places: Places, linked: Bool = true
    ) throws -> Table {
        let rows = try entries.map { placed in
            let header = placed.entry.header
            let money = placed.entry.fact.money
            return [
                Cell(
                    Texts.number(placed.sequence), to: linked ? placed.reference.href : "",
                    note: linked ? "" : String(placed.entry.hash.description.prefix(12))),
                Cell(header.at.clockTime, note: header.at.day.description),
                Cell(Texts.kind(placed.entry.fact)), try personCell(placed, session),
                money.map { .money($0.total) } ?? Cell("", css: "num"),
                money?.fund.map { .money($0) } ?? Cell("", css: "num"),
                Cell(places.person(header.by)),
            ]
        }
        return Table(Texts.entryColumns, rows)
    }

    private func personCell(_ placed: Placed, _ session: any LedgerSession) throws -> Cell {
        let persons = placed.entry.fact.persons
        guard let first = persons.first else { return Cell("") }
        let name = try session.maskedName(first)
        return Cell(
            persons.count == 1 ? name : Texts.andOthers(name, persons.count),
            to: memberHref(first, placed.personYears.first?.1))
    }
}

extension Fact {
    /// What the entry moved, and the fund's part where there is one.
    var money: (total: Money, fund: Money?)? {
        switch self {
        case .visit(let visit): (visit.amounts.total, visit.amounts.fundTotal)
        case .visitVoid(let void): (void.amounts.total, void.amounts.fundTotal)
        case .contribution(let receipt): (receipt.total, nil)
        case .contributionVoid(let void): (void.tenders.values.sum(), nil)
        case .dayClose(let close): (close.counted, nil)
        case .adjustment(let adjustment): (adjustment.total, adjustment.total)
        case .opened, .signedIn, .bulletinRead, .contact, .publication, .branchDecision,
            .monthClosed,
            .monthProposed, .forkFound, .ruling, .allotment, .rightsTaken, .rightsClosed,
            .unknown:
            nil
        }
    }
}
