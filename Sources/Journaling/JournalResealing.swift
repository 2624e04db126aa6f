import Foundation
import GRDB
import Synchronization
import Vocabulary

/// Writes a file anew after its seal was changed, so that nothing of its former content is left in
/// free pages or in the log.
///
/// That it is due is kept in the file's own `user_version`, set by the transaction that changed the
/// seal, so that a power cut in between forgets nothing. What a flash disk keeps of pages it has
/// moved is beyond any program.
public enum Scrub {
    /// Called inside the transaction that changes the seal.
    public static func mark(_ db: Database) throws {
        try db.execute(sql: "PRAGMA user_version = 1")
    }

    public static func run(_ database: DatabaseQueue) throws {
        try database.inDatabase { db in
            guard try Int.fetchOne(db, sql: "PRAGMA user_version") != 0 else { return }
            try db.execute(sql: "VACUUM")
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            try db.execute(sql: "PRAGMA user_version = 0")
        }
    }
}

extension Journal {
    /// Seals every entry anew with another key, in one durable transaction: before it the file
    /// opens with the old key alone, after it with the new one alone, whenever the power goes.
    ///
    /// A file of version 1, which knew no key and named identities and people in its caches, is
    /// carried over in the same transaction.
    ///
    /// - Parameter key: `nil` leaves a journal in clear as it is; a sealed one is never opened up.
    public func reseal(with key: DataKey?) throws {
        try database.inDatabase { db in
            let old = reader(db)
            do {
                try db.execute(sql: "PRAGMA secure_delete = ON")
                try db.inTransaction {
                    try reseal(db, from: old, with: key)
                    return .commit
                }
            } catch {
                seal.withLock { $0 = old.sealer }
                throw error
            }
        }
        try Scrub.run(database)
    }

    private func reseal(_ db: Database, from old: JournalReader, with key: DataKey?) throws {
        try JournalSchema.withoutGuards(db) {
            if try Int.fetchOne(db, sql: "SELECT format FROM journal") == 1 {
                try db.execute(sql: "ALTER TABLE journal ADD COLUMN key BLOB")
                try db.execute(sql: "UPDATE journal SET format = 2")
            }
            guard let key else { return }
            let sealer = Journal.sealer(key, kiosk)
            try write(db, from: old, with: sealer)
            seal.withLock { $0 = sealer }
        }
        try JournalSchema.createCachesAnew(db)
        try fillCaches(db)
        try Scrub.mark(db)
    }

    private func write(_ db: Database, from old: JournalReader, with sealer: Sealer) throws {
        let update = try db.makeStatement(
            sql: "UPDATE entry SET sealed = 1, bytes = ? WHERE seq = ?")
        var sequence = 0
        while case let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM entry WHERE seq > ? ORDER BY seq LIMIT 500",
            arguments: [sequence]), let last = rows.last
        {
            for row in rows {
                let place = row["seq"] as Int
                let sealed = try sealer.seal(try old.bytes(row), at: "\(place)")
                try update.execute(arguments: [sealed, place])
            }
            sequence = last["seq"]
        }
        try db.execute(
            sql: "UPDATE journal SET key = ?", arguments: [Data(sealer.key.check)])
    }
}
