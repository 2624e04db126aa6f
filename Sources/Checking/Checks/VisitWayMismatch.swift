import Vocabulary

/// The fund pays for some drugs only in hospital (限定就医方式).
func visitWayMismatch(_ review: Review) -> [Finding] {
    review.lines(onlyFor: .way) { point in
        point.value == "inpatient" && review.encounter.kind.isAdmission
    }
}
