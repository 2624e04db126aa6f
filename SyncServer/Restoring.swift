import Foundation
import GRDB
import Hosting
import Journaling
import Syncing
import Vocabulary

// A backup is one file: the county's database, and in a table of its own what else the office cannot
// be made again without: its keys and its own journal.

extension Office {
    /// Writes everything a new machine needs while the server runs on.
    ///
    /// The file holds the service key: it is readable by the owner alone.
    func backup(to path: String) throws {
        guard let store = store as? SQLiteStore else {
            throw OfficeFault.serverKeepsBackups
        }
        let beside = path + ".journal"
        defer { try? FileManager.default.removeItem(atPath: beside) }
        do {
            try writeFile(path, [], secret: true)
            try store.copy(to: path)
            try journal.copy(to: beside)
            var files = [journalFile: try readFile(beside, limit: Int.max)]
            let keys = folder + "/keys"
            for name in try FileManager.default.contentsOfDirectory(atPath: keys) {
                files["keys/" + name] = try readFile(keys + "/" + name)
            }
            try keep(files, in: path)
        } catch {
            // Half a backup must never be taken for a whole one.
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    private func keep(_ files: [String: [UInt8]], in path: String) throws {
        let copy = try DatabaseQueue(path: path)
        try copy.write { db in
            try db.execute(
                sql: "CREATE TABLE kept_file (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT")
            for (name, bytes) in files {
                try db.execute(
                    sql: "INSERT INTO kept_file VALUES (?, ?)", arguments: [name, Data(bytes)])
            }
        }
        try copy.close()
    }
}

/// Puts a backup in the place of an office's database; works on an empty folder and beside a database
/// that cannot be read.
///
/// Keys and the office's own journal that are there stay, since they may be newer; what is missing
/// comes from the backup. Kiosks send again what the backup lacks.
///
/// - Parameter now: numbers the bulletins that come after it, so that none has a number of those
///   that the backup does not know.
/// - Returns: where the database before was moved, if there was one.
/// - Throws: ``OfficeFault/anotherJournal`` where the office's journal that is there was continued
///   from another backup; nothing is changed then.
@discardableResult
func restoreOffice(from file: String, into folder: String, at now: Instant) throws -> String? {
    let place = folder + "/county.sqlite"
    let files = FileManager.default
    try makeFolder(folder + "/keys")
    try refuseWhileServed(place)
    let fresh = place + ".restoring"
    removeDatabase(fresh)
    try writeFile(fresh, try readFile(file, limit: Int.max))
    let kept = try takeKeptFiles(of: fresh)
    let missing = try kept.filter { try isMissing($0.key, in: folder, besides: $0.value) }
    for (name, bytes) in missing {
        // The office's own journal is the backup's too: so are the rights that it gave since.
        if name == journalFile { try RightsMark(folder).set() }
        try writeFile(folder + "/" + name, bytes, secret: true)
    }
    let areRightsForgotten = RightsMark(folder).isSet
    try SQLiteStore(path: fresh).write { session in
        try session.noteSetBack(at: now)
        if areRightsForgotten { try session.put(note: rightsForgotten, Array("1".utf8)) }
    }
    let aside = try putAside(place)
    try files.moveItem(atPath: fresh, toPath: place)
    return aside
}

/// Removes what an attempt left behind. A log goes first: it would be read into another database.
private func removeDatabase(_ path: String) {
    for suffix in ["-wal", "-shm", ""] {
        try? FileManager.default.removeItem(atPath: path + suffix)
    }
}

/// - Returns: where the database that is there was moved, if there is one.
private func putAside(_ place: String) throws -> String? {
    let files = FileManager.default
    guard files.fileExists(atPath: place) else { return nil }
    let number = (1...).first { !files.fileExists(atPath: "\(place).before-restore-\($0)") }
    let moved = "\(place).before-restore-\(number ?? 1)"
    try files.moveItem(atPath: place, toPath: moved)
    for suffix in ["-wal", "-shm"] where files.fileExists(atPath: place + suffix) {
        try files.moveItem(atPath: place + suffix, toPath: moved + suffix)
    }
    return moved
}

private let journalFile = "journal.sqlite"

/// Whether a file comes from the backup: one that is there stays, but for an own journal of which the
/// backup has more, as after an older backup that was put back by mistake.
private func isMissing(_ name: String, in folder: String, besides kept: [UInt8]) throws -> Bool {
    let (path, files) = (folder + "/" + name, FileManager.default)
    guard files.fileExists(atPath: path) else { return true }
    guard name == journalFile, let kiosk = try? Journal.owner(path: path) else { return false }
    let beside = path + ".kept"
    removeDatabase(beside)
    defer { removeDatabase(beside) }
    try writeFile(beside, kept, secret: true)
    let (own, its) = (
        try Journal(path: path, kiosk: kiosk), try Journal(path: beside, kiosk: kiosk)
    )
    if try own.holds(its.head()) { return false }
    guard try its.holds(own.head()) else { throw OfficeFault.anotherJournal }
    return true
}

extension Journal {
    /// Whether it has all of a journal that ends there.
    fileprivate func holds(_ head: Head) throws -> Bool {
        try read { try $0.hash(at: head.sequence) } == head.hash
    }
}

/// A file that is damaged, or no database at all, may be replaced; one in use may not.
private func refuseWhileServed(_ place: String) throws {
    guard FileManager.default.fileExists(atPath: place) else { return }
    do { _ = try SQLiteStore(path: place) } catch let fault as Journal.Fault {
        if case .inUse = fault { throw fault }
    } catch {}
}

/// Takes the other files out of a backup and leaves a database ready for work.
private func takeKeptFiles(of path: String) throws -> [String: [UInt8]] {
    let copy = try DatabaseQueue(path: path)
    let found = try copy.write { db -> [String: [UInt8]] in
        guard try db.tableExists("journal") else {
            throw FileFault(path: path, message: "is no backup of a county")
        }
        guard try db.tableExists("kept_file") else { return [:] }
        let rows = try Row.fetchAll(db, sql: "SELECT name, bytes FROM kept_file")
        let files = Dictionary(
            uniqueKeysWithValues: rows.map {
                ($0["name"] as String, Array($0["bytes"] as Data))
            })
        try db.execute(sql: "DROP TABLE kept_file")
        return files.filter { name, _ in
            name == journalFile || (name.hasPrefix("keys/") && !name.contains(".."))
        }
    }
    try copy.close()
    return found
}

extension Office {
    /// Notes that something else put this database back: a PostgreSQL server's own tools, or a hand.
    func noteSetBack() throws {
        let written = try journal.head().sequence
        try store.write { session in
            try session.noteSetBack(at: clock.now())
            // An own journal that says no more than the database has forgotten as much.
            let stored = try session.journal(journal.kiosk)?.through ?? 0
            if written <= stored { try RightsMark(folder).set() }
            if RightsMark(folder).isSet {
                try session.put(note: rightsForgotten, Array("1".utf8))
            }
        }
    }

    /// Takes back a device that this county once knew and, set back to an older backup, has
    /// forgotten: its own signed word says who the device is.
    ///
    /// - Returns: `nil` where there is no such word, it is not ours, or speaks of another.
    func remember(_ registration: Registration) throws -> StoredJournal? {
        guard let statement = registration.acknowledgement,
            let word = try? Acknowledgement(
                bytes: Array(statement.utf8), for: registration.kiosk, trust: trust),
            let device = word.device, device.publicKey == registration.publicKey
        else { return nil }
        return StoredJournal(
            kiosk: registration.kiosk, institution: device.institution, name: device.name,
            publicKey: device.publicKey, oneTimeCode: "", revoked: false, through: 0, head: .zero,
            blocks: String(decoding: try CompactJSON.encode(device.blocks), as: UTF8.self))
    }
}
