import Rules

/// A drug or service for an age the person is not of, such as a children's form for an adult
/// (限定年龄对象).
func ageMismatch(_ review: Review) throws(RulebookFault) -> [Finding] {
    let groups = AgeGroups(try review.rule.table("groups"))
    return review.lines(onlyFor: .age, evidence: ["age": review.age]) { point in
        // What a group means is asked when the points are published; here an unknown one is silent.
        groups.range(point.value).map { $0.contains(review.encounter) } ?? true
    }
}
