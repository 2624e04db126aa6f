import Vocabulary

extension Workings {
    /// 符合范围: the sum of what the lines let in.
    mutating func inScope(_ lines: [LineSplit]) {
        let scope = lines.sum { $0.inScope }
        say(
            .inScope, scope,
            "\(lines.map(\.inScope.description).joined(separator: " + ")) = \(scope)")
    }
}
