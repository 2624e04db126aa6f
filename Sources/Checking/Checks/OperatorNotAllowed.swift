import Vocabulary

/// A doctor whose licence has ended, or who is off duty or suspended, does not settle.
func operatorNotAllowed(_ review: Review) -> [Finding] {
    let (staff, day) = (review.encounter.staff, review.encounter.day)
    if let until = staff.suspendedThrough, day <= until {
        return [review.rule.finding(["suspended": until.description])]
    }
    if let through = staff.licensedThrough, day > through {
        return [review.rule.finding(["licensed": through.description])]
    }
    return []
}
