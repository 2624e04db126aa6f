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
    try makeFolder(folder + "/keys")
    try refuseWhileServed(place)
    let fresh = place + ".restoring"
    try writeDatabase(fresh, try readFile(file, limit: Int.max))
    let kept = try takeKeptFiles(of: fresh)
    let missing = try kept.filter { try isMissing($0.key, in: folder, besides: $0.value) }
    for (name, bytes) in missing {
        let path = folder + "/" + name
        guard name == journalFile else {
            try writeFile(path, bytes, secret: true)
            continue
        }
        // The office's own journal is the backup's too: so are the rights that it gave since.
        try RightsMark(folder).set()
        try writeDatabase(path, bytes)
    }
    try SQLiteStore(path: fresh).write { try $0.noteSetBack(at: now, RightsMark(folder)) }
    let aside = try putAside(place)
    try moveFile(fresh, place)
    return aside
}

/// What lies beside a database, and goes first: it would be read into whatever takes the place.
private let logs = ["-wal", "-shm"]

/// Writes a database where one that was lost, or an attempt that was cut off, may have left its log.
private func writeDatabase(_ path: String, _ bytes: [UInt8]) throws {
    for suffix in logs { try? FileManager.default.removeItem(atPath: path + suffix) }
    try writeFile(path, bytes, secret: true)
}

/// - Returns: where the database that is there was moved, if there is one.
private func putAside(_ place: String) throws -> String? {
    let isThere = exists(place)
    let free = (1...).lazy.map { "\(place).before-restore-\($0)" }
        .first { moved in !(logs + [""]).contains { exists(moved + $0) } }
    guard let free else { return nil }
    for suffix in logs + [""] where exists(place + suffix) {
        try moveFile(place + suffix, free + suffix)
    }
    return isThere ? free : nil
}

private let journalFile = "journal.sqlite"

/// Whether a file comes from the backup: one that is there stays, but for an own journal of which the
/// backup has more, as after an older backup that was put back by mistake.
private func isMissing(_ name: String, in folder: String, besides kept: [UInt8]) throws -> Bool {
    let path = folder + "/" + name
    guard exists(path) else { return true }
    guard name == journalFile, let kiosk = try? Journal.owner(path: path) else { return false }
    let beside = path + ".kept"
    defer {
        for suffix in logs + [""] { try? FileManager.default.removeItem(atPath: beside + suffix) }
    }
    try writeDatabase(beside, kept)
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
    guard exists(place) else { return }
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
            // An own journal that says no more than the database has forgotten as much.
            let stored = try session.journal(journal.kiosk)?.through ?? 0
            if written <= stored { try RightsMark(folder).set() }
            try session.noteSetBack(at: clock.now(), RightsMark(folder))
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
