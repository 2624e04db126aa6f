import Vocabulary

/// More of a service than may be charged within a day (限定频次), or again before its cycle is over
/// (限定周期).
func tooFrequent(_ review: Review) -> [Finding] {
    review.lines { item in
        let points =
            review.points(of: item.code, .frequency) + review.points(of: item.code, .cycle)
        for point in points {
            guard let window = point.window, let most = Int(point.value) else { continue }
            let count = review.count(
                of: item.code, in: window, byQuantity: point.kind == .frequency)
            guard count > Quantity(most) else { continue }
            return (
                ["count": "\(count)", "limit": "\(most)", "window": "\(window)"],
                point.citation(since: review.rule.citation)
            )
        }
        return nil
    }
}

extension Review {
    /// Units, or times, of an item within a window, this bill included.
    fileprivate func count(of code: String, in window: Window, byQuantity: Bool) -> Quantity {
        let before = encounter.history.filter {
            $0.code == code && window.reaches($0.day, from: encounter.day)
        }.map(\.quantity)
        let now = encounter.items.filter { $0.code == code }.map(\.quantity)
        let all = (before + now).map { byQuantity ? $0 : Quantity.one }
        return Quantity(tenThousandths: all.map(\.tenThousandths).reduce(0, +))
    }
}
