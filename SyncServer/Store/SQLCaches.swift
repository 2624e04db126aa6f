import Merging

// Dropping the caches, and comparing them with what a replay makes.
extension SQLSession {
    func clearCaches() throws {
        for table in CountySchema.cacheTables { try run("DELETE FROM \(table)") }
        try db.mark(version: CountySchema.version)
    }

    func cacheHashes() throws -> [String: SetHash] {
        var hashes: [String: SetHash] = [:]
        for table in CountySchema.cacheTables {
            try db.forEachRow("SELECT * FROM \(table)") { row in
                guard saysSomething(row, in: table) else { return }
                hashes[table] = (hashes[table] ?? .empty) + SetHash(of: text(row))
            }
        }
        return hashes
    }

    /// Sums that have come back to nothing may stand as a row of zeros or not at all.
    private func saysSomething(_ row: SQLRow, in table: String) -> Bool {
        switch table {
        case "kiosk_day", "account_drawing", "booking":
            row.values.contains { value in
                if case .int(let number) = value { number != 0 } else { false }
            }
        case "ledger_hash": (row["hash"] as [UInt8]).contains { $0 != 0 }
        default: true
        }
    }

    private func text(_ row: SQLRow) -> [UInt8] {
        zip(row.names, row.values).flatMap { name, value -> [UInt8] in
            let bytes: [UInt8] =
                switch value {
                case .null: []
                case .int(let number): Array("\(number)".utf8)
                case .text(let text): Array(text.utf8)
                case .blob(let bytes): bytes
                }
            return Array("\(name) \(bytes.count) ".utf8) + bytes
        }
    }
}
