/// The fund pays for a restricted drug for certain diseases alone, and none of them is named
/// (限定适应症).
///
/// While no diagnosis is entered at all, nothing is said.
func diagnosisMissing(_ review: Review) -> [Finding] {
    let diagnoses = review.encounter.diagnoses
    guard !diagnoses.isEmpty else { return [] }
    return review.lines(onlyFor: .diagnosis) { point in
        let allowed = point.value.split(separator: ";").map(String.init)
        return diagnoses.contains { $0.isAmong(allowed) }
    }
}
