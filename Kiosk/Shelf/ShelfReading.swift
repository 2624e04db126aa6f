import Cataloguing
import Checking
import Foundation
import GRDB
import Identifying
import Pricing
import Rules
import Syncing
import Vocabulary

// Reading what was published.
extension Shelf {
    func member(_ number: PersonNumber) throws -> Member? {
        try members("psn = ?", [number.rawValue]).first
    }

    func member(_ identity: IdentityNumber) throws -> Member? {
        try members("certno = ?", [identity.description]).first
    }

    func household(_ number: String) throws -> [Member] {
        try members("household = ?", [number])
            .sorted { ($0.home.isHead ? 0 : 1, $0.birth) < ($1.home.isHead ? 0 : 1, $1.birth) }
    }

    /// People whose name, or a tail of it, starts with the text, as a name or as pinyin initials.
    func search(_ text: String, limit: Int) throws -> [Member] {
        try members(
            """
            psn IN (SELECT DISTINCT psn FROM member_word WHERE word >= ? AND word < ? LIMIT ?)
            """, [text, text + "\u{10FFFF}", limit])
    }

    private func members(_ condition: String, _ arguments: StatementArguments) throws -> [Member] {
        try database.read { db in
            try Data.fetchAll(
                db, sql: "SELECT json FROM member WHERE \(condition)", arguments: arguments
            ).map { try CompactJSON.decode(Member.self, from: $0) }
        }
    }

    func standing(_ number: PersonNumber) throws -> Standing? {
        try database.read { db in
            try Data.fetchOne(
                db, sql: "SELECT json FROM standing WHERE psn = ?", arguments: [number.rawValue])
        }.map { try CompactJSON.decode(Standing.self, from: $0) }
    }

    func revoked(_ credential: Int) throws -> Day? {
        try database.read { db in
            try String.fetchOne(
                db, sql: "SELECT day FROM revocation WHERE credential = ?", arguments: [credential])
        }.flatMap(Day.init)
    }

    func operators() throws -> [Operator] {
        try database.read { db in
            try Data.fetchAll(db, sql: "SELECT json FROM operator ORDER BY id")
        }.map { try CompactJSON.decode(Operator.self, from: $0) }
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
        try database.read { db in
            try Data.fetchOne(
                db, sql: "SELECT json FROM draft WHERE owner = ?", arguments: [owner])
        }.map { try CompactJSON.decode(Order.self, from: $0) }
    }

    func keep(_ draft: Order?, of owner: String) throws {
        try database.write { db in
            guard let draft else {
                return try db.execute(
                    sql: "DELETE FROM draft WHERE owner = ?", arguments: [owner])
            }
            try db.execute(
                sql: "INSERT OR REPLACE INTO draft (owner, json) VALUES (?, ?)",
                arguments: [owner, Data(try CompactJSON.encode(draft))])
        }
    }
}
