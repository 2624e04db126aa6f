import Foundation
import Journaling
import SmallCounty
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// Many counties, each from one seed, under an auditor that knows the truth.
///
/// - `SIMULATION_SEED`: one seed instead of many; `SIMULATION_DAYS` for how long.
/// - `SIMULATION_HISTORY`: a file with a history, as a failing seed leaves it.
/// - `SIMULATION_SEEDS`: how many; `SIMULATION_FROM` the first of them.
/// - `SIMULATION_CLINICS`, `SIMULATION_WORKERS`.
@Suite(.serialized) struct SimulationTests {
    private static let asked = ProcessInfo.processInfo.environment
    private static func number(_ name: String) -> Int? {
        asked["SIMULATION_" + name].flatMap(Int.init)
    }

    @Test func `nothing acknowledged is lost and everybody converges, whatever happens`()
        async throws
    {
        let clinics = Self.number("CLINICS")
        let simulator = Simulator(
            template: try await Template(
                clinics: clinics ?? 5, desks: 1 + (clinics ?? 0) / 8))
        var histories = try Self.histories(clinics)
        let began = ContinuousClock.now
        var tally = Tally()
        let workers = Self.number("WORKERS") ?? 1
        try await withThrowingTaskGroup(of: Simulator.Outcome.self) { group in
            func next() {
                guard let history = histories.popLast() else { return }
                group.addTask { try await simulator.run(history) }
            }
            for _ in 0..<workers { next() }
            while let outcome = try await group.next() {
                tally.add(outcome)
                if !outcome.isSound { try await Self.tell(outcome, simulator) }
                next()
            }
        }
        print("\(tally) in \(ContinuousClock.now - began)")
        #expect(tally.failed.isEmpty, "seeds \(tally.failed)")
    }

    private static func histories(_ clinics: Int?) throws -> [History] {
        if let file = asked["SIMULATION_HISTORY"], !file.isEmpty {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            return [try JSONDecoder().decode(History.self, from: bytes)]
        }
        let days = number("DAYS") ?? 3
        let first = number("FROM") ?? 1
        let seeds = number("SEED").map { [$0] } ?? Array(first..<first + (number("SEEDS") ?? 8))
        return seeds.reversed().map { seed in
            var history = Inventing.history(UInt64(seed), days: days, clinics: clinics)
            history.looksOften = days <= 10
            return history
        }
    }

    private struct Tally: CustomStringConvertible {
        var histories = 0
        var kioskDays = 0
        var steps = 0
        var entries = 0
        var visits = 0
        var failed: [UInt64] = []

        mutating func add(_ outcome: Simulator.Outcome) {
            histories += 1
            kioskDays += outcome.history.kioskDays
            steps += outcome.history.steps.count
            entries += outcome.entries
            visits += outcome.visits
            if !outcome.isSound { failed.append(outcome.history.seed) }
            if histories % 100 == 0 { print("\(self) so far") }
        }

        var description: String {
            "\(histories) histories, \(kioskDays) kiosk-days, \(steps) steps, \(entries) entries, "
                + "\(visits) visits, \(failed.count) failed"
        }
    }

    /// Prints a failing seed, its shortest history and how to run both again.
    private static func tell(_ outcome: Simulator.Outcome, _ simulator: Simulator) async throws {
        let seed = outcome.history.seed
        print("seed \(seed) failed after step \(outcome.failedAt ?? 0):")
        for finding in outcome.findings.prefix(5) { print("  \(finding.check): \(finding.text)") }
        print("again: make simulate SEED=\(seed) DAYS=\(number("DAYS") ?? 3)")
        guard number("SHRINK") ?? 1 > 0 else { return }
        var shrinking = Shrinking { try await simulator.run($0).findings.first?.check }
        let shortest = try await shrinking.shortest(outcome.history)
        let last = try await simulator.run(shortest)
        print("shortest, after \(shrinking.runs) runs:\n\(shortest.told)")
        for finding in last.findings.prefix(3) { print("  \(finding.check): \(finding.text)") }
        let place = URL(fileURLWithPath: SmallCounty.fixtures).deletingLastPathComponent()
            .appendingPathComponent(".output/simulation")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let file = place.appendingPathComponent("seed-\(seed).json")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(shortest).write(to: file)
        print("again: make simulate HISTORY=.output/simulation/seed-\(seed).json")
    }
}
