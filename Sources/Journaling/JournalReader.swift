import Foundation
import GRDB
import Vocabulary

/// Reading a journal in one consistent view.
public struct JournalReader {
    let db: Database
    /// `nil` where the entries are in clear.
    let sealer: Sealer?

    /// The bytes of an entry as they were hashed; the row has `seq`, `sealed` and `bytes`.
    func bytes(_ row: Row) throws -> [UInt8] {
        let bytes = row["bytes"] as Data
        guard row["sealed"] != 0 else { return Array(bytes) }
        let sequence = row["seq"] as Int
        guard let sealer else { throw SealFault(place: "\(sequence)") }
        return try sealer.open(bytes, at: "\(sequence)")
    }

    /// What stands for a text in the caches.
    func mark(_ text: String, _ use: Sealer.Use) -> Data {
        sealer?.mark(text, use) ?? Data(text.utf8)
    }

    /// Prepared once: putting one together anew costs more than what it asks.
    private func statement(_ sql: String) throws -> Statement { try db.cachedStatement(sql: sql) }

    public func head() throws -> Journal.Head {
        let row = try Row.fetchOne(
            statement("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1"))
        guard let row, let hash = Fingerprint(bytes: row["hash"] as Data) else { return .empty }
        return Journal.Head(sequence: row["seq"], hash: hash)
    }

    /// The hash of an entry; zero for 0, the place before the first.
    public func hash(at sequence: Int) throws -> Fingerprint? {
        guard sequence > 0 else { return .zero }
        let data = try Data.fetchOne(
            statement("SELECT hash FROM entry WHERE seq = ?"), arguments: [sequence])
        return data.flatMap { Fingerprint(bytes: $0) }
    }

    public func entry(_ sequence: Int) throws -> Entry? {
        try entries(after: sequence - 1, limit: 1).first { $0.header.sequence == sequence }
    }

    public func entry(identity: String) throws -> Entry? {
        let sequence = try Int.fetchOne(
            statement("SELECT seq FROM identity_of WHERE identity = ?"),
            arguments: [mark(identity, .identity)])
        return try sequence.flatMap { try entry($0) }
    }

    /// Consecutive entries after a sequence number.
    public func entries(after sequence: Int, limit: Int) throws -> [Entry] {
        guard var previous = try hash(at: sequence) else { return [] }
        let rows = try Row.fetchCursor(
            statement("SELECT seq, sealed, bytes FROM entry WHERE seq > ? ORDER BY seq LIMIT ?"),
            arguments: [sequence, limit])
        var entries: [Entry] = []
        while let row = try rows.next() {
            let entry = try Entry(bytes: try bytes(row), after: previous)
            previous = entry.hash
            entries.append(entry)
        }
        return entries
    }

    /// Bytes of consecutive entries, unparsed, for a parcel.
    public func bytes(after sequence: Int, limit: Int) throws -> [[UInt8]] {
        try Row.fetchAll(
            statement("SELECT seq, sealed, bytes FROM entry WHERE seq > ? ORDER BY seq LIMIT ?"),
            arguments: [sequence, limit]
        ).map { try bytes($0) }
    }

    /// Everything the journal says of a person, in order.
    public func entries(about person: PersonNumber) throws -> [Entry] {
        try Int.fetchAll(
            statement("SELECT seq FROM about WHERE person = ? ORDER BY seq"),
            arguments: [mark(person.rawValue, .person)]
        ).compactMap { try entry($0) }
    }

    public func entries(on day: Day) throws -> [Entry] {
        try Int.fetchAll(
            statement("SELECT seq FROM day_of WHERE day = ? ORDER BY seq"),
            arguments: [day.description]
        ).compactMap { try entry($0) }
    }

    /// The latest entries of some kinds behind a number, newest first.
    public func latest(
        _ kinds: [String], behind sequence: Int = 0, limit: Int
    ) throws -> [Entry] {
        let marks = databaseQuestionMarks(count: kinds.count)
        return try Int.fetchAll(
            statement(
                """
                SELECT seq FROM day_of WHERE kind IN (\(marks)) AND seq > ?
                ORDER BY seq DESC LIMIT ?
                """),
            arguments: StatementArguments(kinds) + [sequence, limit]
        ).compactMap { try entry($0) }
    }

    /// The entry that voided this one.
    public func voider(of sequence: Int) throws -> Int? {
        try Int.fetchOne(
            statement("SELECT by_seq FROM voided WHERE seq = ?"), arguments: [sequence])
    }

    /// The highest receipt number used inside a range.
    public func lastReceipt(in range: ClosedRange<Int>) throws -> Int? {
        try Int.fetchOne(
            statement("SELECT max(number) FROM receipt WHERE number BETWEEN ? AND ?"),
            arguments: [range.lowerBound, range.upperBound])
    }

    /// The newest entry that a checkpoint of ours covers; 0 before the first.
    public func signedThrough() throws -> Int {
        try Int.fetchOne(statement("SELECT MAX(seq) FROM checkpoint")) ?? 0
    }

    /// The statement of the latest acknowledgement, and how far it reaches; 0 where none came yet.
    public func acknowledged() throws -> (through: Int, statement: [UInt8]?) {
        let row = try Row.fetchOne(
            statement("SELECT through, statement FROM acknowledgement ORDER BY rowid DESC LIMIT 1"))
        guard let row else { return (0, nil) }
        return (row["through"], Array(row["statement"] as Data))
    }

    /// Every acknowledgement kept, in the order they came.
    public func acknowledgements() throws -> [[UInt8]] {
        try Data.fetchAll(statement("SELECT statement FROM acknowledgement ORDER BY rowid"))
            .map { Array($0) }
    }

    /// How many entries the county has not signed for, and since when.
    public func unsent() throws -> (count: Int, oldest: Instant?) {
        let through = try acknowledged().through
        let head = try head().sequence
        return (head - through, try entry(through + 1)?.header.at)
    }
}
