import Vocabulary

/// A service that another one already contains (重复收费), in the same visit or within the pair's
/// window.
func repeatedCharge(_ review: Review) -> [Finding] {
    let encounter = review.encounter
    let now = Set(encounter.items.map(\.code))
    return review.lines { item in
        let within = review.pairs { point in
            point.value == item.code && now.contains(point.code)
                || point.value == item.code && review.before(point.code, point.window)
                || point.code == item.code && review.before(point.value, point.window)
        }
        guard let point = within.min(by: { ($0.code, $0.value) < ($1.code, $1.value) }) else {
            return nil
        }
        let other = point.code == item.code ? point.value : point.code
        return (["item": other], point.citation(since: review.rule.citation))
    }
}

extension Review {
    /// Pairs that any item of this bill or of the person's history leads.
    fileprivate func pairs(_ matching: (KnowledgePoint) -> Bool) -> [KnowledgePoint] {
        let codes = Set(encounter.items.map(\.code)).union(encounter.history.map(\.code))
        return codes.flatMap { code in
            knowledge.points(of: code).filter { $0.kind == .repeated && matching($0) }
        }
    }

    /// Whether an item was charged earlier within a window.
    fileprivate func before(_ code: String, _ window: Window?) -> Bool {
        guard let window else { return false }
        return encounter.history.contains {
            $0.code == code && window.reaches($0.day, from: encounter.day)
        }
    }
}
