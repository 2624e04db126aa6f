import Cataloguing
import Checking
import Foundation
import GRDB
import Identifying
import Journaling
import Pricing
import Rules
import Syncing
import Vocabulary

// Reading what was published.
extension Shelf {
    /// One view of the tables and the seal they are in.
    func read<Value>(_ body: (Database, Sealer) throws -> Value) throws -> Value {
        try database.look { try body($0, sealer) }
    }

    func member(_ number: PersonNumber) throws -> Member? {
        try members("psn = ?") { $0.mark(number.rawValue, .person) }.first
    }

    func member(_ identity: IdentityNumber) throws -> Member? {
        try members("certno = ?") { $0.mark(identity.description, .certificate) }.first
    }

    func household(_ number: String) throws -> [Member] {
        try members("household = ?") { $0.mark(number, .household) }
            .sorted { ($0.home.isHead ? 0 : 1, $0.birth) < ($1.home.isHead ? 0 : 1, $1.birth) }
    }

    private func members(_ condition: String, _ mark: (Sealer) -> Data) throws -> [Member] {
        try read { db, sealer in
            try Row.fetchAll(
                db.cachedStatement(sql: "SELECT psn, json FROM member WHERE \(condition)"),
                arguments: [mark(sealer)]
            ).map { row in
                let bytes = try sealer.open(row["json"], at: ShelfFilling.Place.member(row["psn"]))
                return try CompactJSON.decode(Member.self, from: bytes)
            }
        }
    }

    func standing(_ number: PersonNumber) throws -> StandingRow? {
        try read { db, sealer in
            let mark = sealer.mark(number.rawValue, .person)
            let row = try Data.fetchOne(
                db.cachedStatement(sql: "SELECT json FROM standing WHERE psn = ?"),
                arguments: [mark])
            guard let row else { return nil }
            let bytes = try sealer.open(row, at: ShelfFilling.Place.standing(mark))
            return try CompactJSON.decode(StandingRow.self, from: bytes)
        }
    }

    func revoked(_ credential: Int) throws -> Day? {
        try database.look { db in
            try String.fetchOne(
                db.cachedStatement(sql: "SELECT day FROM revocation WHERE credential = ?"),
                arguments: [credential])
        }.flatMap(Day.init)
    }

    func operators() throws -> [Operator] {
        try read { db, sealer in
            try Row.fetchAll(db.cachedStatement(sql: "SELECT id, json FROM operator ORDER BY id"))
                .map { row in
                    let bytes = try sealer.open(
                        row["json"], at: ShelfFilling.Place.operator(row["id"]))
                    return try CompactJSON.decode(Operator.self, from: bytes)
                }
        }
    }

    /// How the roll is looked into, as a value for identifying.
    func roll(trust: Trust) throws -> Roll {
        Roll(
            asOf: try issued(.daily) ?? Instant(milliseconds: 0), county: trust.county,
            credentialKeys: trust.credentialKeys.compactMap(unhex),
            byNumber: { try self.member($0) }, byIdentity: { try self.member($0) },
            search: { try self.search($0, limit: $1) }, revoked: { try self.revoked($0) })
    }

    func draft(of owner: String) throws -> Order? {
        try read { db, sealer in
            let mark = sealer.mark(owner, .draft)
            let row = try Data.fetchOne(
                db.cachedStatement(sql: "SELECT json FROM draft WHERE owner = ?"), arguments: [mark]
            )
            guard let row else { return nil }
            let bytes = try sealer.open(row, at: ShelfFilling.Place.draft(mark))
            return try CompactJSON.decode(KeptDraft.self, from: bytes).order
        }
    }

    func keep(_ draft: Order?, of owner: String) throws {
        try database.write { db in
            guard let draft else {
                return try db.execute(
                    sql: "DELETE FROM draft WHERE owner = ?",
                    arguments: [sealer.mark(owner, .draft)])
            }
            try ShelfFilling(db: db, sealer: sealer).put(KeptDraft(owner: owner, order: draft))
        }
    }
}
