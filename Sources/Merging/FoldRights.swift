import Allotting
import Journaling
import Pricing
import Vocabulary

/// What has become of the rights to one person's limits, from the entries about that person.
///
/// - Parameter voided: what other entries take back; it spent nothing.
func foldRights(
    _ person: PersonNumber, _ year: Int, _ ordered: [Placed], _ voided: Set<EntryReference>
) -> RightsFold {
    var (granted, spent, closed): ([Right], [Spending], [Closing]) = ([], [], [])
    for placed in ordered {
        switch placed.entry.fact {
        case .allotment(let allotment) where allotment.year == year:
            granted += allotment.rights.filter { $0.owner == person }
        case .rightsClosed(let closing) where closing.year == year:
            closed += closing.closings(at: placed.sequence)
        // A visit of a later year that settles what is owed spends nothing of this one.
        case .visit(let visit)
        where visit.rights != nil && placed.isOfYear(year) && !voided.contains(placed.reference):
            spent += visit.spendings(of: placed.kiosk, at: placed.sequence)
        default: break
        }
    }
    return RightsFold(granted: granted, spent: spent, closed: closed)
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

/// What of the year's limits is not left for a visit: what holders may still spend, and what visits
/// after it in canonical order have spent of their rights.
///
/// So a part that the fund paid out of a right is never taken back for the limit's sake, whatever
/// order the kiosks' names come in, and no visit is paid later what a kiosk may still pay.
struct Promises {
    private let outstanding: [Counter: Int]
    private let limits: [String: Counter]
    private var later: [Counter: Int]
    /// What visits so far would have got of rights given back.
    private var awaited: [Counter: Int] = [:]
    /// What the fund will owe for them once it is given back.
    private(set) var waiting: Money?

    init(_ rights: RightsFold) {
        outstanding = rights.outstanding
        later = rights.spent
        limits = Dictionary(rights.states.map { ($0.id, $0.limit) }) { first, _ in first }
    }

    /// The visit's own rights are its own to be paid from.
    mutating func reach(_ visit: Visit) {
        for part in visit.rights?.parts ?? [] {
            guard let limit = limits[part.right] else { continue }
            later[limit] = max(0, (later[limit] ?? 0) - part.amount.fen)
        }
    }

    var bounds: Bounds {
        Bounds(promised: later.merging(outstanding, uniquingKeysWith: +).filter { $0.value > 0 })
    }

    /// As if every right had been given back unspent, and the visits before had been paid of it.
    var boundsOnceReleased: Bounds {
        Bounds(promised: later.merging(awaited, uniquingKeysWith: +).filter { $0.value > 0 })
    }

    /// The next visits do not wait for what this one will be paid.
    mutating func wait(_ due: Quote, _ released: Quote) {
        for limit in outstanding.keys {
            let more = (released.use.counters[limit] ?? 0) - (due.use.counters[limit] ?? 0)
            if more > 0 { awaited[limit, default: 0] += more }
        }
        let more = released.amounts.fundTotal - due.amounts.fundTotal
        if more > .zero { waiting = more + (waiting ?? .zero) }
    }

    var isWaiting: Bool { !outstanding.isEmpty }
}
