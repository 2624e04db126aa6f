import Rules

/// A drug that is not for a person's age, such as a quinolone for a child (禁用年龄).
func ageForbidden(_ review: Review) throws(RulebookFault) -> [Finding] {
    let groups = AgeGroups(try review.rule.table("groups"))
    return review.lines { item in
        let point = review.points(of: item.code, .ageForbidden).first { point in
            groups.range(point.value).map { $0.contains(review.encounter) } ?? false
        }
        return point.map {
            (["not": $0.value, "age": review.age], $0.citation(since: review.rule.citation))
        }
    }
}
