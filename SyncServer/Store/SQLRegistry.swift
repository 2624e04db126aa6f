import Foundation
import Identifying
import Journaling
import Merging
import Syncing
import Vocabulary

extension SQLSession: Registry {
    func put(_ member: Member, json: [UInt8]) throws {
        try run(
            """
            INSERT OR REPLACE INTO person (psn, township, name, initials, certno, json)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                member.number.rawValue, member.home.township, member.name, member.initials,
                member.identity.description, json,
            ])
    }

    func member(_ number: PersonNumber) throws -> Member? {
        try json(Member.self, "SELECT json FROM person WHERE psn = ?", [number.rawValue]).first
    }

    func search(_ text: String, limit: Int) throws -> [Member] {
        try json(
            Member.self,
            "SELECT json FROM person WHERE name = ? OR certno = ? OR psn = ? LIMIT ?",
            [text, text.uppercased(), text, limit])
    }

    func members(township: String) throws -> [Member] {
        try json(Member.self, "SELECT json FROM person WHERE township = ?", [township])
    }

    func townships() throws -> [String] {
        try rows("SELECT DISTINCT township FROM person ORDER BY township").map { $0["township"] }
    }

    func memberCount() throws -> Int {
        try int("SELECT count(*) FROM person") ?? 0
    }

    func put(_ institutions: [Institution]) throws {
        for row in institutions {
            try run("INSERT OR REPLACE INTO institution VALUES (?, ?)", [row.code, try data(row)])
        }
    }

    func institutions() throws -> [Institution] {
        try json(Institution.self, "SELECT json FROM institution ORDER BY code")
    }

    func put(_ operators: [Syncing.Operator]) throws {
        for row in operators {
            try run("INSERT OR REPLACE INTO operator VALUES (?, ?)", [row.id, try data(row)])
        }
    }

    func operators() throws -> [Syncing.Operator] {
        try json(Syncing.Operator.self, "SELECT json FROM operator ORDER BY id")
    }

    func put(_ revocation: Revocation) throws {
        try run(
            "INSERT OR REPLACE INTO revocation VALUES (?, ?)",
            [revocation.credential, revocation.day.description])
    }

    func revocations() throws -> [Revocation] {
        try rows("SELECT credential, day FROM revocation ORDER BY credential")
            .compactMap { row in
                Day(row["day"] as String).map { Revocation(credential: row["credential"], day: $0) }
            }
    }
}

extension SQLSession: Bulletins {
    func released(_ role: DocumentRole) throws -> (version: Int, statement: [UInt8])? {
        try row(
            """
            SELECT version, statement FROM manifest WHERE role = ?
            ORDER BY version DESC LIMIT 1
            """, [role.rawValue]
        ).map { ($0["version"], $0["statement"]) }
    }

    func put(_ role: DocumentRole, version: Int, statement: [UInt8]) throws {
        try run(
            "INSERT INTO manifest VALUES (?, ?, ?)", [role.rawValue, version, statement])
    }

    func section(_ digest: Fingerprint) throws -> [UInt8]? {
        try bytes(
            "SELECT packed FROM section WHERE digest = ?", [digest.bytes]
        )
    }

    func put(section packed: [UInt8], digest: Fingerprint) throws {
        try run(
            "INSERT OR IGNORE INTO section VALUES (?, ?)", [digest.bytes, packed])
    }

    func proposal() throws -> Proposal? {
        try note("proposal").map { try CompactJSON.decode(Proposal.self, from: $0) }
    }

    func put(_ proposal: Proposal?) throws {
        guard let proposal else { return try run("DELETE FROM note WHERE name = 'proposal'") }
        try put(note: "proposal", try CompactJSON.encode(proposal))
    }

    func note(_ name: String) throws -> [UInt8]? {
        try bytes("SELECT bytes FROM note WHERE name = ?", [name])
    }

    func put(note name: String, _ bytes: [UInt8]) throws {
        try run("INSERT OR REPLACE INTO note VALUES (?, ?)", [name, bytes])
    }
}

extension SQLSession: LedgerReports {
    func days(from: Day, to: Day) throws -> [DayRow] {
        try rows(
            "SELECT * FROM kiosk_day WHERE day BETWEEN ? AND ? ORDER BY day DESC, kiosk",
            [from.description, to.description]
        ).compactMap { row in
            guard let day = Day(row["day"] as String), let kiosk = KioskID(rawValue: row["kiosk"])
            else { return nil }
            return DayRow(
                day: day, kiosk: kiosk, visits: row["visits"], total: Money(fen: row["total"]),
                fund: Money(fen: row["fund"]), person: Money(fen: row["person"]),
                receipts: row["receipts"], contributions: Money(fen: row["contributions"]))
        }
    }

    func clashes(limit: Int) throws -> [(person: PersonNumber, year: Int, clash: Clash)] {
        try rows(
            "SELECT person, year, json FROM clash ORDER BY year DESC, person LIMIT ?", [limit]
        ).compactMap { row in
            guard let person = PersonNumber(rawValue: row["person"]) else { return nil }
            let clash = try CompactJSON.decode(Clash.self, from: row["json"] as [UInt8])
            return (person, row["year"], clash)
        }
    }

    func forks() throws -> [(kiosk: KioskID, sequence: Int, entries: Int)] {
        try rows(
            "SELECT kiosk, min(seq) AS first, count(*) AS n FROM fork GROUP BY kiosk"
        ).compactMap { row in
            KioskID(rawValue: row["kiosk"]).map { ($0, row["first"], row["n"]) }
        }
    }

    func entryCount() throws -> Int {
        try int("SELECT CAST(coalesce(sum(through), 0) AS BIGINT) FROM journal") ?? 0
    }
}
