import Rules
import Vocabulary

extension Workings {
    /// 已在别处结算: a manual claim brings along what a fund has paid already; the layer of that fund
    /// takes the amount as it is and computes nothing.
    mutating func takeSettled(
        _ layer: Layer, _ part: inout Part
    ) throws(RulebookFault) -> Bool {
        guard let stated = settled.removeValue(forKey: layer.fund) else { return false }
        let amount = min(stated, part.personPart)
        let left = part.personPart
        say(
            .settledElsewhere, layer: layer.name, amount,
            "min(\(stated), \(left)) = \(amount)")
        part.handle(settled: amount)
        part.take(amount, from: layer.fund)
        if amount > .zero { try countPayment(amount, layer, Limits(of: layer, on: day)) }
        return true
    }
}
