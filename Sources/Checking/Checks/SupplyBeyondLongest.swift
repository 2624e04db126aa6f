import Rules

/// Days' supply beyond the longest that any prescription may hold.
func supplyBeyondLongest(_ review: Review) throws(RulebookFault) -> [Finding] {
    try supplyTooLong(review)
}
