import Journaling
import Merging
import Pricing
import Settling
import Vocabulary

// What an entry touches in the county's caches; each is a sum or a set, so order does not matter.
extension Placed {
    /// The person-years to fold again.
    var personYears: [(PersonNumber, Int)] {
        let year =
            switch entry.fact {
            case .contribution(let receipt): receipt.year
            case .contributionVoid(let void): void.year
            case .adjustment(let adjustment): adjustment.year
            case .ruling(let ruling): ruling.year ?? entry.header.day.year
            case .allotment(let allotment), .rightsTaken(let allotment): allotment.year
            case .rightsClosed(let closed): closed.year
            default: entry.header.day.year
            }
        let own = Set(entry.fact.persons).sorted().map { ($0, year) }
        let others = settledYears(besides: year)
        return others.isEmpty ? own : own + others
    }

    /// Earlier years of a visit's person of which it settles what was owed.
    private func settledYears(besides year: Int) -> [(PersonNumber, Int)] {
        let (person, settles): (PersonNumber, [OwedSum]?)
        switch entry.fact {
        case .visit(let visit): (person, settles) = (visit.person, visit.settles)
        case .visitVoid(let void): (person, settles) = (void.person, void.settles)
        default: return []
        }
        guard let settles else { return [] }
        return Set(settles.map(\.year)).subtracting([year]).sorted().map { (person, $0) }
    }

    /// What the entry adds to its kiosk's day.
    var dayRow: DayRow {
        var row = DayRow(day: entry.header.day, kiosk: kiosk)
        switch entry.fact {
        case .visit(let visit):
            row.visits = 1
            row.total = visit.amounts.total
            row.fund = visit.amounts.fundTotal
            row.person = visit.amounts.personPart
        case .visitVoid(let void):
            row.visits = -1
            row.total = void.amounts.total
            row.fund = void.amounts.fundTotal
            row.person = void.amounts.personPart
        case .contribution(let receipt):
            row.receipts = 1
            row.contributions = receipt.total
        case .contributionVoid(let void):
            row.receipts = -1
            row.contributions = void.tenders.values.sum()
        default: break
        }
        return row
    }
}
