import Rules
import Vocabulary

/// 年度支付限额: the fund stops at the year's limit on its own payments.
func cutToYearLimit(
    _ computed: Money, _ terms: Terms, _ standing: Standing, _ reasons: inout [Reason]
) -> Money {
    guard let limit = terms.yearLimit else { return computed }
    let used = standing.paid[terms.limitCounter] ?? .zero
    let left = max(.zero, limit.value - used)
    let paid = min(computed, left)
    reasons.append(
        Reason(
            .yearLimit, amount: paid, "min(\(computed), \(limit.value) - \(used)) = \(paid)",
            [limit.citation]))
    return paid
}
