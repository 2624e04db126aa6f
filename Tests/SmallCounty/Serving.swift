import Logging
import ServiceLifecycle

/// Runs a service while a test uses it, and ends it as a signal does: whoever is just being let in is
/// still served. Cancelling it in that moment may end the process inside NIO.
public func whileServing(
    _ service: any Service, logger: Logger, _ body: () async throws -> Void
) async throws {
    let group = ServiceGroup(services: [service], logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        var failure: (any Error)?
        do { try await body() } catch { failure = error }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        if let failure { throw failure }
    }
}
