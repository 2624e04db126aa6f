import Rules
import Vocabulary

extension Workings {
    /// 次数限制: once the number of visits is used up, nothing of this one enters.
    mutating func visitsUsedUp(_ layer: Layer) throws(RulebookFault) -> Bool {
        for period in layer.visitLimited {
            guard let counted = period.counted(on: day),
                let most = try layer.count(period.visits, self)
            else { continue }
            let used = taken(of: Counter(.visits, layer.name, counted))
            guard used >= most.value else { continue }
            say(
                .visitCount, layer: layer.name, .zero, "\(most.value) - \(used)",
                [most.citation])
            return true
        }
        return holdsNoVisit(Counter(.visits, layer.name), layer)
    }
}
