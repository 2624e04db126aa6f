import Rules

/// More drugs than a prescription may name.
func tooManyDrugs(_ review: Review) throws(RulebookFault) -> [Finding] {
    let drugs = Set(review.encounter.items.filter(\.isDrug).map(\.code)).count
    guard let most = try review.rule.count("drugs"), drugs > most.value else { return [] }
    return [
        review.rule.finding(["count": "\(drugs)", "limit": "\(most.value)"], most.citation)
    ]
}
