import Rules
import Vocabulary

extension Workings {
    /// 定额支付: a fixed amount a session, such as the fund's part of the consult fee.
    mutating func fixedFund(_ amount: Cited<Money>, _ base: Money, _ layer: Layer) -> Money {
        let sessions = sessions
        let paid = min(base, Money(fen: amount.value.fen * sessions))
        say(
            .fixedAmount, layer: layer.name, paid,
            "min(\(base), \(amount.value) × \(sessions)) = \(paid)",
            [amount.citation])
        return paid
    }

    /// 个人定额: the person's fixed amount a session; the fund bears the rest.
    mutating func fixedPerson(_ amount: Cited<Money>, _ base: Money, _ layer: Layer) -> Money {
        let sessions = sessions
        let paid = max(.zero, base - Money(fen: amount.value.fen * sessions))
        say(
            .fixedAmount, layer: layer.name, paid,
            "max(0, \(base) - \(amount.value) × \(sessions)) = \(paid)",
            [amount.citation])
        return paid
    }
}
