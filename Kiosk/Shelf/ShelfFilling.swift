import Foundation
import GRDB
import Identifying
import Journaling
import Pricing
import Syncing
import Vocabulary

/// Fills the shelf's tables from sections, row by row, each sealed in its place.
struct ShelfFilling {
    let db: Database
    let sealer: Sealer

    func unpackRoll(_ bytes: [UInt8]) throws {
        try putRoll(bytes.split(separator: UInt8(ascii: "\n")).dropFirst())
    }

    /// - Parameter lines: one member each, as the county wrote them.
    func putRoll(_ lines: some Sequence<ArraySlice<UInt8>>) throws {
        try db.execute(sql: "DELETE FROM member; DELETE FROM names")
        let statement = try db.makeStatement(
            sql: "INSERT INTO member (psn, certno, household, json) VALUES (?, ?, ?, ?)")
        var members: [Member] = []
        for line in lines {
            let row = try CompactJSON.decode(Member.self, from: line)
            let mark = sealer.mark(row.number.rawValue, .person)
            try statement.execute(arguments: [
                mark, sealer.mark(row.identity.description, .certificate),
                sealer.mark(row.home.household, .household),
                try sealer.seal(line, at: Place.member(mark)),
            ])
            members.append(row)
        }
        try db.execute(
            sql: "INSERT INTO names (id, bytes) VALUES (1, ?)",
            arguments: [try sealer.seal(NameList.lines(members), at: "names")])
    }

    func unpackStanding(_ bytes: [UInt8]) throws {
        try db.execute(sql: "DELETE FROM standing")
        for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst() {
            try put(try CompactJSON.decode(StandingRow.self, from: line))
        }
    }

    func put(_ row: StandingRow) throws {
        let mark = sealer.mark(row.person.rawValue, .person)
        let sealed = try sealer.seal(try CompactJSON.encode(row), at: Place.standing(mark))
        try db.cachedStatement(sql: "INSERT INTO standing (psn, json) VALUES (?, ?)")
            .execute(arguments: [mark, sealed])
    }

    func unpackOperators(_ bytes: [UInt8]) throws {
        try putOperators(try Lines.decode(Operator.self, from: bytes))
    }

    func putOperators(_ people: [Operator]) throws {
        try db.execute(sql: "DELETE FROM operator")
        for person in people {
            let sealed = try sealer.seal(
                try CompactJSON.encode(person), at: Place.operator(person.id))
            try db.execute(
                sql: "INSERT INTO operator (id, json) VALUES (?, ?)",
                arguments: [person.id, sealed])
        }
    }

    func unpackRevocations(_ bytes: [UInt8]) throws {
        try db.execute(sql: "DELETE FROM revocation")
        for row in try Lines.decode(Revocation.self, from: bytes) {
            try db.execute(
                sql: "INSERT OR REPLACE INTO revocation (credential, day) VALUES (?, ?)",
                arguments: [row.credential, row.day.description])
        }
    }

    func put(_ draft: KeptDraft) throws {
        let mark = sealer.mark(draft.owner, .draft)
        let sealed = try sealer.seal(try CompactJSON.encode(draft), at: Place.draft(mark))
        try db.execute(
            sql: "INSERT OR REPLACE INTO draft (owner, json) VALUES (?, ?)",
            arguments: [mark, sealed])
    }

    /// What a row is bound to: taken elsewhere it does not open.
    enum Place {
        static func member(_ mark: Data) -> String { "member/\(hex(mark))" }
        static func standing(_ mark: Data) -> String { "standing/\(hex(mark))" }
        static func draft(_ mark: Data) -> String { "draft/\(hex(mark))" }
        static func `operator`(_ id: String) -> String { "operator/\(id)" }
        static func section(_ name: String) -> String { "section/\(name)" }
    }
}

/// A draft with its owner, whose name is only a mark in the table.
struct KeptDraft: Codable {
    let owner: String
    let order: Order
}
