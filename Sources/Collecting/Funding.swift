import Identifying
import Rules
import Vocabulary

/// What one insured person brings the fund in a year (筹资标准), in fen, and who pays it.
public struct Funding: Hashable, Sendable {
    public let individual: Money
    /// 财政补助.
    public let fiscal: Money
    /// The central government's part of the fiscal subsidy; the rest is local.
    public let central: Money
    public let citations: [Citation]

    public var local: Money { fiscal - central }
    public var total: Money { individual + fiscal }

    /// The fiscal part in whole per cent of the total, rounded half up.
    public var fiscalPercent: Int {
        total > .zero ? (200 * fiscal.fen + total.fen) / (2 * total.fen) : 0
    }
}

/// The funding of a year for people of a tier.
public func funding(
    for year: Int, tier: String? = nil, by rules: Rulebook
) throws(RulebookFault) -> Funding {
    let folder = rules.folder(contributions)
    let first = firstDay(of: year)
    var asked = Circumstances()
    if let tier = try payingTier(tier, folder, on: first) {
        asked.state(.tier, tier)
    }
    let individual = try folder.require(
        try folder.money("standard", on: first, for: asked), "standard")
    let fiscal = try folder.require(
        try folder.money("fiscal_subsidy", on: first, for: asked), "fiscal_subsidy")
    let share = try folder.share("central_share", on: first, for: asked)
    return Funding(
        individual: individual.value, fiscal: fiscal.value,
        central: share.map { fiscal.value.share($0.value) } ?? .zero,
        citations: [individual.citation, fiscal.citation] + (share.map { [$0.citation] } ?? []))
}

/// A subsidy of contributions split between central and local finance (中央和地方共担).
///
/// The central part is rounded half up to the fen; the local part is what is left.
public func reliefSplit(
    _ relief: Money, for year: Int, by rules: Rulebook
) throws(RulebookFault) -> (central: Money, local: Money) {
    let share = try rules.folder(contributions).share("central_share", on: firstDay(of: year))
    let central = relief.share(share?.value ?? .zero)
    return (central, relief - central)
}
