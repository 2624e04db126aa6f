import Allotting
import Journaling
import Pricing
import Vocabulary

/// Folds everything the county holds of one person and year.
///
/// Pure, and a function of the set: the entries are put into canonical order first, so that any
/// arrival order gives the same bytes.
public func fold(
    _ person: PersonNumber, _ year: Int, _ entries: some Sequence<Placed>, by policy: Policy
) -> PersonYear {
    let ordered = inCanonicalOrder(entries)
    let deciding = ordered.filter { !$0.isHeld }
    var result = PersonYear(person: person, year: year)
    let rulings = Rulings(deciding)
    let visits = foldVisits(deciding, policy, rulings, &result)
    var owing = foldAdjustments(deciding, visits.repriced, policy, &result)
    owing.settle(visits.settling, &result)
    foldContributions(deciding, rulings, &result)
    result.clashes += visitTwice(result, deciding, by: policy)
    result.clashes += refusalOutlived(visits.refused, rulings, result.clashes)
    result.clashes += accountOverspent(result, deciding, by: policy)
    foldHeld(ordered, &owing, &result)
    result.owing = owing.open
    result.clashes = result.clashes.sorted().decided(by: rulings, among: deciding)
    return result
}

/// Each entry once; a store that hands them over so has done the work already.
private func inCanonicalOrder(_ entries: some Sequence<Placed>) -> [Placed] {
    let given = Array(entries)
    let rises = zip(given, given.dropFirst()).allSatisfy(Placed.canonical)
    guard !rises else { return given }
    let sorted = given.sorted(by: Placed.canonical)
    return sorted.prefix(1)
        + zip(sorted, sorted.dropFirst()).filter(Placed.canonical).map(\.1)
}

/// Entries on undecided branches are taken at their word where a person's rights hang on it: what
/// they bore and used is counted for the next visit, and a receipt covers. Money waits.
private func foldHeld(_ ordered: [Placed], _ owing: inout Owing, _ result: inout PersonYear) {
    guard ordered.contains(where: \.isHeld) else { return }
    let voided = voidedReferences(ordered)
    for placed in ordered where placed.isHeld && !voided.contains(placed.reference) {
        switch placed.entry.fact {
        case .visit(let visit):
            SettlingVisit(placed, visit, of: result.person, result.year).map { owing.hold($0) }
            // A relative who paid from this person's account used up the relative's own counters.
            guard placed.isOfYear(result.year), visit.person == result.person else { continue }
            result.standing.add(visit.use)
        case .contribution(let receipt) where receipt.year == result.year: break
        default: continue
        }
        result.held.append(placed.reference)
    }
}

/// What voids among these entries take back.
///
/// A void names a number of its own journal; where the journal forked, the branch is known by what
/// is mirrored.
public func voidedReferences(_ entries: [Placed]) -> Set<EntryReference> {
    var voided: Set<EntryReference> = []
    for void in entries {
        guard let number = void.voidsNumber else { continue }
        for original in entries
        where original.kiosk == void.kiosk && original.sequence == number
            && void.entry.fact.mirrors(original.entry.fact)
        {
            voided.insert(original.reference)
        }
    }
    return voided
}

/// What the visits of a person-year come to, and what they and later ones settle of it.
private struct FoldedVisits {
    var repriced: [Repriced] = []
    /// Those that a ruling takes the fund's money from.
    private(set) var refused: [Placed] = []
    private(set) var settling: [SettlingVisit] = []

    mutating func refuse(_ placed: Placed, _ visit: Visit, _ ruling: Ruling) {
        refused.append(placed)
        repriced.append(Repriced(placed, visit, refusedAt: ruling.bearer))
    }

    /// Notes what a visit settles.
    ///
    /// - Returns: whether it is a visit of the year itself.
    mutating func noted(_ placed: Placed, _ visit: Visit, of result: PersonYear) -> Bool {
        guard visit.settles != nil else { return true }
        SettlingVisit(placed, visit, of: result.person, result.year).map { settling.append($0) }
        return placed.isOfYear(result.year)
    }
}

