import Synchronization

/// What is on the line at this moment, for the status page.
final class LinkProgress: Sendable {
    enum Direction: Sendable { case sending, receiving }

    struct State: Sendable, Equatable {
        var direction: Direction
        /// Bytes that have arrived, those of earlier attempts included.
        var have: Int
        /// `nil` where the county has not said how much there is.
        var total: Int?
    }

    private let state = Mutex<State?>(nil)

    /// `nil` while nothing moves.
    var current: State? { state.withLock { $0 } }

    func begin(_ direction: Direction, have: Int, of total: Int? = nil) {
        state.withLock { $0 = State(direction: direction, have: have, total: total) }
    }

    func move(_ bytes: Int) { state.withLock { $0?.have += bytes } }

    func end() { state.withLock { $0 = nil } }
}
