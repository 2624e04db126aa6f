import Vocabulary

/// A clinic whose agreement (定点协议) has ended does not settle.
func agreementEnded(_ review: Review) -> [Finding] {
    guard let through = review.encounter.staff.agreementThrough, review.encounter.day > through
    else { return [] }
    return [review.rule.finding(["through": through.description])]
}
