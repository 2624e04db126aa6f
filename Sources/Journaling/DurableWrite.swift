import GRDB

extension DatabaseQueue {
    /// A transaction that is durable when this returns.
    ///
    /// A sync that fails may drop pages for good that can still be read: the system counts them as
    /// written, and no later sync says anything of them. SQLite writes on behind them. So after any
    /// error of the disk all that the log holds is copied into the database and synced there, as it is
    /// when the program starts.
    public func writeDurably<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try write(body)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_IOERR {
            try? inDatabase { try copyLogBack($0) }
            throw error
        }
    }
}

/// Makes the database whole without its log; what the log held is durable when this returns.
func copyLogBack(_ db: Database) throws {
    let busy = try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    guard busy == 0 else { throw DatabaseError(resultCode: .SQLITE_BUSY) }
}
