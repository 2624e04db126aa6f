import Rules
import Vocabulary

/// 一般诊疗费 is charged once within the window (a day, a course): it bundles registration,
/// consultation and injection.
func secondConsultFee(_ review: Review) throws(RulebookFault) -> [Finding] {
    guard let window = try review.rule.window() else { return [] }
    let encounter = review.encounter
    let already = encounter.history.contains {
        $0.feeType == .generalConsult && window.value.reaches($0.day, from: encounter.day)
    }
    let lines = encounter.items.enumerated().filter { $0.element.feeType == .generalConsult }
        .sorted { ($0.element.code, $0.element.price) < ($1.element.code, $1.element.price) }
    return (already ? lines[...] : lines.dropFirst()).map { index, _ in
        review.rule.finding(
            line: index + 1, ["window": "\(window.value)"], window.citation)
    }
}
