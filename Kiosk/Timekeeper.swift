import Foundation
import Hosting
import Journaling
import Rules
import Synchronization
import Syncing
import Vocabulary

/// The device's time, kept from the county's signed words and from what runs on by itself; the wall
/// clock is asked last. What is known is kept in a file for the next start.
final class Timekeeper: Sendable {
    private let wall: Clock
    private let uptime: @Sendable () -> Uptime
    private let path: String
    private let state: Mutex<State>

    private struct State {
        var estimate: ClockEstimate
        var tolerance: ClockTolerance
        var written: Instant
    }

    /// Ten minutes of use may be forgotten by a power cut; the journal's last entry bounds the rest.
    private static let writeEvery = 600

    init(folder: String, wall: Clock, uptime: @escaping @Sendable () -> Uptime) {
        self.wall = wall
        self.uptime = uptime
        path = folder + "/clock.json"
        // A file that cannot be read is no file: the county or a person says the time again.
        let known = (try? readFile(path)).flatMap {
            try? CompactJSON.decode(ClockEstimate.self, from: $0)
        }
        state = Mutex(
            State(
                estimate: known ?? ClockEstimate(), tolerance: .none,
                written: Instant(milliseconds: 0)))
    }

    /// The estimate as a clock, for everything that asks the time.
    var clock: Clock { Clock { self.reading.now } }

    var reading: ClockEstimate.Reading {
        let (wall, uptime) = (wall.now(), uptime())
        return state.withLock { $0.estimate.read(wall: wall, uptime: uptime, $0.tolerance) }
    }

    /// Takes over what the county tolerates, and holds on to the time the machine started with.
    func use(_ tolerance: ClockTolerance) {
        state.withLock { $0.tolerance = tolerance }
        change { estimate, wall, uptime, tolerance in
            estimate.started(wall: wall, uptime: uptime, tolerance)
        }
    }

    /// Milliseconds that run on by themselves, to time a question and its answer.
    func ticks() -> Int { uptime().milliseconds }

    /// A signed answer to a question asked at `ticks`.
    func answered(_ at: Instant, askedAt ticks: Int) {
        change { estimate, wall, uptime, tolerance in
            estimate.answered(
                at, roundTrip: max(0, uptime.milliseconds - ticks), wall: wall, uptime: uptime,
                tolerance)
        }
        write()
    }

    /// A signed time that has passed.
    func notBefore(_ at: Instant) { state.withLock { $0.estimate.notBefore(at) } }

    /// The time of this device's own last entry.
    func journaled(_ at: Instant) {
        change { estimate, wall, uptime, tolerance in
            estimate.journaled(at, wall: wall, uptime: uptime, tolerance)
        }
    }

    /// A person has said what time it is; false where that time has passed already.
    func confirmed(_ at: Instant) -> Bool {
        let accepted = change { estimate, wall, uptime, tolerance in
            estimate.confirmed(at, wall: wall, uptime: uptime, tolerance)
        }
        write()
        return accepted
    }

    /// Remembers the time of something that was done.
    func passed() {
        let reading = reading
        change { estimate, wall, _, _ in estimate.passed(reading, wall: wall) }
        let written = state.withLock { $0.written }
        if reading.now.seconds(since: written) >= Timekeeper.writeEvery { write() }
    }

    @discardableResult
    private func change<Value: Sendable>(
        _ body: (inout ClockEstimate, Instant, Uptime, ClockTolerance) -> Value
    ) -> Value {
        let (wall, uptime) = (wall.now(), uptime())
        return state.withLock { body(&$0.estimate, wall, uptime, $0.tolerance) }
    }

    /// A failure costs precision after the next start and nothing else.
    private func write() {
        let estimate = state.withLock { $0.estimate }
        let now = reading.now
        guard let bytes = try? CompactJSON.encode(estimate), (try? writeFile(path, bytes)) != nil
        else { return }
        state.withLock { $0.written = now }
    }
}

extension ClockTolerance {
    /// Before the first policy nothing is tolerated, and nothing can be settled either.
    static let none = ClockTolerance(fault: 0, longestOff: 0, drift: 0)
}

extension Desk {
    /// What the county tolerates of clocks.
    static func tolerance(_ policy: HeldPolicy, on day: Day) throws -> ClockTolerance {
        func figure(_ name: String) throws -> Int {
            try policy.rules.count("common/clock/" + name, on: day)?.value ?? 0
        }
        return ClockTolerance(
            fault: try figure("fault_minutes") * 60_000,
            longestOff: try figure("longest_off_hours") * 3_600_000,
            drift: try figure("drift_millionths"))
    }

    /// Every time that is known to have passed: the county's words and this journal's last entry.
    nonisolated func recallTimes(_ policy: HeldPolicy) throws {
        guard let timekeeper else { return }
        let last = try journal.read { reader in
            try reader.entry(try reader.head().sequence)?.header.at
        }
        let heard = try journal.read { try $0.acknowledged().statement }.flatMap {
            try? Acknowledgement(bytes: $0, for: journal.kiosk, trust: provision.trust).at
        }
        let issued = try [DocumentRole.policy, .daily].map { try shelf.issued($0) }
        for at in ([heard] + issued).compactMap({ $0 }) { timekeeper.notBefore(at) }
        if let last { timekeeper.journaled(last) }
        guard policy.version > 0 else { return }
        timekeeper.use(try Desk.tolerance(policy, on: timekeeper.reading.now.day))
    }

    /// Money moves only on a day that is sure.
    func requireTime() throws {
        guard let timekeeper else { return }
        try recallTimes(policy)
        let reading = timekeeper.reading
        guard !reading.isHeld, reading.dayIsSure else {
            throw Refusal.timeUnsure(reading.now)
        }
        timekeeper.passed()
    }

    /// Somebody looked at a calendar and a watch.
    func confirmTime(_ at: Instant) throws {
        guard let timekeeper, timekeeper.confirmed(at) else {
            throw Refusal.timePassed(clock.now())
        }
    }
}

extension Instant {
    /// A Beijing day and time of day as people type them: "2026-11-22", "09:30".
    init?(day: String, time: String) {
        let parts = time.split(separator: ":").compactMap { Int($0) }
        guard let day = Day(day), parts.count == 2, (0..<24).contains(parts[0]),
            (0..<60).contains(parts[1])
        else { return nil }
        self = Instant(startOf: day).adding(seconds: parts[0] * 3_600 + parts[1] * 60)
    }
}
