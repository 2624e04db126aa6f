import Hosting
import Journaling
import Syncing
import Vocabulary

/// What one night brought: what was sent and signed for, which bulletins were taken over.
struct NightReport: Sendable, Codable, Hashable {
    var sent: SendReport
    /// Versions taken over, by role; absent where the one held is the newest.
    var bulletins: [String: Int] = [:]
    var bulletinBytes = 0
}

// The night: send the journal, read the bulletin.
extension Desk {
    func night(_ carrier: Carrier) async throws -> NightReport {
        if try journal.read({ try $0.acknowledged().statement }) == nil {
            try await carrier.register(
                Registration(
                    kiosk: journal.kiosk, oneTimeCode: provision.oneTimeCode,
                    publicKey: hex(key.publicKey)))
        }
        let sent = try await send(carrier)
        var report = NightReport(sent: sent)
        var failures: [any Error] = []
        // A failure to read the bulletin never takes back what was sent and signed for.
        for role in [DocumentRole.policy, .daily] {
            // One role that cannot be had never keeps the other back.
            do { try await read(role, carrier, &report) } catch { failures.append(error) }
        }
        if !report.bulletins.isEmpty {
            // Taking a bulletin over is an entry too; without it the status would never be green.
            report.sent += try await send(carrier)
        }
        if let failure = failures.first { throw failure }
        return report
    }

    /// Sends all that is not signed for.
    ///
    /// A county set back to a backup from before this device was registered does not know it: it is
    /// shown its own signed word, and everything is sent again.
    func send(_ carrier: Carrier) async throws -> SendReport {
        func sendAll() async throws -> SendReport {
            let asked = timekeeper?.ticks() ?? 0
            let report = try await sendJournal(
                journal, key: key, trust: provision.trust, clock: clock, carrier: carrier)
            // The last answer came within the time all of it took.
            if let timekeeper, let word = try journal.read({ try $0.acknowledged().statement }) {
                let said = try Acknowledgement(
                    bytes: word, for: journal.kiosk, trust: provision.trust)
                timekeeper.answered(said.at, askedAt: asked)
            }
            return report
        }
        do { return try await sendAll() } catch  where Desk.saysUnknown(error) {
            guard let word = try journal.read({ try $0.acknowledged().statement }) else {
                throw error
            }
            try await carrier.register(
                Registration(
                    kiosk: journal.kiosk, oneTimeCode: "", publicKey: hex(key.publicKey),
                    acknowledgement: String(decoding: word, as: UTF8.self)))
            return try await sendAll()
        }
    }

    private static func saysUnknown(_ error: any Error) -> Bool {
        switch error {
        case ParcelFault.unknownDevice, HTTPRequest.Fault.refused(status: 403, message: _): true
        default: false
        }
    }

    private func read(
        _ role: DocumentRole, _ carrier: Carrier, _ report: inout NightReport
    ) async throws {
        let fetched = try await fetchBulletin(
            role, for: assignment.recipient, held: try shelf.held(role), trust: provision.trust,
            now: clock.now(), carrier: carrier)
        guard let fetched else { return }
        try take(fetched)
        report.bulletins[role.rawValue] = fetched.manifest.version
        report.bulletinBytes += fetched.bytes
    }

    /// Takes a verified bulletin over and journals that from here on it is the one in force.
    func take(_ fetched: Fetched) throws {
        // What this software cannot read is refused before it replaces what it can.
        try HeldPolicy.check(fetched)
        guard try shelf.apply(fetched) else { return }
        try refresh()
        timekeeper?.notBefore(fetched.manifest.issued)
        try recallTimes(policy)
        let now = clock.now()
        let read = BulletinRead(
            policy: try shelf.held(.policy).version, daily: try shelf.held(.daily).version)
        try journal.append(
            .bulletinRead(read), Journal.Stamp(at: now, day: now.day, by: "", session: ""))
    }

    /// What the strip at the top of every screen says.
    func status() throws -> DeskStatus {
        let unsent = try journal.read { try $0.unsent() }
        return DeskStatus(
            kiosk: assignment.kiosk, name: assignment.name, townshipName: assignment.townshipName,
            unsent: unsent.count, oldestUnsent: unsent.oldest, entries: try journal.head().sequence,
            rollAsOf: try shelf.issued(.daily), policy: policy.version, now: clock.now(),
            clockFault: timekeeper?.reading.wallFault,
            timeHeld: timekeeper.map { $0.reading.isHeld } ?? false)
    }
}

/// How far the county has signed, and how old this desk's knowledge is.
struct DeskStatus: Sendable, Hashable, Codable {
    var kiosk: KioskID
    var name: String
    var townshipName: String
    /// Entries no acknowledgement covers.
    var unsent: Int
    var oldestUnsent: Instant?
    var entries: Int
    var rollAsOf: Instant?
    var policy: Int
    var now: Instant
    /// How far the machine's clock is ahead (negative: behind), where that is too much; milliseconds.
    var clockFault: Int?
    /// Nothing says for sure what day it is.
    var timeHeld = false

    /// The only thing that is shown green.
    var allSigned: Bool { unsent == 0 }
}
