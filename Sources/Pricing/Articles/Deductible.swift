import Rules
import Vocabulary

/// 起付线: what is left of the year's deductible comes first, up to the amount in scope.
func deductibleDue(
    on scope: Money, _ terms: Terms, _ standing: Standing, _ reasons: inout [Reason]
) -> Money {
    guard let deductible = terms.deductible else { return .zero }
    let used = standing.deductible[terms.deductibleCounter] ?? .zero
    let left = max(.zero, deductible.value - used)
    let due = min(left, scope)
    reasons.append(
        Reason(
            .deductible, amount: due, "min(\(deductible.value) - \(used), \(scope)) = \(due)",
            [deductible.citation]))
    return due
}
