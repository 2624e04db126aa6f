import Vocabulary

/// 符合范围: the sum of what the lines let in.
func inScope(_ lines: [LineSplit], _ reasons: inout [Reason]) -> Money {
    let scope = lines.map(\.inScope).sum()
    let parts = lines.map(\.inScope.description).joined(separator: " + ")
    reasons.append(Reason(.inScope, amount: scope, "\(parts) = \(scope)"))
    return scope
}
