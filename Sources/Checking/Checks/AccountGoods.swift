import Rules

/// Personal and family accounts are not for daily goods or health food.
func accountGoods(_ review: Review) throws(RulebookFault) -> [Finding] {
    let goods = try review.rule.words("items")
    guard review.encounter.paysFromAccount else { return [] }
    return review.lines { $0.code.isAmong(goods) ? ([:], nil) : nil }
}
