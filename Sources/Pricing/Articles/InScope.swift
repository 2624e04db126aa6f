import Vocabulary

extension Workings {
    /// 符合范围: the sum of what the lines let in.
    mutating func inScope(_ lines: [LineSplit]) {
        let scope = lines.sum { $0.inScope }
        var arithmetic = ""
        for line in lines {
            if !arithmetic.isEmpty { arithmetic += " + " }
            arithmetic += line.inScope.description
        }
        reasons.append(Reason(.inScope, amount: scope, "\(arithmetic) = \(scope)"))
    }
}
