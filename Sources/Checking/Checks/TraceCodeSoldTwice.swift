/// A box that was sold before: returned, swapped, or never handed out.
func traceCodeSoldTwice(_ review: Review) -> [Finding] {
    let encounter = review.encounter
    var times: [String: Int] = [:]
    for code in encounter.items.flatMap(\.traces) { times[code, default: 0] += 1 }
    return review.lines { item in
        item.traces.sorted().first { encounter.soldTraces.contains($0) || times[$0] ?? 0 > 1 }
            .map { (["code": $0], nil) }
    }
}
