import Vocabulary

extension Workings {
    /// 在此额度: of a limit that is divided, only what is held here is paid today.
    ///
    /// Said only where it changes something, so that with rights enough the derivation is that of
    /// the rules alone.
    mutating func withinHeld(_ amount: Money, of counter: Counter, _ layer: Layer) -> Money {
        guard let held = heldHere(counter), amount.fen > held else { return amount }
        let left = Money(fen: held)
        say(.heldHere, layer: layer.name, left, "min(\(amount), \(left)) = \(left)")
        return left
    }

    /// 在此次数: a visit that no right is held for is not paid today.
    mutating func holdsNoVisit(_ counter: Counter, _ layer: Layer) -> Bool {
        guard let held = heldHere(counter), held < 1 else { return false }
        say(.heldHere, layer: layer.name, .zero, "0")
        return true
    }

    /// What is held, less what earlier layers of this bill have taken; `nil` where it is free.
    private func heldHere(_ counter: Counter) -> Int? {
        bounds.held[counter].map { max(0, $0 - (use.counters[counter] ?? 0)) }
    }

    /// What the rules count as used, and what is promised to others.
    func taken(of counter: Counter) -> Int {
        count(of: counter) + (bounds.promised[counter] ?? 0)
    }
}
