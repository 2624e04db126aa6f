/// Finds the shortest history that still shows what is wrong (delta debugging): leaves out ever
/// smaller runs of steps, then makes single steps plainer, until nothing more can go.
struct Shrinking {
    /// The check that is broken by a history, `nil` where none is.
    let broken: (History) async throws -> String?
    /// No more runs than this.
    var patience = 400
    private(set) var runs = 0

    init(patience: Int = 400, _ broken: @escaping (History) async throws -> String?) {
        self.patience = patience
        self.broken = broken
    }

    mutating func shortest(_ history: History) async throws -> History {
        guard let check = try await broken(history) else { return history }
        var best = history
        var size = max(1, best.steps.count / 2)
        while size >= 1 {
            let before = best.steps.count
            best = try await leavingOut(runsOf: size, of: best, check)
            if size == 1, best.steps.count == before { break }
            size = size == 1 ? 1 : size / 2
        }
        return try await plainer(best, check)
    }

    private mutating func leavingOut(
        runsOf size: Int, of history: History, _ check: String
    ) async throws -> History {
        var best = history
        var start = 0
        while start < best.steps.count {
            var shorter = best
            shorter.steps.removeSubrange(start..<min(start + size, best.steps.count))
            if try await isStillBroken(shorter, check) {
                best = shorter
            } else {
                start += size
            }
        }
        return best
    }

    private mutating func plainer(_ history: History, _ check: String) async throws -> History {
        var best = history
        for place in best.steps.indices {
            for step in best.steps[place].plainer {
                var next = best
                next.steps[place] = step
                if try await isStillBroken(next, check) {
                    best = next
                    break
                }
            }
        }
        return best
    }

    private mutating func isStillBroken(_ history: History, _ check: String) async throws -> Bool {
        guard runs < patience else { return false }
        runs += 1
        return try await broken(history) == check
    }
}

extension Step {
    /// The same with less that is out of the ordinary, the plainest first.
    var plainer: [Step] {
        switch self {
        case .night(let box, let server, let weather) where !weather.isEmpty:
            [.night(box: box, server: 0, weather: [])]
                + weather.indices.map { place in
                    var fewer = weather
                    fewer.remove(at: place)
                    return .night(box: box, server: server, weather: fewer)
                }
        case .visit(let box, let person, let fen):
            [(0, 1_000), (person, 1_000), (0, fen)].map {
                .visit(box: box, person: $0.0, fen: $0.1)
            }.filter { $0 != self }
        case .visitOnline(let box, let person, let fen, _):
            [
                .visit(box: box, person: person, fen: fen),
                .visitOnline(box: box, person: person, fen: fen, weather: []),
            ].filter { $0 != self }
        case .policy(let change, let days) where days > 0:
            [.policy(change: change, backDays: 0)]
        case .pass(let minutes) where minutes > 1: [.pass(minutes: 1)]
        default: []
        }
    }
}
