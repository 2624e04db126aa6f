import Foundation
import GRDB
import Merging

// Dropping the caches, and comparing them with what a replay makes.
extension SQLiteSession {
    func clearCaches() throws {
        for table in CountySchema.cacheTables { try db.execute(sql: "DELETE FROM \(table)") }
        try db.execute(sql: "PRAGMA user_version = \(CountySchema.version)")
    }

    func cacheHashes() throws -> [String: SetHash] {
        var hashes: [String: SetHash] = [:]
        for table in CountySchema.cacheTables {
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table)")
            while let row = try rows.next() {
                guard saysSomething(row, in: table) else { continue }
                hashes[table] = (hashes[table] ?? .empty) + SetHash(of: text(row))
            }
        }
        return hashes
    }

    /// Sums that have come back to nothing may stand as a row of zeros or not at all.
    private func saysSomething(_ row: Row, in table: String) -> Bool {
        switch table {
        case "kiosk_day", "account_drawing", "booking":
            row.contains { _, value in (value.storage.value as? Int64 ?? 0) != 0 }
        case "ledger_hash": (row["hash"] as Data).contains { $0 != 0 }
        default: true
        }
    }

    private func text(_ row: Row) -> [UInt8] {
        row.flatMap { name, value -> [UInt8] in
            let bytes: [UInt8] =
                switch value.storage {
                case .blob(let data): Array(data)
                default: Array("\(value)".utf8)
                }
            return Array("\(name) \(bytes.count) ".utf8) + bytes
        }
    }
}
