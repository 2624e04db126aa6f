import Identifying
import Rules
import Vocabulary

/// What continuous enrolment adds to the ceiling of the serious-illness layer (参保激励), in fen.
public struct Incentive: Hashable, Sendable {
    public let year: Int
    /// By years without a break, after the first few.
    public let continuous: Money
    /// By years in which the fund paid nothing.
    public let claimFree: Money
    /// The most that both may come to.
    public let most: Money
    /// Years in a row up to and with this one.
    public let years: Int
    public let citations: [Citation]

    /// What pricing adds to the ceiling.
    public var amount: Money { min(continuous + claimFree, most) }
}

/// The incentive of a person in a year.
///
/// Source: 国办发〔2024〕38号: after four years in a row each further one raises the ceiling, and a
/// year without claims raises it the next year; both at most a share of the ceiling; the claim-free
/// part is wiped once used; after a break the years start again.
///
/// - Parameter ceiling: the layer's ceiling without any incentive.
/// - Returns: `nil` where the region has no incentive in that year.
public func incentive(
    of member: Member, in year: Int, ceiling: Money, by rules: Rulebook
) throws(RulebookFault) -> Incentive? {
    let folder = rules.folder(contributions)
    let first = firstDay(of: year)
    guard let step = try folder.money("incentive_step", on: first) else { return nil }
    let claimFreeStep = try folder.money("incentive_claim_free_step", on: first)
    let after = try folder.require(
        try folder.count("incentive_after_years", on: first), "incentive_after_years")
    let cap = try folder.require(try folder.share("incentive_cap", on: first), "incentive_cap")
    let from = try folder.count("incentive_counted_from", on: first)?.value ?? 0
    var tally = Tally(
        after: after.value,
        kept: Set(try folder.words("incentive_kept_on_break", on: first)?.value ?? []),
        wiped: Set(try folder.words("incentive_wiped_on_use", on: first)?.value ?? []))
    tally.count(member.coverage, through: year, from: from)
    guard tally.isInsured else {
        return Incentive(
            year: year, continuous: .zero, claimFree: .zero, most: ceiling.share(cap.value),
            years: 0, citations: [])
    }
    return Incentive(
        year: year, continuous: Money(fen: step.value.fen * tally.steps),
        claimFree: Money(fen: (claimFreeStep?.value.fen ?? 0) * tally.claimFreeSteps),
        most: ceiling.share(cap.value), years: tally.run,
        citations: [step, claimFreeStep].compactMap { $0?.citation } + [
            after.citation, cap.citation,
        ])
}

/// Counts steps year by year.
private struct Tally {
    let after: Int
    let kept: Set<String>
    let wiped: Set<String>
    /// Years in a row.
    var run = 0
    var steps = 0
    var claimFreeSteps = 0
    var isInsured = false

    mutating func count(_ coverage: Coverage, through year: Int, from: Int) {
        let paid = Set(coverage.paidYears)
        let claimFree = Set(coverage.claimFreeYears ?? [])
        let used = Set(coverage.incentiveUsedYears ?? [])
        guard let first = paid.filter({ $0 >= from && $0 <= year }).min() else { return }
        for each in first...year {
            isInsured = paid.contains(each)
            guard isInsured else {
                breakOff()
                continue
            }
            run += 1
            if run > after { steps += 1 }
            // What a year earns or uses up shows from the next year on.
            guard each < year else { continue }
            if claimFree.contains(each) { claimFreeSteps += 1 }
            if used.contains(each) { wipe() }
        }
    }

    private mutating func breakOff() {
        run = 0
        if !kept.contains("continuous") { steps = 0 }
        if !kept.contains("claimFree") { claimFreeSteps = 0 }
    }

    private mutating func wipe() {
        if wiped.contains("continuous") { steps = 0 }
        if wiped.contains("claimFree") { claimFreeSteps = 0 }
    }
}
