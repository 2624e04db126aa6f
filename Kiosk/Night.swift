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
        var failures: [any Error] = []
        // Keys first: what follows may be signed with new ones.
        do { try await followRoots(carrier) } catch { failures.append(error) }
        let sent = try await sendJournal(
            journal, key: key, trust: trust, clock: clock, carrier: carrier)
        var report = NightReport(sent: sent)
        // A failure to read the bulletin never takes back what was sent and signed for. The nightly
        // role comes first, since it says which policy is the newest.
        for role in [DocumentRole.daily, .policy] {
            // One role that cannot be had never keeps the other back.
            do { try await read(role, carrier, &report) } catch { failures.append(error) }
        }
        if !report.bulletins.isEmpty {
            // Taking a bulletin over is an entry too; without it the status would never be green.
            report.sent += try await sendJournal(
                journal, key: key, trust: trust, clock: clock, carrier: carrier)
        }
        if let failure = failures.first { throw failure }
        return report
    }

    private func read(
        _ role: DocumentRole, _ carrier: Carrier, _ report: inout NightReport
    ) async throws {
        let found: Fetched?
        do { found = try await fetch(role, carrier) } catch {
            guard role == .policy, case DocumentFault.olderThanHeld = error else { throw error }
            try await giveBack(carrier)
            found = try await fetch(role, carrier)
        }
        guard let fetched = found else { return }
        try take(fetched)
        report.bulletins[role.rawValue] = fetched.manifest.version
        report.bulletinBytes += fetched.bytes
    }

    /// What is new of a role on a carrier, verified.
    func fetch(_ role: DocumentRole, _ carrier: Carrier) async throws -> Fetched? {
        let shelf = shelf
        return try await fetchBulletin(
            role, for: assignment.recipient, held: try shelf.held(role), trust: trust,
            named: try shelf.named(role), now: clock.now(), carrier: carrier,
            old: { try shelf.section($0) })
    }

    /// A county that shows an older policy than the one held may have been set back to a backup: what
    /// its people signed since then is here, and is theirs again.
    private func giveBack(_ carrier: Carrier) async throws {
        guard let statement = try shelf.statement(.policy) else { return }
        let lacking = String(decoding: try await carrier.giveBack(statement), as: UTF8.self)
            .split(separator: "\n").compactMap { Fingerprint(hex: String($0)) }
        let manifest = try SignedDocument(role: .policy, bytes: statement).value(Manifest.self)
        for section in manifest.sections where lacking.contains(section.digest) {
            guard let bytes = try shelf.section(section.name) else { continue }
            _ = try await carrier.giveBack(compress(bytes))
        }
    }

    /// Takes over the county's new keys, root by root.
    func followRoots(_ carrier: Carrier) async throws {
        let fetched = try await fetchRoots(after: trust, carrier: carrier)
        guard fetched.trust.rootVersion > trust.rootVersion else { return }
        try shelf.take(fetched)
        trust = fetched.trust
    }

    /// Takes a verified bulletin over and journals that from here on it is the one in force.
    func take(_ fetched: Fetched) throws {
        // What this software cannot read is refused before it replaces what it can.
        try HeldPolicy.check(fetched)
        guard try shelf.apply(fetched) else { return }
        try refresh()
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
