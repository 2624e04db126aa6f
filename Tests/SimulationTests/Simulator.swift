import Foundation
import Journaling
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// Runs histories and says what the auditor found.
struct Simulator: Sendable {
    let template: Template
    /// What is done to the world behind the auditor's back after a step; only to see whether the
    /// auditor notices.
    var tampering: (@Sendable (World, Int) async throws -> Void)?

    struct Outcome: Sendable {
        var history: History
        /// Number of the step after which something was wrong, counted from 1; beyond the last where
        /// it showed only in the end.
        var failedAt: Int?
        var findings: [Auditor.Finding] = []
        /// What every server came to.
        var digests: [String] = []
        var entries = 0
        var visits = 0

        var isSound: Bool { findings.isEmpty }
    }

    func run(_ history: History) async throws -> Outcome {
        let world = try await World(history, template)
        var outcome = Outcome(history: history)
        world.auditor.observe(world)
        for (place, step) in history.steps.enumerated() {
            await world.perform(step)
            try await tampering?(world, place + 1)
            let moment: Check.Moment = history.looksOften && step == .dawn ? .day : .step
            await look(world, through: moment)
            if !world.auditor.findings.isEmpty {
                outcome.failedAt = place + 1
                break
            }
        }
        if outcome.failedAt == nil {
            await world.heal()
            await look(world, through: .end)
            if !world.auditor.findings.isEmpty { outcome.failedAt = history.steps.count + 1 }
        }
        outcome.findings = world.auditor.findings
        outcome.entries = world.auditor.truth.written.count
        outcome.visits = world.auditor.truth.written.values.count { $0.said?.kind == "visit" }
        for server in world.servers {
            guard let digest = try? await server.office?.digest() else { continue }
            outcome.digests.append("\(digest)")
        }
        await world.close()
        return outcome
    }

    private func look(_ world: World, through moment: Check.Moment) async {
        world.auditor.observe(world)
        for check in Check.all where check.moment <= moment {
            do {
                for text in try await check.look(world) { world.auditor.report(check.name, text) }
            } catch {
                world.auditor.report(check.name, "could not look: \(error)")
            }
        }
    }
}
