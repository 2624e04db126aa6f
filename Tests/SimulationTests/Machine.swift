import BrokenDisk
import Foundation
import Hosting
import Journaling
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk

/// The wall clock and the running of one machine, apart from the true time.
final class MachineClock: @unchecked Sendable {
    private let lock = NSLock()
    private let truth: Clock
    private var offset = 0
    private var boot = 0
    private var since: Instant

    init(_ truth: Clock) {
        self.truth = truth
        since = truth.now()
    }

    /// Seconds the wall clock is ahead.
    var ahead: Int { lock.withLock { offset } }
    func set(ahead seconds: Int) { lock.withLock { offset = seconds } }
    /// What it really is.
    var truly: Instant { truth.now() }

    func start() {
        lock.withLock {
            boot += 1
            since = truth.now()
        }
    }

    var wall: Clock { Clock { self.truth.now().adding(seconds: self.ahead) } }

    var uptime: Uptime {
        lock.withLock {
            Uptime(
                boot: "\(boot)", milliseconds: truth.now().milliseconds - since.milliseconds)
        }
    }
}

/// A box in a clinic or at a township desk: its folder, and the program while it runs.
final class Machine {
    let provision: Provision
    var folder: String
    let clock: MachineClock
    let isDesk: Bool
    private(set) var desk: Desk?
    var session: Session?
    /// What the auditor knows that this box wrote, by number.
    var chain = Chain()
    /// A copy of the disk with the auditor's knowledge of it.
    var image: (folder: String, chain: Chain, aheadAtContact: Int)?
    /// How far the wall clock was ahead when the county was last heard.
    var aheadAtContact = 0
    /// Somebody has set the wall clock since.
    var isClockTouched = false
    /// The machine started with a clock nobody could know to be wrong: so may its day be.
    var isDayUnsure = true
    /// When the box last knew what day it was: it heard the county, or wrote something down.
    var knewAt: Instant
    /// How long it may have been off, in seconds, until somebody must say what day it is; a few
    /// minutes less, which a box may forget.
    private let longestOff: Int
    /// The last thing a person was handed: an entry and the step that made it.
    var lastBill: Entry?

    init(
        _ provision: Provision, _ folder: String, _ clock: MachineClock, longestOff: Int
    ) {
        self.provision = provision
        self.folder = folder
        self.clock = clock
        self.longestOff = longestOff - 900
        knewAt = clock.truly
        isDesk = provision.desk.kiosk.rawValue.hasPrefix("T")
    }

    func start(_ randomness: Randomness) throws {
        let clock = clock
        clock.start()
        let isLong = clock.truly.seconds(since: knewAt) > longestOff
        if isLong || isClockTouched || clock.ahead != aheadAtContact { isDayUnsure = true }
        desk = try Desk(
            provision: provision, folder: folder, clock: clock.wall, randomness: randomness,
            uptime: { clock.uptime })
    }

    /// The county has answered, and told the time with it.
    func heard() {
        (isDayUnsure, isClockTouched, aheadAtContact) = (false, false, clock.ahead)
        knewAt = clock.truly
    }

    /// Ends the program; what it had open is closed when this returns.
    func stop() async {
        weak let gone = desk
        desk = nil
        while gone != nil { await Task.yield() }
    }

    var running: Desk {
        get throws {
            guard let desk else { throw NotRunning() }
            return desk
        }
    }

    func signedIn() throws -> Session {
        guard let session else { throw NotRunning() }
        return session
    }

    /// What the machine finds after a power cut, with the files that no database is.
    func leave(_ disk: FaultDisk, _ survival: FaultDisk.Survival, in other: String) throws {
        let files = FileManager.default
        try files.createDirectory(atPath: other, withIntermediateDirectories: true)
        try disk.remains(survival, in: other)
        // The disk knows these only as they were when it was mounted; they are flushed at once.
        for name in try files.contentsOfDirectory(atPath: folder) where !name.contains(".sqlite") {
            let copy = other + "/" + name
            if files.fileExists(atPath: copy) { try files.removeItem(atPath: copy) }
            try files.copyItem(atPath: folder + "/" + name, toPath: copy)
        }
    }

    struct NotRunning: Error {}
}
