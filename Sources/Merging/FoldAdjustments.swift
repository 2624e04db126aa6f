import Journaling
import Pricing
import Rules
import Settling
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
    /// Who bears it where the county has ruled.
    let ruled: Adjustment.Bearer?

    init(
        _ placed: Placed, _ visit: Visit, due amounts: Amounts, _ clash: Clash.Kind?,
        _ ruled: Adjustment.Bearer?
    ) {
        let follows =
            clash == nil && visit.rights != nil && amounts.fundTotal > visit.amounts.fundTotal
        self.init(
            placed, visit, due: amounts.funds,
            reason: follows ? .fundFollows : Adjustment.Reason(clash), ruled: ruled)
    }

    /// A visit the fund does not pay for.
    init(_ placed: Placed, _ visit: Visit, refusedAt bearer: Adjustment.Bearer?) {
        self.init(placed, visit, due: [:], reason: .refused, ruled: bearer)
    }

    private init(
        _ placed: Placed, _ visit: Visit, due funds: [Fund: Money], reason: Adjustment.Reason,
        ruled: Adjustment.Bearer?
    ) {
        reference = placed.reference
        scheme = visit.scheme
        day = placed.entry.header.day
        settled = visit.amounts.fundTotal
        due = funds.values.sum()
        var difference: [String: Money] = [:]
        for (fund, amount) in funds { difference[fund.rawValue, default: .zero] += amount }
        for (fund, amount) in visit.amounts.funds {
            difference[fund.rawValue, default: .zero] -= amount
        }
        byFund = difference.filter { $0.value != .zero }
        self.reason = reason
        self.ruled = ruled
    }

    /// What a fund paid too little is the person's; who bears the opposite a ruling says, or policy.
    func bearer(by policy: Policy) -> Adjustment.Bearer {
        guard byFund.values.sum() < .zero else { return .person }
        let word = try? policy.rules.word("common/overpaid/" + reason.parameter, on: day)?.value
        return ruled ?? word.flatMap(Adjustment.Bearer.init(rawValue:)) ?? .fund
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

    /// The parameter under `common/overpaid` that says who bears it.
    fileprivate var parameter: String {
        switch self {
        case .limitOverspent: "limit_overspent"
        case .policyOutOfDate: "policy_out_of_date"
        case .deductibleTwice, .fundFollows, .takenBack, .refused, .yearChanged: "other"
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
///
/// - Returns: what they laid on the person.
func foldAdjustments(
    _ ordered: [Placed], _ visits: [Repriced], _ policy: Policy, _ result: inout PersonYear
) -> Owing {
    var owing = Owing()
    var booked: [EntryReference: [String: [String: Money]]] = [:]
    var about: [EntryReference: (scheme: Scheme, day: Day)] = [:]
    for placed in ordered {
        guard case .adjustment(let adjustment) = placed.entry.fact,
            adjustment.year == result.year, adjustment.person == result.person
        else { continue }
        booked[adjustment.visit, default: [:]][adjustment.bearer.rawValue, default: [:]]
            .merge(adjustment.difference, uniquingKeysWith: +)
        about[adjustment.visit] = (adjustment.scheme, placed.entry.header.day)
        if adjustment.bearer == .person { owing.add(adjustment, placed, among: ordered) }
    }
    for visit in visits {
        let done = left(booked.removeValue(forKey: visit.reference))
        guard !visit.byFund.isEmpty || !done.isEmpty else { continue }
        result.corrections.append(
            PersonYear.Correction(
                visit: visit.reference, scheme: visit.scheme, day: visit.day,
                settled: visit.settled, due: visit.due, byFund: visit.byFund,
                bearer: visit.bearer(by: policy), booked: done, reason: visit.reason))
    }
    // A visit that was adjusted and stands no more: what was booked is to be taken back.
    for (reference, done) in booked.sorted(by: { $0.key < $1.key }) {
        let done = left(done)
        guard !done.isEmpty, let (scheme, day) = about[reference] else { continue }
        result.corrections.append(
            PersonYear.Correction(
                visit: reference, scheme: scheme, day: day, settled: .zero, due: .zero,
                byFund: [:], bearer: .person, booked: done, reason: .takenBack))
    }
    return owing
}

extension Owing {
    fileprivate mutating func add(
        _ adjustment: Adjustment, _ placed: Placed, among ordered: [Placed]
    ) {
        guard adjustment.total != .zero else { return }
        let visit = ordered.first { $0.reference == adjustment.visit } ?? placed
        add(
            OwedSum(
                identity: adjustment.identity, year: adjustment.year, amount: adjustment.total,
                reason: adjustment.reason.rawValue, kiosk: adjustment.kiosk,
                day: visit.entry.header.day))
    }
}

/// What has not come back to nothing of what was booked.
private func left(_ booked: [String: [String: Money]]?) -> [String: [String: Money]] {
    (booked ?? [:]).mapValues { $0.filter { $0.value != .zero } }.filter { !$0.value.isEmpty }
}
