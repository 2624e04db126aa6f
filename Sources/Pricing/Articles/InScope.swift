import Vocabulary

extension Workings {
    /// 符合范围: the sum of what the lines let in.
    mutating func inScope(_ lines: [LineSplit]) {
        let scope = lines.map(\.inScope).sum()
        let parts = lines.map(\.inScope.description).joined(separator: " + ")
        reasons.append(Reason(.inScope, amount: scope, "\(parts) = \(scope)"))
    }
}
