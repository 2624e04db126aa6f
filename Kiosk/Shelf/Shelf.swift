import Foundation
import GRDB
import Identifying
import Journaling
import Pricing
import Syncing
import Vocabulary

/// What the county published and this device verified: roll, standing, catalogue, rules, operators.
///
/// Also keeps the drafts of visits being entered, so that a power cut loses no typing.
final class Shelf: Sendable {
    let database: DatabaseQueue
    /// Where indexes of published lists lie, made from them again whenever they are missing.
    let searchFolder: String

    init(path: String) throws {
        searchFolder = (path as NSString).deletingLastPathComponent + "/search"
        database = try openDurably(path: path)
        try database.write { try $0.execute(sql: ShelfSchema.tables) }
    }

    /// What is held of a role, to ask the county for the difference only.
    func held(_ role: DocumentRole) throws -> Held {
        try database.read { db in
            let version = try Int.fetchOne(
                db, sql: "SELECT version FROM manifest WHERE role = ?", arguments: [role.rawValue])
            var held = Held(version: version ?? 0, floor: try floor(role, db))
            for row in try Row.fetchAll(db, sql: "SELECT name, digest FROM section") {
                held.sections[row["name"]] = Fingerprint(bytes: row["digest"] as Data)
            }
            return held
        }
    }

    /// When the county issued what is held of a role; `nil` before the first bulletin.
    func issued(_ role: DocumentRole) throws -> Instant? {
        try database.read { db in
            try Int.fetchOne(
                db, sql: "SELECT issued FROM manifest WHERE role = ?", arguments: [role.rawValue])
        }.map { Instant(milliseconds: $0) }
    }

    /// Takes over a verified bulletin whole or not at all.
    ///
    /// - Returns: whether it was newer than what another run has taken over meanwhile.
    func apply(_ fetched: Fetched) throws -> Bool {
        try database.write { db in
            guard try fetched.manifest.version > floor(fetched.manifest.role, db) else {
                return false
            }
            for (name, bytes) in fetched.sections.sorted(by: { $0.key < $1.key }) {
                let kept = try unpack(name, bytes, db)
                try db.execute(
                    sql: "INSERT OR REPLACE INTO section (name, digest, bytes) VALUES (?, ?, ?)",
                    arguments: [
                        name, Data(SyncingHash.of(bytes).bytes), kept ? Data(bytes) : nil,
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
            db, sql: "SELECT name FROM section WHERE name GLOB ?",
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
        switch name.prefix(while: { $0 != "/" }) {
        case "roll": try unpackRoll(bytes, db)
        case "standing": try unpackStanding(bytes, db)
        case "operators": try unpackOperators(bytes, db)
        case SectionName.revocations[...]: try unpackRevocations(bytes, db)
        default: return true
        }
        return !name.hasPrefix("operators")
    }

    func digest(ofSection name: String) throws -> Fingerprint? {
        try database.read { db in
            try Data.fetchOne(
                db, sql: "SELECT digest FROM section WHERE name = ?", arguments: [name])
        }.flatMap { Fingerprint(bytes: $0) }
    }

    /// A section kept whole; `nil` before it first came.
    func section(_ name: String) throws -> [UInt8]? {
        try database.read { db in
            try Data.fetchOne(
                db, sql: "SELECT bytes FROM section WHERE name = ?", arguments: [name])
        }.map { Array($0) }
    }
}

// Filling the tables.
extension Shelf {
    private func unpackRoll(_ bytes: [UInt8], _ db: Database) throws {
        try db.execute(sql: "DELETE FROM member; DELETE FROM member_word")
        let member = try db.makeStatement(
            sql: "INSERT INTO member (psn, certno, household, json) VALUES (?, ?, ?, ?)")
        let word = try db.makeStatement(
            sql: "INSERT OR IGNORE INTO member_word (word, psn) VALUES (?, ?)")
        for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() {
            let row = try CompactJSON.decode(Member.self, from: line)
            try member.execute(arguments: [
                row.number.rawValue, row.identity.description, row.home.household, Data(line),
            ])
            for key in searchWords(row.name) + searchWords(row.initials) {
                try word.execute(arguments: [key, row.number.rawValue])
            }
        }
    }

    private func unpackStanding(_ bytes: [UInt8], _ db: Database) throws {
        try db.execute(sql: "DELETE FROM standing")
        for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() {
            let row = try CompactJSON.decode(StandingRow.self, from: line)
            try db.execute(
                sql: "INSERT INTO standing (psn, json) VALUES (?, ?)",
                arguments: [row.person.rawValue, Data(try CompactJSON.encode(row.standing))])
        }
    }

    private func unpackOperators(_ bytes: [UInt8], _ db: Database) throws {
        try db.execute(sql: "DELETE FROM operator")
        for row in try Lines.decode(Operator.self, from: bytes) {
            try db.execute(
                sql: "INSERT INTO operator (id, json) VALUES (?, ?)",
                arguments: [row.id, Data(try CompactJSON.encode(row))])
        }
    }

    private func unpackRevocations(_ bytes: [UInt8], _ db: Database) throws {
        try db.execute(sql: "DELETE FROM revocation")
        for row in try Lines.decode(Revocation.self, from: bytes) {
            try db.execute(
                sql: "INSERT OR REPLACE INTO revocation (credential, day) VALUES (?, ?)",
                arguments: [row.credential, row.day.description])
        }
    }
}

/// Every tail of a text: a name is then found by its first characters, by the given name alone, or
/// by any run of pinyin initials, with one range look-up and at any length.
private func searchWords(_ text: String) -> [String] {
    text.indices.map { String(text[$0...]) }
}
