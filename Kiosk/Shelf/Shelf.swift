import Foundation
import GRDB
import Identifying
import Journaling
import Pricing
import Synchronization
import Syncing
import Vocabulary

/// What the county published and this device verified: roll, standing, catalogue, rules, operators.
///
/// Also keeps the drafts of visits being entered, so that a power cut loses no typing. All of it is
/// sealed at rest.
final class Shelf: Sendable {
    let database: DatabaseQueue
    /// Where indexes of published lists lie, made from them again whenever they are missing.
    let searchFolder: String
    let seal: Mutex<Sealer>
    private let names = Mutex(NameList.empty)

    /// - Parameters:
    ///   - keys: the key to seal with, then older ones that still open.
    ///   - mayCreate: whether an absent or empty file is a new shelf and no loss.
    init(path: String, keys: [DataKey], mayCreate: Bool = true) throws {
        searchFolder = (path as NSString).deletingLastPathComponent + "/search"
        guard let key = keys.first else { throw Journal.Fault.keyMissing(path: path) }
        seal = Mutex(Shelf.sealer(key))
        do {
            database = try openDurably(path: path)
            let old = try database.write { try Shelf.open($0, path, keys, mayCreate) }
            if let old { try reseal(from: old, with: key) }
            try Scrub.run(database)
            try readNames()
        } catch {
            throw Journal.Fault(error, path: path)
        }
    }

    static func sealer(_ key: DataKey) -> Sealer {
        Sealer(key, database: "shelf", owner: "this device")
    }

    var sealer: Sealer { seal.withLock { $0 } }

    /// What is held of a role, to ask the county for the difference only.
    func held(_ role: DocumentRole) throws -> Held {
        try database.look { db in
            let version = try Int.fetchOne(
                db.cachedStatement(sql: "SELECT version FROM manifest WHERE role = ?"),
                arguments: [role.rawValue])
            var held = Held(version: version ?? 0, floor: try floor(role, db))
            for row in try Row.fetchAll(db.cachedStatement(sql: "SELECT name, digest FROM section"))
            {
                held.sections[row["name"]] = Fingerprint(bytes: row["digest"] as Data)
            }
            return held
        }
    }

    /// When the county issued what is held of a role; `nil` before the first bulletin.
    func issued(_ role: DocumentRole) throws -> Instant? {
        try database.look { db in
            try Int.fetchOne(
                db.cachedStatement(sql: "SELECT issued FROM manifest WHERE role = ?"),
                arguments: [role.rawValue])
        }.map { Instant(milliseconds: $0) }
    }

    /// Takes over a verified bulletin whole or not at all.
    ///
    /// - Returns: whether it was newer than what another run has taken over meanwhile.
    func apply(_ fetched: Fetched) throws -> Bool {
        let isNew = try put(fetched)
        if isNew { try readNames() }
        return isNew
    }

    private func put(_ fetched: Fetched) throws -> Bool {
        try database.write { db in
            guard try fetched.manifest.version > floor(fetched.manifest.role, db) else {
                return false
            }
            for (name, bytes) in fetched.sections.sorted(by: { $0.key < $1.key }) {
                let kept = try unpack(name, bytes, db)
                try db.execute(
                    sql: "INSERT OR REPLACE INTO section (name, digest, bytes) VALUES (?, ?, ?)",
                    arguments: [
                        name, Data(SyncingHash.of(bytes).bytes),
                        kept ? try sealer.seal(bytes, at: ShelfFilling.Place.section(name)) : nil,
                    ])
            }
            try dropLists(missingFrom: fetched.manifest, db)
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO manifest (role, version, issued, statement)
                    VALUES (?, ?, ?, ?)
                    """,
                arguments: [
                    fetched.manifest.role.rawValue, fetched.manifest.version,
                    fetched.manifest.issued.milliseconds, Data(fetched.statement),
                ])
            return true
        }
    }

    /// A list the county no longer publishes is no longer searched or charged from.
    private func dropLists(missingFrom manifest: Manifest, _ db: Database) throws {
        guard manifest.role == .policy else { return }
        let published = Set(manifest.sections.map(\.name))
        let lists = try String.fetchAll(
            db.cachedStatement(sql: "SELECT name FROM section WHERE name GLOB ?"),
            arguments: [SectionName.directory("*")])
        for name in lists where !published.contains(name) {
            try db.execute(sql: "DELETE FROM section WHERE name = ?", arguments: [name])
        }
    }

    /// Spreads a section into its tables.
    ///
    /// - Returns: whether the bytes themselves are to be kept, to be read whole or for the next one
    ///   to be told by what differs.
    private func unpack(_ name: String, _ bytes: [UInt8], _ db: Database) throws -> Bool {
        let filling = ShelfFilling(db: db, sealer: sealer)
        switch name.prefix(while: { $0 != "/" }) {
        case "roll": try filling.unpackRoll(bytes)
        case "standing": try filling.unpackStanding(bytes)
        case "operators": try filling.unpackOperators(bytes)
        case SectionName.revocations[...]: try filling.unpackRevocations(bytes)
        default: return true
        }
        return !name.hasPrefix("operators")
    }

    func digest(ofSection name: String) throws -> Fingerprint? {
        try database.look { db in
            try Data.fetchOne(
                db.cachedStatement(sql: "SELECT digest FROM section WHERE name = ?"),
                arguments: [name])
        }.flatMap { Fingerprint(bytes: $0) }
    }

    /// A section kept whole; `nil` before it first came.
    func section(_ name: String) throws -> [UInt8]? {
        try read { db, sealer in
            try Data.fetchOne(
                db.cachedStatement(sql: "SELECT bytes FROM section WHERE name = ?"),
                arguments: [name]
            ).map { try sealer.open($0, at: ShelfFilling.Place.section(name)) }
        }
    }

    /// People whose name, or a part of it, is the text, as a name or as pinyin initials.
    func search(_ text: String, limit: Int) throws -> [Member] {
        let found = names.withLock { $0 }.matches(text, limit: limit)
        return try found.compactMap { try member($0) }
    }

    /// Opens the list of names into memory.
    func readNames() throws {
        let list = try read { db, sealer in
            try Data.fetchOne(db.cachedStatement(sql: "SELECT bytes FROM names"))
                .map { NameList(try sealer.open($0, at: "names")) }
        }
        names.withLock { $0 = list ?? .empty }
    }
}
