import Foundation
import GRDB
import Synchronization
import Vocabulary

/// The append-only journal of one device in one SQLite file; the only truth a kiosk has.
///
/// Every append is durable when it returns: WAL with `synchronous=FULL`, asserted at opening. One
/// process owns the file through one connection. With a key the entries are sealed at rest; the
/// chain is over the plain bytes, so that parcels and checks do not depend on the seal.
public final class Journal: Sendable {
    public let kiosk: KioskID
    let database: DatabaseQueue
    /// Changes while the journal is open when its key is changed.
    let seal: Mutex<Sealer?>

    /// Where a journal ends.
    public struct Head: Hashable, Sendable {
        public let sequence: Int
        public let hash: Fingerprint

        public init(sequence: Int, hash: Fingerprint) {
            self.sequence = sequence
            self.hash = hash
        }

        public static let empty = Head(sequence: 0, hash: .zero)
    }

    public enum Fault: Error, Equatable {
        /// Another process has the file open.
        case inUse(path: String)
        /// The file belongs to another device.
        case otherKiosk(expected: KioskID, found: String)
        /// Written by a later version of the product.
        case newerFormat(Int)
        /// The system does not let the file be read or written; it is left as it is.
        case unreadable(path: String, reason: String)
        /// The file is damaged, cut short, or no journal; it is left as it is.
        case damaged(path: String, reason: String)
        /// The entries are sealed with a key that was not given.
        case keyMissing(path: String)
        /// None of the keys given is the one that sealed the entries.
        case keyDiffers(path: String)
        /// The disk is full; nothing was written.
        case diskFull
        /// The system did not give the durability that was asked for.
        case notDurable(synchronous: Int, mode: String)
        /// An entry under this identity exists and says something else.
        case identityTaken(String)
    }

    /// Opens the journal of a device, whichever of its journals the file holds.
    ///
    /// A file sealed otherwise than with the first key, or written in clear by an earlier version,
    /// is sealed with the first key before this returns; see ``reseal(with:)``.
    ///
    /// - Parameters:
    ///   - keys: the key to seal with, then older ones that still open; none for entries in clear.
    ///   - mayCreate: whether an absent or empty file is a new journal and no loss.
    public init(
        path: String, kiosk: KioskID, keys: [DataKey] = [], mayCreate: Bool = true
    ) throws {
        do {
            database = try openDurably(path: path)
            let found = try database.write { db in
                try Journal.open(db, path, kiosk, keys, mayCreate)
            }
            self.kiosk = found.kiosk
            seal = Mutex(found.sealer)
            let isSettled = keys.isEmpty || found.sealer?.key == keys.first
            if found.isOlder || !isSettled { try reseal(with: keys.first) }
            try Scrub.run(database)
        } catch {
            throw Fault(error, path: path)
        }
    }

    /// Whose journal a file is, without opening it for work.
    public static func owner(path: String) throws -> KioskID {
        var configuration = Configuration()
        configuration.readonly = true
        do {
            let name = try DatabaseQueue(path: path, configuration: configuration)
                .read { try String.fetchOne($0, sql: "SELECT kiosk FROM journal") }
            guard let kiosk = name.flatMap(KioskID.init(rawValue:)) else {
                throw Fault.unreadable(path: path, reason: "no owner recorded")
            }
            return kiosk
        } catch {
            throw Fault(error, path: path)
        }
    }

    /// When, on which day, by whom.
    public struct Stamp: Sendable {
        public var at: Instant
        public var day: Day
        public var by: String
        public var session: String

        public init(at: Instant, day: Day, by: String, session: String) {
            self.at = at
            self.day = day
            self.by = by
            self.session = session
        }
    }

    /// Appends a fact durably.
    ///
    /// - Returns: the entry; where the fact's identity is in the journal already, the entry that
    ///   holds it, so that pressing twice or trying again after an error is harmless.
    @discardableResult
    public func append(_ fact: Fact, _ stamp: Stamp) throws -> Entry {
        try append(stamp) { _ in fact }
    }

