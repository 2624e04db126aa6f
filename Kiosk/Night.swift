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
        try finishTaking()
        if try journal.read({ try $0.acknowledged().statement }) == nil {
            try await carrier.register(
                Registration(
                    kiosk: journal.kiosk, oneTimeCode: provision.oneTimeCode,
                    publicKey: hex(key.publicKey)))
        }
        let sent = try await sendJournal(
            journal, key: key, trust: provision.trust, clock: clock, carrier: carrier)
        var report = NightReport(sent: sent)
        var failures: [any Error] = []
        // A failure to read the bulletin never takes back what was sent and signed for.
        for role in [DocumentRole.policy, .daily] {
            // One role that cannot be had never keeps the other back.
            do { try await read(role, carrier, &report) } catch { failures.append(error) }
        }
        if !report.bulletins.isEmpty {
            // Taking a bulletin over is an entry too; without it the status would never be green.
            report.sent += try await sendJournal(
                journal, key: key, trust: provision.trust, clock: clock, carrier: carrier)
        }
        if let failure = failures.first { throw failure }
        return report
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
        try finishTaking()
    }

    /// Does what a full disk may have kept from being done after a bulletin was taken over.
    private func finishTaking() throws {
        if policy.version != (try shelf.held(.policy).version) { try refresh() }
        try Desk.journalBulletins(of: shelf, in: journal, at: clock.now())
    }

    /// Journals the bulletins in force where the journal's last word of them is older.
    static func journalBulletins(of shelf: Shelf, in journal: Journal, at now: Instant) throws {
        let held = BulletinRead(
            policy: try shelf.held(.policy).version, daily: try shelf.held(.daily).version)
        let last = try journal.read { try $0.latest(["bulletinRead"], limit: 1) }.first
        var known = BulletinRead(policy: 0, daily: 0)
        if case .bulletinRead(let read)? = last?.fact { known = read }
        guard held.policy > known.policy || held.daily > known.daily else { return }
        try journal.append(
            .bulletinRead(held), Journal.Stamp(at: now, day: now.day, by: "", session: ""))
    }

    /// What the strip at the top of every screen says.
    func status() throws -> DeskStatus {
        let unsent = try journal.read { try $0.unsent() }
        return DeskStatus(
            kiosk: assignment.kiosk, name: assignment.name, townshipName: assignment.townshipName,
            unsent: unsent.count, oldestUnsent: unsent.oldest, entries: try journal.head().sequence,
            rollAsOf: try shelf.issued(.daily), policy: policy.version, now: clock.now())
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

    /// The only thing that is shown green.
    var allSigned: Bool { unsent == 0 }
}
