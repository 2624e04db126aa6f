import Rules
import Vocabulary

/// 支付比例: the fund bears the rate of what is left, half up to the fen.
func applyRate(to base: Money, _ terms: Terms, _ reasons: inout [Reason]) -> Money {
    let paid = base.share(terms.rate.value)
    reasons.append(
        Reason(
            .rate, amount: paid, "\(base) × \(terms.rate.value.percent) = \(paid)",
            [terms.rate.citation]))
    return paid
}
