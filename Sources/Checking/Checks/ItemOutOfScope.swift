import Rules

/// A clinic of this level may not provide the item at all, such as a CT in a village.
func itemOutOfScope(_ review: Review) throws(RulebookFault) -> [Finding] {
    let barred = try review.rule.words("items")
    return review.lines { $0.code.isAmong(barred) ? ([:], nil) : nil }
}
