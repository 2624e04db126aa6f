import Allotting
import Journaling
import Pricing
import Vocabulary

/// What has become of the rights to one person's limits, from the entries about that person.
///
/// - Parameter voided: what other entries take back; it spent nothing.
/// - Returns: the rights, and by right the day it was given on.
func foldRights(
    _ person: PersonNumber, _ year: Int, _ ordered: [Placed], _ voided: Set<EntryReference>
) -> (rights: RightsFold, given: [String: Day]) {
    var (granted, spent, closed): ([Right], [Spending], [Closing]) = ([], [], [])
    var days: [String: Day] = [:]
    for placed in ordered {
        switch placed.entry.fact {
        case .allotment(let allotment) where allotment.year == year:
            let given = allotment.rights.filter { $0.owner == person }
            granted += given
            for right in given { days[right.id] = placed.entry.header.day }
        case .rightsClosed(let closing) where closing.year == year:
            closed += closing.closings(at: placed.sequence)
        // A visit of a later year that settles what is owed spends nothing of this one.
        case .visit(let visit)
        where visit.rights != nil && placed.isOfYear(year) && !voided.contains(placed.reference):
            spent += visit.spendings(of: placed.kiosk, at: placed.sequence)
        default: break
        }
    }
    return (RightsFold(granted: granted, spent: spent, closed: closed), days)
}

extension PersonYear {
    /// What adjustments have paid for visits that are not in the year: a county that was set back has
    /// forgotten visits of which its own journal still speaks, and hears of them again. Until they are
    /// there, or it is taken back, it is spent, and nobody may be given it.
    ///
    /// - Returns: in fen, or where the limit counts times, how many visits.
    public func paidAhead(of limit: Counter) -> Int {
        let forgotten = corrections.filter { $0.reason == .takenBack }
        guard !limit.countsTimes else { return forgotten.count }
        return forgotten.reduce(0) { sum, correction in
            sum + max(0, correction.booked.values.reduce(0) { $0 + $1.values.sum().fen })
        }
    }
}
