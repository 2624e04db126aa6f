import Identifying
import Vocabulary

/// Some drugs are paid by work-injury or maternity insurance alone (限定保险类型).
func schemeMismatch(_ review: Review) -> [Finding] {
    review.lines(onlyFor: .scheme) { $0.value == review.encounter.member.scheme.rawValue }
}
