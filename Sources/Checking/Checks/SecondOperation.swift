import Vocabulary

/// Several operations of one group through one incision (限定主次操作): all but the dearest are due at
/// a reduced price.
func secondOperation(_ review: Review) -> [Finding] {
    var groups: [String: [(index: Int, item: Encounter.Item, point: KnowledgePoint)]] = [:]
    for (index, item) in review.encounter.items.enumerated() {
        for point in review.points(of: item.code, .operation) {
            groups[point.value, default: []].append((index, item, point))
        }
    }
    return groups.values.flatMap { lines -> [Finding] in
        guard Set(lines.map(\.item.code)).count > 1 else { return [] }
        let dearest = lines.sorted {
            ($1.item.price, $0.item.code) < ($0.item.price, $1.item.code)
        }
        return dearest.dropFirst().map { index, _, point in
            review.rule.finding(
                line: index + 1, ["group": point.value],
                point.citation(since: review.rule.citation))
        }
    }.sorted { $0.line ?? 0 < $1.line ?? 0 }
}
