import GRDB

extension Journal {
    /// Writes a whole copy while the journal goes on.
    public func copy(to path: String) throws {
        let copy = try DatabaseQueue(path: path)
        try database.backup(to: copy)
        try copy.close()
    }
}
