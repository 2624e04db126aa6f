import Identifying
import Rules
import Vocabulary

/// A drug, service or diagnosis of the other sex (限定性别).
func sexMismatch(_ review: Review) throws(RulebookFault) -> [Finding] {
    let sex = review.encounter.member.sex
    let others = try review.rule.words(sex == .male ? "female_diagnoses" : "male_diagnoses")
    let diagnoses = review.encounter.diagnoses.filter { $0.isAmong(others) }
    return review.lines(onlyFor: .sex) { $0.value == sex.rawValue }
        + diagnoses.sorted().map { review.rule.finding(["diagnosis": $0]) }
}
