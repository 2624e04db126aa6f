import Foundation
import Journaling
import Merging
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
        /// Over all people and years at the first server, in fen: what funds paid at the desk, what
        /// they owe with full knowledge, and what they paid beyond that.
        var settled = 0
        var due = 0
        var overspent = 0
        /// What people paid first and the fund followed up, in fen.
        var provisional = 0

        var isSound: Bool { findings.isEmpty }
    }

    func run(_ history: History) async throws -> Outcome {
        let world = try await World(history, template)
        var outcome = Outcome(history: history)
        world.auditor.observe(world)
        for (place, step) in history.steps.enumerated() {
            await world.perform(step)
            try await tampering?(world, place + 1)
            await look(world, after: step)
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
        outcome.provisional = world.auditor.truth.written.values.reduce(0) {
            $0 + ($1.said?.rights.followed ?? 0)
        }
        for server in world.servers {
            guard let digest = try? await server.office?.digest() else { continue }
            outcome.digests.append("\(digest)")
        }
        try? sumUp(world, &outcome)
        await world.close()
        return outcome
    }

    private func sumUp(_ world: World, _ outcome: inout Outcome) throws {
        try world.servers[0].running.store.read { session in
            for (person, number) in try session.personYears(since: Day(number: 0)) {
                guard let year = try session.personYear(person, number) else { continue }
                let (settled, due) = (year.claimed.fund.fen, year.due.fund.fen)
                outcome.settled += settled
                outcome.due += due
                outcome.overspent += max(0, settled - due)
            }
        }
    }

    /// After every step, or where the county is large after every day; what devices write is read
    /// after every step all the same.
    private func look(_ world: World, after step: Step) async {
        switch (world.history.looksOften, step == .dawn) {
        case (true, true): await look(world, through: .day)
        case (true, false), (false, true): await look(world, through: .step)
        case (false, false): world.auditor.observe(world)
        }
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
