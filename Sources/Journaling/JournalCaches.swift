import Foundation
import GRDB
import Pricing
import Settling
import Vocabulary

// Every table but the truth is a cache: filled as entries are appended, dropped and filled again by
// `rebuild`, which must change nothing.
extension Journal {
    func cache(_ entry: Entry, _ db: Database) throws {
        let sequence = entry.header.sequence
        let reader = reader(db)
        try db.cachedStatement(sql: "INSERT INTO day_of (day, kind, seq) VALUES (?, ?, ?)")
            .execute(arguments: [entry.header.day.description, entry.header.kind, sequence])
        if let identity = entry.fact.identity {
            try db.cachedStatement(sql: "INSERT INTO identity_of (identity, seq) VALUES (?, ?)")
                .execute(arguments: [reader.mark(identity, .identity), sequence])
        }
        for person in Set(entry.fact.persons) {
            try db.cachedStatement(sql: "INSERT INTO about (person, seq) VALUES (?, ?)")
                .execute(arguments: [reader.mark(person.rawValue, .person), sequence])
        }
        switch entry.fact {
        case .visitVoid(let void): try markVoided(void.voids, by: sequence, db)
        case .contributionVoid(let void): try markVoided(void.voids, by: sequence, db)
        case .contribution(let receipt):
            try db.cachedStatement(sql: "INSERT INTO receipt (number, seq) VALUES (?, ?)")
                .execute(arguments: [receipt.number, sequence])
        default: break
        }
    }

    private func markVoided(_ voided: Int, by sequence: Int, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO voided (seq, by_seq) VALUES (?, ?)")
            .execute(arguments: [voided, sequence])
    }

    /// Drops every cache and replays the journal.
    ///
    /// - Returns: whether the caches were as the replay made them; false means a fault was mended.
    @discardableResult
    public func rebuild() throws -> Bool {
        try database.writeDurably { db in
            let before = try cacheContents(db)
            for table in JournalSchema.cacheTables { try db.execute(sql: "DELETE FROM \(table)") }
            try fillCaches(db)
            return try cacheContents(db) == before
        }
    }

    func fillCaches(_ db: Database) throws {
        let reader = reader(db)
        var sequence = 0
        while case let entries = try reader.entries(after: sequence, limit: 500), !entries.isEmpty {
            for entry in entries { try cache(entry, db) }
            sequence += entries.count
        }
    }

    private func cacheContents(_ db: Database) throws -> [[Row]] {
        try JournalSchema.cacheTables.map { table in
            try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY 1, 2")
        }
    }

    /// Keeps a verified acknowledgement; the caller has checked its signature and head.
    public func keep(acknowledgement statement: [UInt8], through: Int) throws {
        try database.writeDurably { db in
            try db.execute(
                sql: "INSERT INTO acknowledgement (through, statement) VALUES (?, ?)",
                arguments: [through, Data(statement)])
        }
    }

    /// Signs the present head and keeps the checkpoint.
    public func checkpoint(at: Instant, key: DeviceKey) throws -> Checkpoint {
        try database.writeDurably { db in
            let head = try reader(db).head()
            let checkpoint = try Checkpoint(
                kiosk: kiosk, sequence: head.sequence, head: head.hash, at: at, key: key)
            try db.execute(
                sql: "INSERT INTO checkpoint (seq, statement) VALUES (?, ?)",
                arguments: [head.sequence, Data(try CompactJSON.encode(checkpoint))])
            return checkpoint
        }
    }

    /// What a full check of the file found.
    public struct Verification: Sendable {
        public var head = Head.empty
        public var checkpoints = 0
        public var acknowledgedThrough = 0
        /// Each fault in a sentence that names the entry; empty for a sound journal.
        public var faults: [String] = []
    }

