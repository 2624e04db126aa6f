import Foundation
import GRDB
import Journaling
import Syncing
import Vocabulary

// What the shelf keeps so that the next bulletin is believed rightly and costs little.
extension Shelf {
    /// Whose signatures count: the newest root held, or what came with the provisioning file where
    /// that is newer.
    func trust(since provisioned: Trust) throws -> Trust {
        let statement = try statement(.root)
        guard let statement else { return provisioned }
        let root = try SignedDocument(role: .root, bytes: statement).value(Root.self)
        return root.version > provisioned.rootVersion ? Trust(root) : provisioned
    }

    /// Keeps verified roots; where new keys end all that was signed before, versions start again.
    func take(_ roots: FetchedRoots) throws {
        guard let newest = roots.statements.last else { return }
        let root = try SignedDocument(role: .root, bytes: newest).value(Root.self)
        try database.write { db in
            guard try root.version > floor(.root, db) else { return }
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO manifest (role, version, issued, statement)
                    VALUES (?, ?, ?, ?)
                    """,
                arguments: [
                    DocumentRole.root.rawValue, root.version, root.issued.milliseconds,
                    Data(newest),
                ])
            for role in roots.startedAgain {
                try db.execute(
                    sql: "UPDATE manifest SET started_again = 1 WHERE role = ?",
                    arguments: [role.rawValue])
            }
        }
    }

    /// The version of a role below which nothing is taken.
    func floor(_ role: DocumentRole, _ db: Database) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(
                sql: "SELECT version FROM manifest WHERE role = ? AND NOT started_again"),
            arguments: [role.rawValue]) ?? 0
    }

    /// What the nightly word held says is the newest version of a role, 0 where it says nothing.
    func named(_ role: DocumentRole) throws -> Int {
        guard role != .daily, let statement = try statement(.daily) else { return 0 }
        let daily = try SignedDocument(role: .daily, bytes: statement).value(Manifest.self)
        return daily.newest?[role.rawValue] ?? 0
    }

    /// The signed document held of a role.
    func statement(_ role: DocumentRole) throws -> [UInt8]? {
        try database.look { db in
            try Data.fetchOne(
                db.cachedStatement(sql: "SELECT statement FROM manifest WHERE role = ?"),
                arguments: [role.rawValue])
        }.map { Array($0) }
    }
}
