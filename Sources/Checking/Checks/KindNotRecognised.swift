import Identifying
import Vocabulary

/// The better terms of a chronic disease are for those it was recognised for, from that day on; a
/// clinic or desk never settles a hospital stay.
func kindNotRecognised(_ review: Review) -> [Finding] {
    let encounter = review.encounter
    let recognised = encounter.member.recognitions.contains {
        $0.kind == encounter.kind && $0.from <= encounter.day
    }
    let allowed = encounter.kind == .outpatient || (recognised && encounter.kind != .inpatient)
    return allowed ? [] : [review.rule.finding()]
}
