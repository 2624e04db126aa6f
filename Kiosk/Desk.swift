import Foundation
import Hosting
import Identifying
import Journaling
import Pricing
import Rules
import Syncing
import Vocabulary

/// One clinic box or township desk at work: its journal, what the county published, and the values
/// of the outside world. Everything the screens and the commands do goes through here, one at a
/// time.
actor Desk {
    nonisolated let provision: Provision
    nonisolated let folder: String
    nonisolated let journal: Journal
    nonisolated let shelf: Shelf
    nonisolated let key: DeviceKey
    /// What is half way to or from the county.
    nonisolated let transit: Transit
    nonisolated let progress = LinkProgress()
    nonisolated let nights = Turn()
    nonisolated let clock: Clock
    /// Keeps ``clock``; absent where a test's clock is to be believed.
    nonisolated let timekeeper: Timekeeper?
    nonisolated let randomness: Randomness
    /// What the kiosk prices with; read again whenever a bulletin was taken over.
    var policy: HeldPolicy
    /// Where it stands; the county may move it or give it new receipt blocks.
    var assignment: DeskAssignment
    /// Whose signatures count now; the county's roots carry it on from the provisioning file.
    var trust: Trust
    /// Entries of the device this one stands in for, once they were asked for.
    var before: [Entry]?
    var attempts: [String: PINAttempts] = [:]
    var recentVisits = RecentVisits()
    /// What the disk's files were sealed with, and which of them were set aside.
    var box: Box
    /// What this opening set aside, to be told.
    nonisolated let told: [Aside]

    /// Opens everything in the folder; see ``Box`` for what is done about damage.
    ///
    /// - Parameters:
    ///   - credentials: the folder of the operating system's credential store, where there is one.
    ///   - mayChange: whether damaged files are set aside; a look around only throws.
    init(
        provision: Provision, folder: String, credentials: String? = nil, clock: Clock,
        randomness: Randomness, uptime: (@Sendable () -> Uptime)? = nil, mayChange: Bool = true
    ) throws {
        self.provision = provision
        self.folder = folder
        let timekeeper = uptime.map { Timekeeper(folder: folder, wall: clock, uptime: $0) }
        let clock = timekeeper?.clock ?? clock
        self.timekeeper = timekeeper
        self.clock = clock
        self.randomness = randomness
        var box = try Box(
            provision: provision, folder: folder, credentials: credentials, clock: clock,
            randomness: randomness, mayChange: mayChange)
        journal = try box.openJournal()
        shelf = try box.openShelf()
        key = try DeviceKey.kept(at: folder + "/device.key", randomness: randomness)
        try box.finishResealing(device: key)
        told = box.told
        self.box = box
        transit = Transit(folder: folder, key: box.key)
        let policy = try HeldPolicy(shelf)
        self.policy = policy
        assignment = try Desk.assignment(shelf, provision)
        trust = try shelf.trust(since: provision.trust)
        try self.box.carryReceipts(of: journal, assignment.blocks)
        try recallTimes(policy)
        if try journal.head().sequence == 0 {
            var opening = Opening(
                publicKey: hex(key.publicKey), institution: provision.desk.institution,
                county: provision.trust.county, software: softwareVersion)
            opening.follows = box.follows
            let now = clock.now()
            try journal.append(
                .opened(opening), Journal.Stamp(at: now, day: now.day, by: "", session: ""))
        }
        try Desk.signClose(in: journal, at: clock.now(), key: key)
        // A power cut may have come between taking a bulletin over and journaling it.
        try Desk.journalBulletins(of: shelf, in: journal, at: clock.now())
    }

    private static func assignment(_ shelf: Shelf, _ provision: Provision) throws
        -> DeskAssignment
    {
        guard let bytes = try shelf.section(SectionName.desk(provision.desk.kiosk)) else {
            return provision.desk
        }
        return try CompactJSON.decode(DeskAssignment.self, from: bytes)
    }

    /// Reads again what a new bulletin changed.
    ///
    /// - Parameter rules: the bulletin's, where they were read already.
    func refresh(rules: Rulebook? = nil) throws {
        try policy.refresh(shelf, rules: rules)
        try shelf.sweepSearch()
        assignment = try Desk.assignment(shelf, provision)
    }

    nonisolated var today: Day { clock.now().day }

    func stamp(_ session: Session) -> Journal.Stamp {
        let now = clock.now()
        return Journal.Stamp(at: now, day: now.day, by: session.person.id, session: session.id)
    }

    var knowledge: Knowledge {
        get throws {
            Knowledge(
                policy: policy.version,
                rollAsOf: try shelf.issued(.daily) ?? Instant(milliseconds: 0))
        }
    }
}

/// Printed on slips and kept in the first entry of every journal.
let softwareVersion = "village-kiosk 0.1"
