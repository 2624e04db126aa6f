import Hosting
import Syncing
import Vocabulary

/// Who is in: sessions and wrong PINs, in memory; a restart signs everybody out.
actor Door {
    static let cookie = "county"
    private static let idle = 30 * 60
    private static let longest = 12 * 3600
    private static let mostWrong = 5
    private static let pause = 5 * 60
    /// Stands in for a number nobody has, so that its answer takes as long as any other.
    private static let nobody = Syncing.Operator(
        id: "", name: "", role: .auditor, institution: "",
        salt: "00000000000000000000000000000000", verifier: "")

    private struct Session {
        let person: String
        let since: Instant
        var seen: Instant
    }

    private struct Wrong {
        var count = 0
        var until: Instant?
    }

    private let clock: Clock
    private let randomness: Randomness
    private var sessions: [String: Session] = [:]
    private var wrong: [String: Wrong] = [:]

    init(clock: Clock, randomness: Randomness) {
        self.clock = clock
        self.randomness = randomness
    }

    static func admits(_ role: Role) -> Bool {
        switch role {
        case .countyClerk, .auditor, .administrator: true
        case .villageDoctor, .townshipCollector: false
        }
    }

    /// Checks number and PIN and opens a session.
    func enter(_ person: Syncing.Operator?, pin: String) async throws -> String {
        try await withAttempt(of: person?.id ?? "") {
            let fits = try await Door.matches(pin, person ?? Door.nobody)
            guard fits, person != nil else { throw PageFault.notKnown }
        }
        guard let person, Door.admits(person.role) else { throw PageFault.otherDesk }
        let (now, token) = (clock.now(), hex(randomness.bytes(32)))
        sessions = sessions.filter { isOpen($0.value, now) }
        sessions[token] = Session(person: person.id, since: now, seen: now)
        return token
    }

    /// Not isolated: scrypt is slow on purpose and must hold nobody else up.
    private nonisolated static func matches(
        _ pin: String, _ person: Syncing.Operator
    ) async throws -> Bool {
        try PIN.matches(pin, person)
    }

    /// Counts a try as wrong before it is made, so that many at once gain nothing.
    func withAttempt<Value: Sendable>(
        of id: String, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        let now = clock.now()
        if let until = wrong[id]?.until {
            guard until <= now else {
                throw PageFault.paused(minutes: (until.seconds(since: now) + 59) / 60)
            }
            wrong[id] = nil
        }
        wrong[id, default: Wrong()].count += 1
        if wrong[id]?.count == Door.mostWrong {
            wrong[id]?.until = now.adding(seconds: Door.pause)
        }
        do {
            let value = try await body()
            wrong[id] = nil
            return value
        } catch let error where !Door.isWrongPIN(error) {
            // Says nothing about the PIN, so this try alone is taken back.
            takeBack(id)
            throw error
        }
    }

    private func takeBack(_ id: String) {
        guard var tries = wrong[id] else { return }
        tries.count -= 1
        if tries.count < Door.mostWrong { tries.until = nil }
        wrong[id] = tries
    }

    private static func isWrongPIN(_ error: any Error) -> Bool {
        error as? PageFault == .notKnown || error as? OfficeFault == .wrongPIN
    }

    func whoIs(_ token: String) -> String? {
        let now = clock.now()
        guard let session = sessions[token], isOpen(session, now) else { return nil }
        sessions[token]?.seen = now
        return session.person
    }

    func leave(_ token: String) { sessions[token] = nil }

    private func isOpen(_ session: Session, _ now: Instant) -> Bool {
        now.seconds(since: session.seen) < Door.idle
            && now.seconds(since: session.since) < Door.longest
    }
}
