import Journaling
import Settling
import Vocabulary

/// A visit with what it says it settles of one person-year; it may lie in a later year.
struct SettlingVisit {
    let placed: Placed
    let identity: String
    let sums: [OwedSum]

    /// `nil` for a visit that settles nothing of the person-year.
    init?(_ placed: Placed, _ visit: Visit, of person: PersonNumber, _ year: Int) {
        guard let settles = visit.settles, visit.person == person else { return nil }
        let sums = settles.filter { $0.year == year }
        guard !sums.isEmpty else { return nil }
        (self.placed, identity, self.sums) = (placed, visit.identity, sums)
    }
}

/// What is owed of a person-year, from the adjustments laid on the person and the visits that
/// settled them.
///
/// The sum of what is open is always that of the adjustments less what changed hands.
struct Owing {
    private var sums: [OwedSum] = []
    private var settlers: [String: [EntryReference]] = [:]

    var total: Money { sums.total }

    /// What kiosks are told; `nil` where nothing is open.
    var open: [OwedSum]? {
        let open = sums.filter { $0.amount != .zero }
        return open.isEmpty ? nil : open
    }

    mutating func add(_ sum: OwedSum) {
        if let place = sums.firstIndex(where: { $0.identity == sum.identity }) {
            sums[place].amount += sum.amount
        } else {
            sums.append(sum)
        }
    }

    /// Takes off what is open of the sums that a visit names.
    ///
    /// - Returns: what it gave (negative: took) beyond that, and who had settled it before.
    private mutating func take(_ visit: SettlingVisit) -> (
        beyond: Money, before: [EntryReference]
    ) {
        var (beyond, before) = (Money.zero, [EntryReference]())
        for named in visit.sums {
            let place = sums.firstIndex { $0.identity == named.identity }
            let open = place.map { sums[$0].amount } ?? .zero
            let fits =
                named.amount > .zero
                ? max(.zero, min(open, named.amount)) : min(.zero, max(open, named.amount))
            if let place { sums[place].amount -= fits }
            if fits != named.amount {
                beyond += named.amount - fits
                for one in settlers[named.identity] ?? [] where !before.contains(one) {
                    before.append(one)
                }
            }
            settlers[named.identity, default: []].append(visit.placed.reference)
        }
        return (beyond, before)
    }

    /// Visits in canonical order: the first to name a sum settles it; what a later one gave or took
    /// beside it is owed the other way round.
    mutating func settle(_ visits: [SettlingVisit], _ result: inout PersonYear) {
        for visit in visits {
            let (beyond, before) = take(visit)
            guard beyond != .zero else { continue }
            add(
                OwedSum(
                    identity: visit.identity, year: result.year, amount: -beyond,
                    reason: Clash.Kind.owedTwice.rawValue, kiosk: visit.placed.kiosk,
                    day: visit.placed.entry.header.day))
            result.clashes += owedTwice(visit.placed, before, beyond)
        }
        result.owed = total
    }

    /// What a visit on an undecided branch settled is not asked for again; in the sums it waits.
    mutating func hold(_ visit: SettlingVisit) { _ = take(visit) }
}
