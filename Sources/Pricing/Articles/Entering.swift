import Rules
import Vocabulary

extension Workings {
    /// 进入本层的费用: what a layer works on, after the layers before it.
    mutating func entering(_ layer: Layer, _ part: Part) throws(RulebookFault) -> Money {
        let cited = try layer.folder.word("enters", on: day, for: circumstances)
        let word = cited?.value ?? (layer.isBasic ? "scope" : "remaining")
        var (amount, words) = (part.scope, words("\(part.scope)"))
        switch word {
        case "scope": if layer.isBasic { return amount }
        case "total": (amount, words) = (part.total, self.words("\(part.total)"))
        case "remaining":
            amount = max(.zero, part.scope - part.paid)
            words = self.words("max(0, \(part.scope) - \(part.paid)) = \(amount)")
        case "remaining_after_deductible":
            amount = max(.zero, part.scope - part.deductibles - part.paid)
            words = self.words(
                "max(0, \(part.scope) - \(part.deductibles) - \(part.paid)) = \(amount)")
        case "beyond_limit":
            amount = max(.zero, part.scope - part.handled)
            words = self.words("max(0, \(part.scope)\(part.handledArithmetic)) = \(amount)")
        case "nothing": (amount, words) = (.zero, "0")
        default: throw .kind(parameter: layer.folder.path + "/enters")
        }
        say(.entering, layer: layer.name, amount, words, cited.map { [$0.citation] } ?? [])
        return amount
    }
}
