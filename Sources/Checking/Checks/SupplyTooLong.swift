import Rules

/// Days' supply beyond what a prescription of this kind usually holds.
///
/// Beyond the longest supply ``supplyBeyondLongest(_:)`` speaks as well.
func supplyTooLong(_ review: Review) throws(RulebookFault) -> [Finding] {
    guard let most = try review.rule.count("days") else { return [] }
    return review.lines { item in
        guard let days = item.days, days > most.value else { return nil }
        return (["days": "\(days)", "limit": "\(most.value)"], most.citation)
    }
}
