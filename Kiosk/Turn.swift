/// One piece of work at a time, across its waits; who comes meanwhile waits for a turn, in order.
///
/// An actor alone lets another piece begin wherever the first one waits for the line.
actor Turn {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Waits until nobody else has the turn, and has it. Whoever takes it must ``end()`` it.
    func take() async {
        guard isTaken else {
            isTaken = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Hands the turn on.
    func end() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
    }
}
