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

/// The policy sections parsed, held in memory while the device runs.
struct HeldPolicy: Sendable {
    var version = 0
    var rules = Rulebook(region: "", parameters: [])
    var items: [CatalogueItem] = []
    var catalogue = Catalogue.empty
    var diagnoses: [Diagnosis] = []
    var knowledge = KnowledgeBase()

    init(_ shelf: Shelf) throws {
        version = try shelf.held(.policy).version
        guard let texts = try shelf.section(SectionName.rules) else { return }
        let files = try CompactJSON.decode([String: String].self, from: texts)
        rules = try Rulebook.parse(region: "county", files: files)
        items = try Lines.decode(
            CatalogueItem.self, from: try shelf.section(SectionName.catalogue) ?? [])
        catalogue = Catalogue(items)
        diagnoses = try Lines.decode(
            Diagnosis.self, from: try shelf.section(SectionName.diagnoses) ?? [])
        if let table = try shelf.section(SectionName.knowledge) {
            knowledge = KnowledgeBase(
                try KnowledgePoint.table(csv: String(decoding: table, as: UTF8.self)))
        }
    }

    /// Whether this software can read the policy sections of a bulletin.
    static func check(_ fetched: Fetched) throws {
        if let texts = fetched.sections[SectionName.rules] {
            let files = try CompactJSON.decode([String: String].self, from: texts)
            _ = try Rulebook.parse(region: "county", files: files)
        }
        if let rows = fetched.sections[SectionName.catalogue] {
            _ = try Lines.decode(CatalogueItem.self, from: rows)
        }
        if let rows = fetched.sections[SectionName.diagnoses] {
            _ = try Lines.decode(Diagnosis.self, from: rows)
        }
        if let table = fetched.sections[SectionName.knowledge] {
            _ = try KnowledgePoint.table(csv: String(decoding: table, as: UTF8.self))
        }
        for (name, bytes) in fetched.sections where name.hasPrefix("desk/") {
            _ = try CompactJSON.decode(DeskAssignment.self, from: bytes)
        }
    }

    /// Items in force on a day whose code, name or initials match what was typed; the best first.
    func items(matching typed: String, on day: Day, limit: Int) -> [CatalogueItem] {
        let codes = Set(items.map(\.code))
        return codes.compactMap { catalogue.item($0, day) }
            .compactMap { item in
                matchRank(typed, item.code, item.name, item.initials).map { ($0, item) }
            }
            .sorted { ($0.0, $0.1.name, $0.1.code) < ($1.0, $1.1.name, $1.1.code) }
            .prefix(limit).map(\.1)
    }

    func diagnoses(matching typed: String, limit: Int) -> [Diagnosis] {
        diagnoses.compactMap { row in
            matchRank(typed, row.code, row.name, row.initials).map { ($0, row) }
        }
        .sorted { ($0.0, $0.1.code) < ($1.0, $1.1.code) }
        .prefix(limit).map(\.1)
    }

    func diagnosis(_ code: String) -> Diagnosis? { diagnoses.first { $0.code == code } }
}

/// 0 for the start of a field, 1 for somewhere inside, `nil` for no match.
private func matchRank(_ typed: String, _ code: String, _ name: String, _ initials: String) -> Int?
{
    guard !typed.isEmpty else { return nil }
    let low = typed.lowercased()
    if initials.hasPrefix(low) || name.hasPrefix(typed) || code.lowercased().hasPrefix(low) {
        return 0
    }
    return initials.contains(low) || name.contains(typed) ? 1 : nil
}
