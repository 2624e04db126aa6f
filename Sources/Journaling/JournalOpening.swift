import Foundation
import GRDB
import Vocabulary

// What is found in a file before it is believed to be this device's journal.
extension Journal {
    struct Opened {
        let kiosk: KioskID
        let sealer: Sealer?
        /// Written by an earlier version: to be carried over.
        var isOlder = false
    }

    static func open(
        _ db: Database, _ path: String, _ kiosk: KioskID, _ keys: [DataKey], _ mayCreate: Bool
    ) throws -> Opened {
        guard try db.tableExists("journal") else {
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            guard mayCreate, tables == 0 else {
                throw Fault.damaged(path: path, reason: "no journal in the file")
            }
            let key = keys.first.map { Data($0.check) }
            try JournalSchema.create(db, kiosk: kiosk.rawValue, key: key)
            return Opened(kiosk: kiosk, sealer: keys.first.map { sealer($0, kiosk) })
        }
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM journal"),
            let name = row["kiosk"] as String?, let format = row["format"] as Int?
        else { throw Fault.damaged(path: path, reason: "no owner recorded") }
        guard format <= JournalSchema.version else { throw Fault.newerFormat(format) }
        guard let owner = KioskID(rawValue: name), owner.device == kiosk.device else {
            throw Fault.otherKiosk(expected: kiosk, found: name)
        }
        guard let check = row["key"] as Data? else {
            return Opened(kiosk: owner, sealer: nil, isOlder: format < JournalSchema.version)
        }
        guard !keys.isEmpty else { throw Fault.keyMissing(path: path) }
        if let key = keys.first(where: { Data($0.check) == check }) {
            return Opened(kiosk: owner, sealer: sealer(key, owner))
        }
        // A key that opens an entry is the right one, and it is the file that is at fault.
        guard try keys.contains(where: { try opensLatest(db, sealer($0, owner)) }) else {
            throw Fault.keyDiffers(path: path)
        }
        throw Fault.damaged(path: path, reason: "the key's mark was changed")
    }

    static func sealer(_ key: DataKey, _ kiosk: KioskID) -> Sealer {
        Sealer(key, database: "journal", owner: kiosk.rawValue)
    }

    private static func opensLatest(_ db: Database, _ sealer: Sealer) throws -> Bool {
        let reader = JournalReader(db: db, sealer: sealer)
        let rows = try Row.fetchAll(db, sql: "SELECT * FROM entry ORDER BY seq DESC LIMIT 3")
        return rows.contains { (try? reader.bytes($0)) != nil }
    }

    /// Reads the whole file once: its pages, every seal, every hash.
    ///
    /// Done at every opening, since damage found while a patient waits comes too late; 20,000
    /// entries, a clinic's year, are a fifth of a second.
    ///
    /// - Throws: ``Fault/damaged(path:reason:)`` with the first place that is not as it was.
    public func requireSound() throws {
        func damaged(_ reason: String) -> Fault { .damaged(path: database.path, reason: reason) }
        do {
            try database.read { db in
                let pages = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
                guard pages == "ok" else { throw damaged(pages) }
                let reader = reader(db)
                let rows = try Row.fetchCursor(db, sql: "SELECT * FROM entry ORDER BY seq")
                var head = Head.empty
                while let row = try rows.next() {
                    let hash = Entry.hash(try reader.bytes(row), after: head.hash)
                    head = Head(sequence: head.sequence + 1, hash: hash)
                    guard row["seq"] as Int == head.sequence,
                        row["hash"] as Data == Data(hash.bytes)
                    else {
                        throw damaged("entry \(head.sequence) is not as it was written")
                    }
                }
                guard try reader.acknowledged().through <= head.sequence else {
                    throw damaged(
                        "the journal ends at \(head.sequence), before what was signed for")
                }
            }
        } catch {
            throw Fault(error, path: database.path)
        }
    }

    /// Entry after entry from the first until one does not open or does not follow.
    public func readableEntries() -> [Entry] {
        var entries: [Entry] = []
        while let next = try? read({ try $0.entries(after: entries.count, limit: 1) }).first,
            next.header.kiosk == kiosk, next.header.sequence == entries.count + 1,
            (try? read { try $0.hash(at: entries.count + 1) }) == next.hash
        {
            entries.append(next)
        }
        return entries
    }

    /// What the system gives us of what was asked for when the file was opened.
    public func durability() throws -> (synchronous: Int, mode: String) {
        try database.inDatabase { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1,
                try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? ""
            )
        }
    }
}
