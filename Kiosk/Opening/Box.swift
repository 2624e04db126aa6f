import Collecting
import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

/// Opens what a device keeps on its disk: key, journal, shelf.
///
/// A damaged file is set aside and the work goes on in a new one. A key that does not fit is asked
/// for. A file that is gone is told. Nothing is ever created silently in place of something else.
struct Box {
    let folder: String
    let device: KioskID
    let clock: Clock
    /// Receipt blocks as the device was provisioned with; only asked where nothing else is known.
    let blocks: [ReceiptBlock]
    let mayChange: Bool
    var lineage: Lineage
    var keys: DataKeys
    /// What was set aside by this opening.
    var told: [Aside] = []
    /// Entries held and signed for of the journal that is being set aside.
    var counted: (entries: Int, signed: Int)?
    let receiptsAreKnown: Bool
    /// A damaged journal stays open until it was moved: SQLite, which sees that it moved, then
    /// leaves file and log as they are.
    private var damaged: Journal?

    /// - Parameters:
    ///   - credentials: the folder of the operating system's credential store, where there is one.
    ///   - mayChange: whether damaged files are set aside; a look around only throws.
    ///   - mayMakeKey: whether a missing key is made anew, which gives up what it sealed.
    init(
        provision: Provision, folder: String, credentials: String?, clock: Clock,
        randomness: Randomness, mayChange: Bool = true, mayMakeKey: Bool = false
    ) throws {
        self.folder = folder
        device = provision.desk.kiosk
        blocks = provision.desk.blocks
        self.clock = clock
        self.mayChange = mayChange
        let kept = try Lineage.read(in: folder)
        receiptsAreKnown = kept != nil || !exists(folder + "/device.key")
        // A device that has its own key has been at work before.
        lineage = kept ?? Box.guessed(in: folder)
        if let found = try DataKeys.find(in: folder, credentials: credentials) {
            keys = found
        } else {
            // Whoever has a lineage had a key: it is asked for, never made again.
            guard kept == nil || mayMakeKey, mayChange else {
                throw DataKeys.Fault.missing(path: folder + "/" + DataKeys.name)
            }
            keys = try DataKeys.make(in: folder, randomness: randomness)
        }
        guard mayChange else { return }
        if kept == nil { try lineage.write(in: folder) }
        try finishMove()
    }

    /// What the folder shows of its past where the lineage is gone, or was not kept yet.
    ///
    /// A number guessed too low is a fork, which the county finds and keeps.
    private static func guessed(in folder: String) -> Lineage {
        guard exists(folder + "/device.key") else { return Lineage() }
        let files = try? FileManager.default.contentsOfDirectory(atPath: asideFolder(in: folder))
        let asides = (files ?? []).filter { $0.hasSuffix("-journal.sqlite") }.count
        let owner = try? Journal.owner(path: folder + "/journal.sqlite")
        let number = max(owner?.journal ?? 1, asides + 1)
        return Lineage(journal: number, begun: number)
    }

    private var path: String { folder + "/journal.sqlite" }

    private func holdsAnything(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0 > 0
    }

    /// The journal, sound and sealed with the key in use; a new one where the old is damaged or
    /// gone.
    mutating func openJournal() throws -> Journal {
        do {
            let journal = try foundTwice { try sound() }
            if lineage.begun < lineage.journal, mayChange {
                lineage.begun = lineage.journal
                try lineage.write(in: folder)
            }
            return journal
        } catch let fault as Journal.Fault where fault.isDamage && mayChange {
            try setAside("journal", holdsAnything(path) ? .damaged : .lost, "\(fault)")
            let journal = try sound()
            lineage.begun = lineage.journal
            try lineage.write(in: folder)
            return journal
        }
    }

