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
/// - `SIMULATION_DIVIDED`: `none`, `strict` or `floor` alone, of the ways limits are divided.
/// - `SIMULATION_CLINICS`, `SIMULATION_WORKERS`.
@Suite(.serialized) struct SimulationTests {
    private static let asked = ProcessInfo.processInfo.environment
    private static func number(_ name: String) -> Int? {
        asked["SIMULATION_" + name].flatMap(Int.init)
    }

    @Test(.enabled(if: isAsked(nil)))
    func `nothing acknowledged is lost and everybody converges, whatever happens`() async throws {
        let clinics = Self.number("CLINICS")
        try await Self.run(try Self.histories(clinics, count: 8), clinics: clinics ?? 5)
    }

    @Test(.enabled(if: isAsked(.strict)))
    func `limits divided strictly are never overspent, whatever happens`() async throws {
        try await Self.run(try Self.histories(nil, .strict, count: 4), divided: .strict)
    }

    @Test(.enabled(if: isAsked(.floor)))
    func `with a floor limits are overspent by floors alone, whatever happens`() async throws {
        try await Self.run(try Self.histories(nil, .floor, count: 4), divided: .floor)
    }

    /// Which of them, where one is asked for: `none`, `strict` or `floor`.
    private static func isAsked(_ divided: Divided?) -> Bool {
        asked["SIMULATION_DIVIDED"].map { $0 == divided?.rawValue ?? "none" || $0.isEmpty } ?? true
    }

    private static func run(
        _ histories: [History], clinics: Int = 5, divided: Divided? = nil
    ) async throws {
        guard !histories.isEmpty else { return }
        let simulator = Simulator(
            template: try await Template(
                clinics: clinics, desks: 1 + (clinics == 5 ? 0 : clinics / 8), divided: divided))
        var histories = histories
        let began = ContinuousClock.now
        var tally = Tally()
        let workers = number("WORKERS") ?? 1
        try await withThrowingTaskGroup(of: Simulator.Outcome.self) { group in
            func next() {
                guard let history = histories.popLast() else { return }
                group.addTask { try await simulator.run(history) }
            }
            for _ in 0..<workers { next() }
            while let outcome = try await group.next() {
                tally.add(outcome)
                if !outcome.isSound { try await tell(outcome, simulator) }
                next()
            }
        }
        print("\(divided?.rawValue ?? "not divided"): \(tally) in \(ContinuousClock.now - began)")
        #expect(tally.failed.isEmpty, "seeds \(tally.failed)")
    }

    private static func histories(
        _ clinics: Int?, _ divided: Divided? = nil, count: Int
    ) throws -> [History] {
        if let file = asked["SIMULATION_HISTORY"], !file.isEmpty {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            let history = try JSONDecoder().decode(History.self, from: bytes)
            return history.divided == divided ? [history] : []
        }
        let days = number("DAYS") ?? 3
        let first = number("FROM") ?? 1
        let seeds =
            number("SEED").map { [$0] } ?? Array(first..<first + (number("SEEDS") ?? count))
        return seeds.reversed().map { seed in
            var history = Inventing.history(
                UInt64(seed), days: days, clinics: clinics, divided: divided)
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
        let divided = outcome.history.divided?.rawValue ?? "none"
        print(
            "again: SIMULATION_DIVIDED=\(divided) make simulate SEED=\(seed) "
                + "DAYS=\(number("DAYS") ?? 3)")
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
