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
    nonisolated let journal: Journal
    nonisolated let shelf: Shelf
    nonisolated let key: DeviceKey
    nonisolated let clock: Clock
    nonisolated let randomness: Randomness
    /// What the kiosk prices with; read again whenever a bulletin was taken over.
    var policy: HeldPolicy
    /// Where it stands; the county may move it or give it new receipt blocks.
    var assignment: DeskAssignment
    var attempts: [String: PINAttempts] = [:]

    init(
        provision: Provision, folder: String, clock: Clock, randomness: Randomness
    ) throws {
        self.provision = provision
        self.clock = clock
        self.randomness = randomness
        journal = try Journal(path: folder + "/journal.sqlite", kiosk: provision.desk.kiosk)
        shelf = try Shelf(path: folder + "/shelf.sqlite")
        key = try DeviceKey.kept(at: folder + "/device.key", randomness: randomness)
        policy = try HeldPolicy(shelf)
        assignment = try Desk.assignment(shelf, provision)
        if try journal.head().sequence == 0 {
            let opening = Opening(
                publicKey: hex(key.publicKey), institution: provision.desk.institution,
                county: provision.trust.county, software: softwareVersion)
            let now = clock.now()
            try journal.append(
                .opened(opening), Journal.Stamp(at: now, day: now.day, by: "", session: ""))
        }
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
    func refresh() throws {
        policy = try HeldPolicy(shelf)
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
