import Foundation
import GRDB
import Identifying
import Journaling
import Pricing
import Synchronization
import Syncing
import Vocabulary

// Which key a shelf was sealed with, and sealing it with another.
extension Shelf {
    /// How the rows of a file are read before they are sealed anew.
    enum Former {
        /// Version 1: rows in clear.
        case clear
        case sealed(Sealer)
    }

    /// - Returns: how the rows are to be read, where they are not sealed with the first key.
    static func open(
        _ db: Database, _ path: String, _ keys: [DataKey], _ mayCreate: Bool
    ) throws -> Former? {
        try addColumns(db)
        if try !db.tableExists("keeping") {
            if try db.tableExists("member") { return .clear }
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            guard mayCreate, tables == 0 else {
                throw Journal.Fault.damaged(path: path, reason: "no shelf in the file")
            }
            try db.execute(sql: ShelfSchema.tables)
            try db.execute(sql: ShelfSchema.people)
            try stamp(db, keys[0])
            return nil
        }
        guard let row = try Row.fetchOne(db, sql: "SELECT format, key FROM keeping"),
            let format = row["format"] as Int?, let check = row["key"] as Data?
        else { throw Journal.Fault.damaged(path: path, reason: "no key recorded") }
        guard format <= ShelfSchema.version else { throw Journal.Fault.newerFormat(format) }
        guard let place = keys.firstIndex(where: { Data($0.check) == check }) else {
            throw Journal.Fault.keyDiffers(path: path)
        }
        return place == 0 ? nil : .sealed(sealer(keys[place]))
    }

    /// What tables of earlier versions lack.
    private static func addColumns(_ db: Database) throws {
        guard try db.tableExists("manifest"),
            try !db.columns(in: "manifest").contains(where: { $0.name == "started_again" })
        else { return }
        try db.execute(
            sql: "ALTER TABLE manifest ADD COLUMN started_again INTEGER NOT NULL DEFAULT 0")
    }

    private static func stamp(_ db: Database, _ key: DataKey) throws {
        try db.execute(sql: "DELETE FROM keeping")
        try db.execute(
            sql: "INSERT INTO keeping (format, key) VALUES (?, ?)",
            arguments: [ShelfSchema.version, Data(key.check)])
    }

    /// Seals everything anew with another key while the desk is at work.
    func reseal(with key: DataKey) throws { try reseal(from: .sealed(sealer), with: key) }

    /// Reads everything as it was and writes it sealed, in one durable transaction.
    func reseal(from former: Former, with key: DataKey) throws {
        let new = Shelf.sealer(key)
        try database.inDatabase { db in
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try db.inTransaction {
                let people = try ShelfPeople(db, former)
                try db.execute(sql: ShelfSchema.dropPeople)
                try db.execute(sql: ShelfSchema.tables)
                try db.execute(sql: ShelfSchema.people)
                try people.write(ShelfFilling(db: db, sealer: new))
                try resealSections(db, former, new)
                try Shelf.stamp(db, key)
                try Scrub.mark(db)
                return .commit
            }
            seal.withLock { $0 = new }
        }
        try Scrub.run(database)
    }

    private func resealSections(_ db: Database, _ former: Former, _ new: Sealer) throws {
        let names = try String.fetchAll(db, sql: "SELECT name FROM section WHERE bytes IS NOT NULL")
        for name in names {
            let kept = try Data.fetchOne(
                db, sql: "SELECT bytes FROM section WHERE name = ?", arguments: [name])
            let place = ShelfFilling.Place.section(name)
            let plain = try former.open(kept ?? Data(), at: place)
            try db.execute(
                sql: "UPDATE section SET bytes = ? WHERE name = ?",
                arguments: [try new.seal(plain, at: place), name])
        }
    }

    /// Reads the whole file once: its pages and every seal.
    func requireSound() throws {
        do {
            try database.look { db in
                let pages = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
                guard pages == "ok" else {
                    throw Journal.Fault.damaged(path: database.path, reason: pages)
                }
                try eachSealed(db) { _ = try sealer.open($0, at: $1) }
            }
        } catch {
            throw Journal.Fault(error, path: database.path)
        }
    }

    private func eachSealed(_ db: Database, _ body: (Data, String) throws -> Void) throws {
        typealias Place = ShelfFilling.Place
        let places: [(String, (Row) -> String)] = [
            ("SELECT psn AS k, json AS b FROM member", { Place.member($0["k"]) }),
            ("SELECT psn AS k, json AS b FROM standing", { Place.standing($0["k"]) }),
            ("SELECT owner AS k, json AS b FROM draft", { Place.draft($0["k"]) }),
            ("SELECT id AS k, json AS b FROM operator", { Place.operator($0["k"]) }),
            ("SELECT 0 AS k, bytes AS b FROM names", { _ in "names" }),
            (
                "SELECT name AS k, bytes AS b FROM section WHERE bytes IS NOT NULL",
                { Place.section($0["k"]) }
            ),
        ]
        for (sql, place) in places {
            let rows = try Row.fetchCursor(db, sql: sql)
            while let row = try rows.next() { try body(row["b"], place(row)) }
        }
    }
}

extension Shelf.Former {
    func open(_ kept: Data, at place: String) throws -> [UInt8] {
        switch self {
        case .clear: Array(kept)
        case .sealed(let sealer): try sealer.open(kept, at: place)
        }
    }
}

/// All rows that name people, read out of a shelf to be sealed anew.
private struct ShelfPeople {
    private let members: [ArraySlice<UInt8>]
    private let standings: [StandingRow]
    private let operators: [Operator]
    private let drafts: [KeptDraft]

    init(_ db: Database, _ former: Shelf.Former) throws {
        typealias Place = ShelfFilling.Place
        func rows(_ sql: String) throws -> [Row] { try Row.fetchAll(db, sql: sql) }
        members = try rows("SELECT psn, json FROM member ORDER BY rowid").map { row in
            guard case .sealed = former else { return Array(row["json"] as Data)[...] }
            return try former.open(row["json"], at: Place.member(row["psn"]))[...]
        }
        operators = try rows("SELECT id, json FROM operator").map { row in
            try CompactJSON.decode(
                Operator.self, from: try former.open(row["json"], at: Place.operator(row["id"])))
        }
        standings = try rows("SELECT psn, json FROM standing").map { row in
            guard case .sealed = former else {
                guard let person = PersonNumber(rawValue: row["psn"]) else {
                    throw SealFault(place: "standing")
                }
                let standing = try CompactJSON.decode(Standing.self, from: row["json"] as Data)
                return StandingRow(person: person, standing: standing)
            }
            let bytes = try former.open(row["json"], at: Place.standing(row["psn"]))
            return try CompactJSON.decode(StandingRow.self, from: bytes)
        }
        drafts = try rows("SELECT owner, json FROM draft").map { row in
            guard case .sealed = former else {
                return KeptDraft(
                    owner: row["owner"],
                    order: try CompactJSON.decode(Order.self, from: row["json"] as Data))
            }
            let bytes = try former.open(row["json"], at: Place.draft(row["owner"]))
            return try CompactJSON.decode(KeptDraft.self, from: bytes)
        }
    }

    func write(_ filling: ShelfFilling) throws {
        try filling.putRoll(members)
        for row in standings { try filling.put(row) }
        try filling.putOperators(operators)
        for draft in drafts { try filling.put(draft) }
    }
}
