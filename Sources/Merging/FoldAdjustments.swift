import Journaling
import Pricing
import Vocabulary

/// A visit that stands, with what it comes to in the whole year.
struct Repriced {
    let reference: EntryReference
    let scheme: Scheme
    let day: Day
    let settled: Money
    let due: Money
    let byFund: [String: Money]
    let reason: Adjustment.Reason

    init(_ placed: Placed, _ visit: Visit, due amounts: Amounts, _ clash: Clash.Kind?) {
        reference = placed.reference
        scheme = visit.scheme
        day = placed.entry.header.day
        settled = visit.amounts.fundTotal
        due = amounts.fundTotal
        var difference: [String: Money] = [:]
        for (fund, amount) in amounts.funds { difference[fund.rawValue, default: .zero] += amount }
        for (fund, amount) in visit.amounts.funds {
            difference[fund.rawValue, default: .zero] -= amount
        }
        byFund = difference.filter { $0.value != .zero }
        let follows = clash == nil && visit.rights != nil && due > settled
        reason = follows ? .fundFollows : Adjustment.Reason(clash)
    }
}

extension Adjustment.Reason {
    init(_ clash: Clash.Kind?) {
        switch clash {
        case .policyOutOfDate: self = .policyOutOfDate
        case .deductibleTwice: self = .deductibleTwice
        case .limitOverspent: self = .limitOverspent
        default: self = .yearChanged
        }
    }
}

extension Adjustment {
    /// The visit this speaks of.
    public var visit: EntryReference {
        EntryReference(kiosk: kiosk, sequence: sequence, hash: hash)
    }
}

/// Sets what visits came to against what the county's adjustments have booked; what is left open is
/// booked by the next ones.
func foldAdjustments(_ ordered: [Placed], _ visits: [Repriced], _ result: inout PersonYear) {
    var booked: [EntryReference: [String: Money]] = [:]
    var about: [EntryReference: (scheme: Scheme, day: Day)] = [:]
    for placed in ordered {
        guard case .adjustment(let adjustment) = placed.entry.fact,
            adjustment.year == result.year, adjustment.person == result.person
        else { continue }
        booked[adjustment.visit, default: [:]].merge(adjustment.difference, uniquingKeysWith: +)
        about[adjustment.visit] = (adjustment.scheme, placed.entry.header.day)
        if adjustment.bearer == .person { result.owed += adjustment.total }
    }
    for visit in visits {
        let done = (booked.removeValue(forKey: visit.reference) ?? [:])
            .filter { $0.value != .zero }
        guard !visit.byFund.isEmpty || !done.isEmpty else { continue }
        result.corrections.append(
            PersonYear.Correction(
                visit: visit.reference, scheme: visit.scheme, day: visit.day,
                settled: visit.settled, due: visit.due, byFund: visit.byFund, booked: done,
                reason: visit.reason))
    }
    // A visit that was adjusted and stands no more: what was booked is to be taken back.
    for (reference, done) in booked.sorted(by: { $0.key < $1.key }) {
        let left = done.filter { $0.value != .zero }
        guard !left.isEmpty, let (scheme, day) = about[reference] else { continue }
        result.corrections.append(
            PersonYear.Correction(
                visit: reference, scheme: scheme, day: day, settled: .zero, due: .zero,
                byFund: [:], booked: left, reason: .takenBack))
    }
}
