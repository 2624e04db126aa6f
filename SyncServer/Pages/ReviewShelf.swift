import Checking
import Dispatch
import Vocabulary

/// What the review of the last days found, kept between looks: in a large county it takes longer
/// than anybody waits for a page.
actor ReviewShelf {
    /// A finding and what the fund paid in the visit it was last seen in.
    struct Found: Sendable {
        let finding: MergedFinding
        let amount: Money
    }

    struct Reviewed: Sendable {
        let findings: [Found]
        let at: Instant
    }

    private var held: Result<Reviewed, any Error>?
    private var running: Task<Void, Never>?

    /// Begins a review, or joins the one that is under way, and waits for it only so long.
    ///
    /// - Returns: the newest review there is, `nil` before the first; and whether it is of now.
    func latest(
        waiting patience: Duration, _ review: @escaping @Sendable () throws -> Reviewed
    ) async throws -> (reviewed: Reviewed?, isNew: Bool) {
        if running == nil {
            running = Task {
                done(await ReviewShelf.aside(review))
            }
        }
        var left = patience
        while running != nil, left > .zero {
            try await Task.sleep(for: ReviewShelf.step)
            left -= ReviewShelf.step
        }
        return (try held?.get(), running == nil)
    }

    /// On a thread of its own, so that no page waits for one.
    private static func aside(
        _ review: @escaping @Sendable () throws -> Reviewed
    ) async -> Result<Reviewed, any Error> {
        await withCheckedContinuation { answer in
            DispatchQueue.global(qos: .utility).async {
                answer.resume(returning: Result(catching: review))
            }
        }
    }

    private func done(_ result: Result<Reviewed, any Error>) {
        held = result
        running = nil
    }

    private static let step = Duration.milliseconds(10)
}