    /// Checks every hash, checkpoint, acknowledged range and sum.
    ///
    /// - Parameter publicKey: the device's key; checkpoints are checked against it.
    public func verify(publicKey: [UInt8]) throws -> Verification {
        try database.read { db in
            var result = Verification()
            let integrity = try String.fetchOne(db, sql: "PRAGMA integrity_check") ?? "no answer"
            if integrity != "ok" { result.faults.append("SQLite: \(integrity)") }
            try verifyChain(db, &result)
            try verifyCheckpoints(db, publicKey, &result)
            result.acknowledgedThrough = try reader(db).acknowledged().through
            if result.acknowledgedThrough > result.head.sequence {
                result.faults.append(
                    "acknowledged through \(result.acknowledgedThrough), "
                        + "but the journal ends at \(result.head.sequence)")
            }
            return result
        }
    }

    private func verifyChain(_ db: Database, _ result: inout Verification) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM entry ORDER BY seq")
        let reader = reader(db)
        while let row = try rows.next() {
            let sequence = row["seq"] as Int
            if sequence != result.head.sequence + 1 {
                result.faults.append("entry \(sequence) follows \(result.head.sequence)")
            }
            guard let bytes = try? reader.bytes(row) else {
                result.faults.append("entry \(sequence): the seal does not open")
                result.head = Head(
                    sequence: sequence, hash: Fingerprint(bytes: row["hash"] as Data) ?? .zero)
                continue
            }
            let hash = Entry.hash(bytes, after: result.head.hash)
            if hash.bytes != Array(row["hash"] as Data) {
                result.faults.append("entry \(sequence): the bytes do not give the stored hash")
            }
            do {
                let entry = try Entry(bytes: bytes, after: result.head.hash)
                result.faults += entry.inconsistencies(as: kiosk, sequence: sequence)
            } catch {
                result.faults.append("entry \(sequence): \(error)")
            }
            result.head = Head(sequence: sequence, hash: hash)
        }
    }

    private func verifyCheckpoints(
        _ db: Database, _ publicKey: [UInt8], _ result: inout Verification
    ) throws {
        let reader = reader(db)
        for statement in try Data.fetchAll(db, sql: "SELECT statement FROM checkpoint") {
            let checkpoint = try CompactJSON.decode(Checkpoint.self, from: statement)
            result.checkpoints += 1
            if !checkpoint.isSigned(by: publicKey) {
                result.faults.append("checkpoint at \(checkpoint.sequence): signature is not ours")
            }
            if try reader.hash(at: checkpoint.sequence) != checkpoint.head {
                result.faults.append("checkpoint at \(checkpoint.sequence): head differs")
            }
        }
    }
}

extension Entry {
    /// What does not agree inside the entry, in sentences.
    public func inconsistencies(as kiosk: KioskID, sequence: Int) -> [String] {
        var faults: [String] = []
        if header.kiosk != kiosk { faults.append("entry \(sequence) names kiosk \(header.kiosk)") }
        if header.sequence != sequence {
            faults.append("entry \(sequence) calls itself \(header.sequence)")
        }
        if !fact.balances { faults.append("entry \(sequence): the amounts do not sum") }
        return faults
    }
}

extension Fact {
    /// Whether the money in the fact sums as it must.
    public var balances: Bool {
        switch self {
        case .visit(let visit):
            visit.amounts.agree && visit.tenders.values.sum() == visit.amounts.personPart
                && agree(visit.tenders, visit.settles, visit.family)
        case .visitVoid(let void):
            void.amounts.agree && void.tenders.values.sum() == void.amounts.personPart
                && agree(void.tenders, void.settles, void.family)
        case .contribution(let receipt):
            receipt.lines.sum { $0.paid } == receipt.total
                && receipt.tenders.values.sum() == receipt.total
        case .dayClose(let close):
            close.counted - (close.expected["cash"] ?? .zero) == close.difference
        default: true
        }
    }

    /// What stands beside the tenders is what the settled sums, and the relatives' parts, come to.
    private func agree(
        _ tenders: [String: Money], _ settles: [OwedSum]?, _ family: [FamilyPayment]?
    ) -> Bool {
        tenders[Settlement.owedWord] == settles?.total
            && tenders[Settlement.familyWord] == family?.total
    }
}

extension Journal {
    /// Caps the size of the file; a test fills a small disk with it.
    package func limitPages(to pages: Int) throws {
        try database.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA max_page_count=\(pages)")
        }
    }
}
