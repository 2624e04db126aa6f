import Vocabulary

/// The fund pays for some drugs from a level of hospital on (限定机构等级).
func levelTooLow(_ review: Review) -> [Finding] {
    review.lines(onlyFor: .level) { Int($0.value) ?? 0 <= review.encounter.level.grade }
}

extension InstitutionLevel {
    /// 一级 is 1; a village clinic stands below it, a township's hospital is first level.
    fileprivate var grade: Int {
        switch self {
        case .village: 0
        case .township, .first: 1
        case .second: 2
        case .third: 3
        }
    }
}