    /// Appends a fact that depends on the head it follows (a receipt number, a reversal), decided
    /// and written in one transaction.
    @discardableResult
    public func append(_ stamp: Stamp, _ decide: (JournalReader) throws -> Fact) throws -> Entry {
        do {
            return try database.writeDurably { db in
                let reader = reader(db)
                let fact = try decide(reader)
                if let identity = fact.identity, let known = try reader.entry(identity: identity) {
                    guard known.fact.kind == fact.kind else { throw Fault.identityTaken(identity) }
                    return known
                }
                let head = try reader.head()
                let header = Entry.Header(
                    kiosk: kiosk, sequence: head.sequence + 1, at: stamp.at,
                    day: stamp.day, by: stamp.by, session: stamp.session, kind: fact.kind)
                let entry = try Entry(fact, header, after: head.hash)
                try insert(entry, db)
                return entry
            }
        } catch  where error is DatabaseError || error is SealFault {
            throw Fault(error, path: database.path)
        }
    }

    private func insert(_ entry: Entry, _ db: Database) throws {
        let sequence = entry.header.sequence
        let sealer = seal.withLock { $0 }
        let bytes = try sealer?.seal(entry.bytes, at: "\(sequence)") ?? Data(entry.bytes)
        try db.cachedStatement(
            sql: "INSERT INTO entry (seq, hash, sealed, bytes) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [
            sequence, Data(entry.hash.bytes), sealer == nil ? 0 : 1, bytes,
        ])
        try cache(entry, db)
    }

    /// Reads in one consistent view.
    public func read<Value>(_ body: (JournalReader) throws -> Value) throws -> Value {
        do {
            return try database.look { try body(reader($0)) }
        } catch  where error is DatabaseError || error is SealFault {
            throw Fault(error, path: database.path)
        }
    }

    func reader(_ db: Database) -> JournalReader {
        JournalReader(db: db, sealer: seal.withLock { $0 })
    }

    public func head() throws -> Head { try read { try $0.head() } }
}

extension DatabaseQueue {
    /// Reads where one connection has the file to itself, as ``openDurably(path:)`` opens it.
    ///
    /// GRDB's own `read` forbids writing by a pragma, upon which SQLite forgets every prepared
    /// statement; preparing them again took a fifth of a visit.
    public func look<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try unsafeRead(body)
    }
}

/// Opens a database whose commits survive a power cut.
///
/// Exclusive locking keeps other processes out for as long as the file is open, and one connection
/// writes and checkpoints, which avoids the WAL-reset fault of SQLite before 3.51.3.
public func openDurably(path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
        try db.execute(sql: "PRAGMA locking_mode=EXCLUSIVE")
        try db.execute(sql: "PRAGMA journal_mode=WAL")
        try db.execute(sql: "PRAGMA synchronous=FULL")
    }
    let database = try DatabaseQueue(path: path, configuration: configuration)
    try database.inDatabase { db in
        let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? ""
        guard synchronous == 2, mode == "wal" else {
            throw Journal.Fault.notDurable(synchronous: synchronous, mode: mode)
        }
        // What an earlier program left in the log after an error of the disk, nobody vouches for.
        try copyLogBack(db)
    }
    return database
}

extension Journal.Fault {
    /// What an error of the database, or of a seal, means for the journal.
    public init(_ error: any Error, path: String) {
        switch error {
        case let fault as Journal.Fault: self = fault
        case let fault as SealFault:
            self = .damaged(path: path, reason: "\(fault.place) does not open")
        case let error as DatabaseError:
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: self = .inUse(path: path)
            case .SQLITE_FULL: self = .diskFull
            case .SQLITE_CORRUPT, .SQLITE_NOTADB:
                self = .damaged(path: path, reason: error.description)
            default: self = .unreadable(path: path, reason: error.description)
            }
        default: self = .unreadable(path: path, reason: "\(error)")
        }
    }

    /// Whether the file itself is at fault, so that work can only go on in another one.
    public var isDamage: Bool {
        if case .damaged = self { true } else { false }
    }
}
