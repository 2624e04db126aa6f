import Rules
import Vocabulary

/// What a violation costs beside giving the money back, as the agreement or the regulation says.
///
/// The region's folder `sanction/<kind>/` holds the range in percent of the amount: `least` and
/// `most`, and `usual` as the proposal to start from.
public struct Sanction: Hashable, Sendable {
    public let kind: Kind
    /// The money that was wrongly paid.
    public let basis: Money
    /// Percent of the basis: 30 is three tenths, 350 is three and a half times.
    public let percent: Int
    public let fine: Money
    /// Why this figure within the range.
    public let reason: String
    public let citation: Citation

    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// 违约金: what the agreement with the clinic says.
        case agreementPenalty = "agreement_penalty"
        /// 个人骗保.
        case personFraud = "person_fraud"
        /// 机构违规: over-treatment, splitting, swapping, over-charging.
        case institutionFault = "institution_fault"
        /// 机构骗保.
        case institutionFraud = "institution_fraud"
    }
}

/// Why a sanction cannot be set.
public enum SanctionFault: Error, Equatable, Sendable {
    case outsideRange(Int, least: Int, most: Int)
    /// Another figure than the usual one is chosen without saying why.
    case reasonNeeded(usual: Int)
    case amountNotPositive(Money)
    case rules(RulebookFault)
}

/// The fine for an amount, within the range in force on the day.
///
/// - Parameters:
///   - percent: chosen within the range; the usual one where it is left out.
///   - reason: needed for any other figure than the usual one.
/// - Throws: ``SanctionFault``.
public func sanction(
    _ kind: Sanction.Kind, on amount: Money, percent chosen: Int? = nil, reason: String = "",
    day: Day, by rules: Rulebook
) throws(SanctionFault) -> Sanction {
    guard amount > .zero, amount <= .largest else { throw .amountNotPositive(amount) }
    func figure(_ name: String) throws(RulebookFault) -> Cited<Int> {
        let path = "sanction/\(kind.rawValue)/\(name)"
        return try rules.require(try rules.count(path, on: day), path)
    }
    let (least, usual, most): (Cited<Int>, Cited<Int>, Cited<Int>)
    do {
        (least, usual, most) = (try figure("least"), try figure("usual"), try figure("most"))
    } catch { throw .rules(error) }
    let percent = chosen ?? usual.value
    guard least.value <= percent, percent <= most.value else {
        throw .outsideRange(percent, least: least.value, most: most.value)
    }
    guard percent == usual.value || !reason.allSatisfy(\.isWhitespace) else {
        throw .reasonNeeded(usual: usual.value)
    }
    // Whole multiples first, so that the share below stays a share; half a fen goes up.
    let (times, rest) = percent.quotientAndRemainder(dividingBy: 100)
    let part = amount.share(Share(millionths: rest * 10_000))
    return Sanction(
        kind: kind, basis: amount, percent: percent,
        fine: Money(fen: amount.fen * times) + part, reason: reason, citation: most.citation)
}
