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
    /// Entries of journals set aside that the county has signed for now; absent where there were
    /// none.
    var rescued: Int?
}

// The night: send the journal, read the bulletin.
extension Desk {
    /// Sends and reads. Where one night is under way already, by itself or because somebody pressed
    /// the button, the next begins when it has ended.
    func night(_ carrier: Carrier) async throws -> NightReport {
        await nights.take()
        do {
            let report = try await certifiedNight(carrier)
            await nights.end()
            return report
        } catch {
            await nights.end()
            throw error
        }
    }

    private func certifiedNight(_ carrier: Carrier) async throws -> NightReport {
        try finishTaking()
        try await keepCertified(carrier)
        do { return try await exchange(carrier) } catch HTTPRequest.Fault.refused(401, _) {
            // The county was set back, or the certificate ran out: the key itself is still known.
            try await certify(carrier)
            return try await exchange(carrier)
        }
    }

    private func exchange(_ live: Carrier) async throws -> NightReport {
        let carrier = live.keeping(in: transit)
        try await resume(live)
        var failures: [any Error] = []
        var report = NightReport(sent: try await send(carrier))
        let rescued = await rescue(carrier)
        report.rescued = rescued > 0 ? rescued : nil
        let news = try await believableNews(carrier)
        // Keys first: what follows may be signed with new ones.
        if news?[.root] != trust.rootVersion {
            do { try await followRoots(carrier) } catch { failures.append(error) }
        }
        // A failure to read the bulletin never takes back what was sent and signed for. The nightly
        // role comes first, since it says which policy is the newest.
        for role in [DocumentRole.daily, .policy]
        where try news?[role] == nil || news?[role] != shelf.held(role).version {
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

    /// Sends the journal; where the county signs with a key not known yet, its roots are asked.
    func send(_ carrier: Carrier) async throws -> SendReport {
        do { return try await sendAll(carrier) } catch DocumentFault.signatures {
            try await followRoots(carrier)
            return try await sendAll(carrier)
        }
    }

    private func sendAll(_ carrier: Carrier) async throws -> SendReport {
        let asked = timekeeper?.ticks() ?? 0
        let report = try await sendJournal(
            journal, key: key, trust: trust, clock: clock, carrier: carrier)
        // The last answer came within the time all of it took.
        if let timekeeper, let word = try journal.read({ try $0.acknowledged().statement }) {
            let said = try Acknowledgement(bytes: word, for: journal.kiosk, trust: trust)
            timekeeper.answered(said.at, askedAt: asked)
        }
        return report
    }

    /// What the county says it offers, as long as what is held is young: nobody can make a kiosk
    /// sleep by saying for ever that there is nothing new.
    private func believableNews(_ carrier: Carrier) async throws -> [DocumentRole: Int]? {
        guard let issued = try shelf.issued(.daily),
            clock.now().seconds(since: issued) < 3 * 86_400
        else { return nil }
        return await carrier.news()
    }

    /// Goes on with the parcel that was under way when the line broke.
    private func resume(_ carrier: Carrier) async throws {
        guard let packed = transit.parcel() else { return }
        do {
            let answer = try await carrier.resume(packed)
            try accept(
                try Acknowledgement(bytes: answer, for: journal.kiosk, trust: trust),
                statement: answer, in: journal)
        } catch let fault as HTTPRequest.Fault where !fault.isAboutTheParcel {
            throw fault
        } catch {
            // Not as it was announced, or no longer wanted: the journal has it all and sends anew,
            // and what the county has against the journal it says again then.
        }
        transit.forgetParcel()
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
        transit.forgetPieces(of: fetched.sections.values.map(SyncingHash.of))
        report.bulletins[role.rawValue] = fetched.manifest.version
        report.bulletinBytes += fetched.bytes
    }

    /// What is new of a role on a carrier, verified.
    func fetch(_ role: DocumentRole, _ carrier: Carrier) async throws -> Fetched? {
        let shelf = shelf
        do {
            return try await fetchBulletin(
                role, for: assignment.recipient, held: try shelf.held(role), trust: trust,
                named: try shelf.named(role), now: clock.now(), carrier: carrier,
                // What does not open is fetched whole.
                old: { try? shelf.section($0) })
        } catch let fault as DocumentFault {
            // Pieces that do not stand the check are fetched anew the next time.
            transit.forgetPieces(of: nil)
            throw fault
        }
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
        let rules = try HeldPolicy.check(fetched)
        guard try shelf.apply(fetched) else { return }
        try refresh(rules: rules)
        timekeeper?.notBefore(fetched.manifest.issued)
        try recallTimes(policy)
        try finishTaking()
    }

    /// Does what a full disk may have kept from being done after a bulletin was taken over.
    private func finishTaking() throws {
        if policy.version != (try shelf.held(.policy).version) { try refresh() }
        try Desk.journalBulletins(of: shelf, in: journal, at: clock.now())
        try releaseRecalled()
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
            kiosk: journal.kiosk, name: assignment.name, townshipName: assignment.townshipName,
            unsent: unsent.count, oldestUnsent: unsent.oldest, entries: try journal.head().sequence,
            rollAsOf: try shelf.issued(.daily), policy: policy.version, now: clock.now(),
            aside: try aside(), clockFault: timekeeper?.reading.wallFault,
            timeHeld: timekeeper.map { $0.reading.isHeld } ?? false)
    }

    /// A journal that was set aside, until the county has signed for the one after it.
    private func aside() throws -> Aside? {
        guard try journal.read({ try $0.acknowledged().through }) == 0 else { return nil }
        return box.lineage.asides.last {
            $0.what == "journal" && $0.journal == journal.kiosk.journal - 1
        }
    }
}

/// How far the county has signed, and how old this desk's knowledge is.
struct DeskStatus: Sendable, Equatable, Codable {
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
    /// What was set aside and the county does not know of yet.
    var aside: Aside?
    /// How far the machine's clock is ahead (negative: behind), where that is too much; milliseconds.
    var clockFault: Int?
    /// Nothing says for sure what day it is.
    var timeHeld = false

    /// The only thing that is shown green.
    var allSigned: Bool { unsent == 0 }
}
