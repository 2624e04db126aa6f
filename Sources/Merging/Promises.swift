import Allotting
import Journaling
import Pricing
import Rules
import Vocabulary

/// What of the year's limits is not left for a visit: what holders may still spend, and what visits
/// after it in canonical order have spent of their rights.
///
/// So a part that the fund paid out of a right is never taken back for the limit's sake, whatever
/// order the kiosks' names come in, and no visit is paid later what a kiosk may still pay.
struct Promises {
    /// One right: in fen, or times where the limit counts times.
    private struct Promise {
        let limit: Counter
        /// The day whose rules said how much there is to give.
        let given: Day
        /// What the holder may still spend.
        let open: Int
        /// What visits after the one in hand have spent of it.
        var later: Int
        /// Nothing was taken of it that was not the taker's.
        let isSound: Bool
    }

    private var promises: [String: Promise]
    /// What visits so far would have got of rights given back.
    private var awaited: [Counter: Int] = [:]
    /// What the fund will owe for them once it is given back.
    private(set) var waiting: Money?

    /// - Parameter given: by right, the day it was given on.
    init(_ rights: RightsFold, given: [String: Day]) {
        let all = rights.states.map { state in
            let promise = Promise(
                limit: state.limit, given: given[state.id] ?? Day(number: 0), open: state.left,
                later: max(0, state.spent - state.beyond), isSound: state.beyond == 0)
            return (state.id, promise)
        }
        promises = Dictionary(all) { first, _ in first }
    }

    /// Some holder may still spend.
    var isWaiting: Bool { promises.values.contains { $0.open > 0 } }

    /// The visit's own rights are its own to be paid from.
    mutating func reach(_ visit: Visit) {
        for part in visit.rights?.parts ?? [] {
            guard let later = promises[part.right]?.later else { continue }
            promises[part.right]?.later = max(0, later - part.amount.fen)
        }
    }

    /// What is left to a visit of what others hold or have spent.
    func bounds(for visit: Visit, _ bill: Bill, _ standing: Standing, by rules: Rulebook) -> Bounds
    {
        bounds(visit, bill, standing, rules) { $0.later + $0.open }
    }

    /// As if every right had been given back unspent, and the visits before had been paid of it.
    func boundsOnceReleased(
        for visit: Visit, _ bill: Bill, _ standing: Standing, by rules: Rulebook
    ) -> Bounds {
        bounds(visit, bill, standing, rules, awaited) { $0.later }
    }

    private func bounds(
        _ visit: Visit, _ bill: Bill, _ standing: Standing, _ rules: Rulebook,
        _ awaited: [Counter: Int] = [:], _ taken: (Promise) -> Int
    ) -> Bounds {
        guard !promises.isEmpty else { return .none }
        var promised = awaited
        for promise in promises.values { promised[promise.limit, default: 0] += taken(promise) }
        // What limits nothing bounds nothing either.
        let limits = (try? yearlyLimits(for: bill, by: rules, given: standing)) ?? [:]
        for (limit, sum) in promised {
            guard let most = limits[limit] else { continue }
            let left = sum - givenAbove(most, limit, bill, standing, rules, taken)
            let own = own(visit, limit)
            let used = standing[limit]
            promised[limit] = own > 0 ? min(left, max(0, most - used - own)) : left
        }
        return Bounds(promised: promised.filter { $0.value > 0 })
    }

    /// What of the promises lies above the limit of the bill's day: it was given later, when the
    /// limit had been raised, and takes nothing from what could be paid before.
    private func givenAbove(
        _ most: Int, _ limit: Counter, _ bill: Bill, _ standing: Standing, _ rules: Rulebook,
        _ taken: (Promise) -> Int
    ) -> Int {
        let after = promises.values.filter { $0.limit == limit && $0.given > bill.day }
        var (highest, sum) = (most, 0)
        for (day, given) in Dictionary(grouping: after, by: \.given) {
            var then = bill
            then.day = day
            let raised = (try? yearlyLimits(for: then, by: rules, given: standing))?[limit] ?? most
            guard raised > most else { continue }
            highest = max(highest, raised)
            sum += given.reduce(0) { $0 + taken($1) }
        }
        return min(sum, highest - most)
    }

    /// What the visit itself has taken of rights to a limit: it stays paid.
    private func own(_ visit: Visit, _ limit: Counter) -> Int {
        (visit.rights?.parts ?? []).reduce(0) { sum, part in
            guard let promise = promises[part.right], promise.limit == limit, promise.isSound
            else { return sum }
            return sum + part.amount.fen
        }
    }

    /// The next visits do not wait for what this one will be paid.
    mutating func wait(_ due: Quote, _ released: Quote) {
        for limit in Set(promises.values.filter { $0.open > 0 }.map(\.limit)) {
            let more = (released.use.counters[limit] ?? 0) - (due.use.counters[limit] ?? 0)
            if more > 0 { awaited[limit, default: 0] += more }
        }
        let more = released.amounts.fundTotal - due.amounts.fundTotal
        if more > .zero { waiting = more + (waiting ?? .zero) }
    }
}
