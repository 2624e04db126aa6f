import Rules
import Vocabulary

/// What 一般诊疗费 already bundles (injection, consultation) is not charged beside it.
func consultFeeBundle(_ review: Review) throws(RulebookFault) -> [Finding] {
    let encounter = review.encounter
    let bundled = try review.rule.words("items")
    let charged =
        encounter.items.contains { $0.feeType == .generalConsult }
        || encounter.history.contains {
            $0.feeType == .generalConsult && $0.day == encounter.day
        }
    guard charged else { return [] }
    return review.lines { item in
        item.feeType != .generalConsult && item.code.isAmong(bundled) ? ([:], nil) : nil
    }
}
