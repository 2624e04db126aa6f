import Foundation
import Hosting
import Synchronization
import Syncing
import Vocabulary

/// When the county is asked by itself: soon after something was written, rarely for news, and ever
/// more slowly while it cannot be reached. Waiting sends nothing.
struct CourierPlan: Sendable, Equatable {
    var failures = 0
    /// Not before this moment, whatever waits.
    var notBefore: Instant
    var lastSuccess: Instant?

    /// What is written meanwhile goes together.
    static let gatherSeconds = 300
    static let newsSeconds = 6 * 3_600
    static let firstPauseSeconds = 30
    static let longestPauseSeconds = 3_600

    init(startedAt now: Instant, randomness: Randomness) {
        notBefore = now.adding(
            seconds: CourierPlan.spread(CourierPlan.gatherSeconds, randomness))
    }

    func isDue(at now: Instant, unsent: Int) -> Bool {
        guard now >= notBefore else { return false }
        guard unsent == 0, failures == 0, let lastSuccess else { return true }
        return now.seconds(since: lastSuccess) >= CourierPlan.newsSeconds
    }

    mutating func succeeded(at now: Instant, randomness: Randomness) {
        failures = 0
        lastSuccess = now
        notBefore = now.adding(seconds: CourierPlan.spread(CourierPlan.gatherSeconds, randomness))
    }

    mutating func failed(at now: Instant, randomness: Randomness) {
        failures += 1
        notBefore = now.adding(seconds: CourierPlan.pause(failures, randomness))
    }

    /// Twice as long after every failure, up to an hour.
    static func pause(_ failures: Int, _ randomness: Randomness) -> Int {
        let doubled = firstPauseSeconds << min(max(failures, 1) - 1, 10)
        return spread(min(longestPauseSeconds, doubled), randomness)
    }

    /// Between half and the whole: a county's kiosks do not come back all at once.
    private static func spread(_ seconds: Int, _ randomness: Randomness) -> Int {
        let drawn = randomness.bytes(2).reduce(0) { $0 << 8 | Int($1) }
        return seconds / 2 + seconds * drawn / (2 * 65_535)
    }
}

/// Brings journal and bulletins there and back while the screens are served.
final class Courier: Sendable {
    private let site: Site
    private let state: Mutex<CourierPlan>

    init(_ site: Site) {
        self.site = site
        state = Mutex(
            CourierPlan(startedAt: site.desk.clock.now(), randomness: site.desk.randomness))
    }

    var plan: CourierPlan { state.withLock { $0 } }

    /// Where the pages find what the courier is about.
    final class Slot: Sendable {
        private let held = Mutex<CourierPlan?>(nil)

        var plan: CourierPlan? { held.withLock { $0 } }

        func note(_ plan: CourierPlan) { held.withLock { $0 = plan } }
    }

    private static let glanceSeconds = 20

    /// Looks at the own journal now and then, and at the network only when something is due.
    func run() async throws {
        let desk = site.desk
        while true {
            site.courier.note(plan)
            try await Task.sleep(for: .seconds(Courier.glanceSeconds))
            let unsent = (try? await desk.status().unsent) ?? 0
            guard plan.isDue(at: desk.clock.now(), unsent: unsent) else { continue }
            do {
                _ = try await desk.night(try site.carrier())
                let now = desk.clock.now()
                site.contact.note(.reached(now))
                state.withLock { $0.succeeded(at: now, randomness: desk.randomness) }
            } catch {
                let now = desk.clock.now()
                site.contact.note(.failed(now))
                state.withLock { $0.failed(at: now, randomness: desk.randomness) }
            }
        }
    }
}
