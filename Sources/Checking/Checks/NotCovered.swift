import Identifying

/// The fund does not pay for somebody who is not covered on the day.
func notCovered(_ encounter: Encounter) -> [Finding] {
    encounter.eligibility.paysBenefit ? [] : [Finding(.notCovered, .stop)]
}
