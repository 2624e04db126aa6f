import Rules
import Vocabulary

/// Ordinary supplies are part of the service they are used for and not charged apart.
func suppliesApart(_ review: Review) throws(RulebookFault) -> [Finding] {
    let ordinary = try review.rule.words("items")
    return review.lines { item in
        item.feeType == .supplies && item.code.isAmong(ordinary) ? ([:], nil) : nil
    }
}