    private mutating func sound() throws -> Journal {
        damaged = nil
        guard let name = device.journal(lineage.journal) else {
            throw Journal.Fault.damaged(path: path, reason: "too many journals")
        }
        let mayCreate = lineage.begun < lineage.journal && mayChange
        // SQLite would put an empty database in the place of one that is gone.
        guard mayCreate || holdsAnything(path) else {
            throw Journal.Fault.damaged(path: path, reason: "the file is gone or empty")
        }
        let journal = try Journal(
            path: path, kiosk: name, keys: keys.keys, mayCreate: mayCreate)
        // An earlier journal put back in the place of the one in use would fork when it went on.
        guard journal.kiosk == name else {
            throw Journal.Fault.otherKiosk(expected: name, found: journal.kiosk.rawValue)
        }
        damaged = journal
        counted = try? journal.read { (try $0.head().sequence, try $0.acknowledged().through) }
        try journal.requireSound()
        damaged = nil
        return journal
    }

    /// What the county published, sealed; an empty shelf where the old is damaged or gone, to be
    /// filled by the next bulletin.
    mutating func openShelf() throws -> Shelf {
        let path = folder + "/shelf.sqlite"
        func sound(_ mayCreate: Bool) throws -> Shelf {
            guard mayCreate || holdsAnything(path) else {
                throw Journal.Fault.damaged(path: path, reason: "the file is gone or empty")
            }
            let shelf = try Shelf(path: path, keys: keys.keys, mayCreate: mayCreate)
            try shelf.requireSound()
            return shelf
        }
        // A shelf is a cache: an older device's may be absent without anything being lost.
        do {
            let mayCreate = !lineage.shelfBegun && mayChange
            return try begunShelf(try foundTwice { try sound(mayCreate) })
        } catch let fault as Journal.Fault where fault.isDamage && mayChange {
            counted = nil
            try setAside("shelf", holdsAnything(path) ? .damaged : .lost, "\(fault)")
            return try begunShelf(try sound(true))
        }
    }

    private mutating func begunShelf(_ shelf: Shelf) throws -> Shelf {
        if !lineage.shelfBegun, mayChange {
            lineage.shelfBegun = true
            try lineage.write(in: folder)
        }
        return shelf
    }

    /// The key in use.
    var key: DataKey {
        guard let key = keys.keys.first else { preconditionFailure("a device has a data key") }
        return key
    }

    /// Ends what a change of key may have left undone, journal and shelf being open already.
    mutating func finishResealing(device: DeviceKey) throws {
        guard mayChange else { return }
        try InheritedJournal(folder: folder, keys: keys.keys).reseal(device: device)
        try forgetOldKeys()
    }

    /// Takes older keys out of the key's file once nothing on the disk needs them.
    ///
    /// Files that were set aside stay sealed as they were, so their keys stay too.
    mutating func forgetOldKeys() throws {
        guard mayChange, keys.keys.count > 1, lineage.asides.isEmpty,
            case .file(let path) = keys.source
        else { return }
        keys.keys = Array(keys.keys.prefix(1))
        try keys.write(to: path)
    }

    /// What the first entry of a new journal says of the one before it.
    var follows: Opening.Follows? {
        guard let last = lineage.asides.last(where: { $0.what == "journal" }),
            let name = device.journal(last.journal)
        else { return nil }
        return Opening.Follows(kiosk: name, through: last.entries, reason: last.reason.rawValue)
    }

    /// Notes how far the journal has used its receipts, for the day it can no longer be asked.
    mutating func carryReceipts(of journal: Journal, _ blocks: [ReceiptBlock]) throws {
        var carried = lineage
        for block in blocks {
            let last = try journal.read { try $0.lastReceipt(in: block.first...block.last) }
            let key = Lineage.key(of: block)
            if let last { carried.used[key] = max(last, carried.used[key] ?? 0) }
        }
        guard carried != lineage, mayChange else { return }
        lineage = carried
        try lineage.write(in: folder)
    }

    /// Notes a receipt number before it is written into the journal.
    mutating func reserve(_ number: Int, in block: ReceiptBlock) throws {
        let key = Lineage.key(of: block)
        guard lineage.used[key] ?? 0 < number else { return }
        lineage.used[key] = number
        try lineage.write(in: folder)
    }
}

/// A disk that fails one read may give the next: damage is what is found twice.
private func foundTwice<Opened>(_ open: () throws -> Opened) throws -> Opened {
    do { return try open() } catch let fault as Journal.Fault where fault.isDamage {
        return try open()
    }
}
