import Rules
import Vocabulary

extension Workings {
    /// 起付线: what is left of the deductible comes first, up to what entered.
    mutating func deductible(
        on entering: Money, _ layer: Layer
    ) throws(RulebookFault) -> Money {
        guard let deductible = try layer.money("deductible", self) else { return .zero }
        let counter = try deductibleCounter(layer)
        let used = counter.map { Money(fen: count(of: $0)) } ?? .zero
        let left = Left(of: deductible.value, after: used)
        let due = min(left.amount, entering)
        say(
            .deductible, layer: layer.name, due,
            "min(\(left.written("\(deductible.value)")), \(entering)) = \(due)",
            [deductible.citation])
        return due
    }

    /// Where the deductible borne is counted; `nil` where every visit has its own.
    func deductibleCounter(_ layer: Layer) throws(RulebookFault) -> Counter? {
        let name = try layer.counter("deductible_counter", self)
        guard let word = try layer.word("deductible_period", self) else {
            return Counter(.deductible, name)
        }
        guard let period = LimitPeriod(rawValue: word), period != .session, period != .day else {
            throw .kind(parameter: layer.folder.path + "/deductible_period")
        }
        return period.counted(on: day).map { Counter(.deductible, name, $0) }
    }
}
