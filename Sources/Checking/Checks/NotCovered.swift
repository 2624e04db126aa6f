import Identifying

/// The fund does not pay for somebody who is not covered on the day.
func notCovered(_ review: Review) -> [Finding] {
    review.encounter.eligibility.paysBenefit ? [] : [review.rule.finding()]
}