/// Visits with their voids taken out, priced again in order, and those that settle what is owed.
///
/// Of a relative who paid from this person's account only the rights taken count here, of a visit in
/// a later year only what it settles.
private func foldVisits(
    _ ordered: [Placed], _ policy: Policy, _ rulings: Rulings, _ result: inout PersonYear
) -> FoldedVisits {
    let voided = voidedReferences(ordered)
    var promises = result.promises(ordered, voided)
    var (folded, spenders) = (FoldedVisits(), [Spender]())
    for placed in ordered {
        guard case .visit(let visit) = placed.entry.fact, !voided.contains(placed.reference) else {
            continue
        }
        guard folded.noted(placed, visit, of: result) else { continue }
        promises.reach(visit)
        guard visit.person == result.person else { continue }
        result.claimed.add(visit.amounts)
        if let refusal = rulings.refusal(of: placed.entry) {
            folded.refuse(placed, visit, refusal)
            result.due.addRefused(visit.amounts)
            continue
        }
        let bearer = rulings.bearer(of: placed.entry)
        let priced = Result { [standing = result.standing] () throws(PricingFault) in
            try policy.prices(visit, on: placed.entry.header.day, standing, &promises)
        }
        switch priced {
        case .success(let quotes):
            let found = clashes(placed, visit, quotes.known, quotes.true, spenders)
            result.clashes += found
            folded.repriced.append(
                Repriced(placed, visit, due: quotes.true.amounts, found.first?.kind, bearer))
            result.due.add(quotes.true.amounts)
            result.standing = quotes.true.standing
        case .failure(let fault):
            result.keep(unpriceable: visit, placed.reference, fault)
            folded.repriced.append(Repriced(placed, visit, due: visit.amounts, nil, bearer))
        }
        spenders.append(Spender(reference: placed.reference, use: visit.use))
    }
    result.waiting = promises.waiting
    return folded
}

extension PersonYear {
    /// Follows the rights to this person's limits, and notes how they stand.
    fileprivate mutating func promises(
        _ ordered: [Placed], _ voided: Set<EntryReference>
    ) -> Promises {
        let (found, given) = foldRights(person, year, ordered, voided)
        rights = found.states.isEmpty ? nil : found.states
        return Promises(found, given: given)
    }

    /// What cannot be priced again stands as it was settled, and a person looks at it.
    fileprivate mutating func keep(
        unpriceable visit: Visit, _ reference: EntryReference, _ fault: PricingFault
    ) {
        clashes.append(Clash(.unpriceable, [reference], detail: "\(fault)"))
        due.add(visit.amounts)
        standing.add(visit.use)
    }
}

extension Policy {
    /// What a bill comes to with what the kiosk knew, and with what is true.
    ///
    /// Most kiosks knew all there was to know, and then one price answers for both.
    ///
    /// Also notes what the fund would owe in addition, were the rights of others given back.
    fileprivate func prices(
        _ visit: Visit, on day: Day, _ standing: Standing, _ promises: inout Promises
    ) throws(PricingFault) -> (known: Quote, true: Quote) {
        let (bill, known) = (visit.bill(on: day), visit.given)
        let bounds = promises.bounds(for: visit, bill, standing, by: rules)
        let due = try price(bill, standing, bounds)
        if promises.isWaiting, visit.rights != nil, due.amounts.fundTotal < due.amounts.inScope {
            let released = promises.boundsOnceReleased(for: visit, bill, standing, by: rules)
            promises.wait(due, try price(bill, standing, released))
        }
        let knewAll = known == standing.relevant(on: bill.day) && visit.bounds == bounds
        return (knewAll ? due : try price(bill, known, visit.bounds), due)
    }

    private func price(
        _ bill: Bill, _ standing: Standing, _ bounds: Bounds
    ) throws(PricingFault) -> Quote {
        try Pricing.price(
            bill, by: rules, catalogue: catalogue, given: standing, within: bounds,
            explained: false)
    }
}

/// A visit that took from the year's counters before the one in hand.
struct Spender {
    let reference: EntryReference
    let use: StandingUse
}

extension Placed {
    func isOfYear(_ year: Int) -> Bool { entry.header.day.year == year }

    /// Number in the same journal of the entry this one voids.
    public var voidsNumber: Int? {
        switch entry.fact {
        case .visitVoid(let void): void.voids
        case .contributionVoid(let void): void.voids
        default: nil
        }
    }
}

/// The first valid receipt stands, or the one the county chose; the others are duplicates to be
/// refunded.
private func foldContributions(
    _ ordered: [Placed], _ rulings: Rulings, _ result: inout PersonYear
) {
    let voided = voidedReferences(ordered)
    let received = ordered.filter { placed in
        guard case .contribution(let receipt) = placed.entry.fact, receipt.year == result.year
        else { return false }
        return !voided.contains(placed.reference)
    }
    let chosen = received.filter { rulings.chosenReceipt($0.entry) }.suffix(1)
    let others = received.filter { $0 != chosen.last }
    result.contributions = (chosen + others).map(\.reference)
    result.clashes += contributionTwice(result, ordered)
}
