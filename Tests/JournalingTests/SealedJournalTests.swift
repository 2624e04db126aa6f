import Foundation
import GRDB
import Journaling
import SmallCounty
import Testing
import Vocabulary

@Suite struct SealedJournalTests {
    let folder: TestFolder
    let kiosk = KioskID(rawValue: "K0001") ?? .nobody
    let (key, other): (DataKey, DataKey)

    init() throws {
        folder = try TestFolder()
        let random = SeededBytes(seed: 5)
        key = try #require(DataKey(raw: random.next(32)))
        other = try #require(DataKey(raw: random.next(32)))
    }

    private var path: String { folder.path + "/journal.sqlite" }
    private func open(_ keys: [DataKey], mayCreate: Bool = true) throws -> Journal {
        try Journal(path: path, kiosk: kiosk, keys: keys, mayCreate: mayCreate)
    }

    private func stamp(_ at: Int = 0) -> Journal.Stamp {
        let instant = Instant(milliseconds: 1_795_327_000_000 + at)
        return Journal.Stamp(at: instant, day: instant.day, by: "D0001", session: "s")
    }

    /// A day close can say anything, so it says what must never be seen.
    private func secret(_ number: Int) -> Fact {
        .dayClose(
            DayClose(
                identity: "李桂华-\(number)", expected: [:], counted: .zero, pieces: [:],
                difference: .zero, sentence: "419925196305124345 李桂华 \(number)"))
    }

    private func filled(_ count: Int, _ keys: [DataKey]) throws -> [Entry] {
        let journal = try open(keys)
        return try (0..<count).map { try journal.append(secret($0), stamp($0)) }
    }

    private func seen(_ words: [String] = ["李桂华", "419925196305124345", "D0001", "dayClose\""])
        -> [String]
    {
        ["", "-wal", "-shm"].flatMap { ending in
            let bytes = FileManager.default.contents(atPath: path + ending) ?? Data()
            return words.filter { bytes.range(of: Data($0.utf8)) != nil }.map { $0 + ending }
        }
    }

    @Test func `nothing is seen in file and log, and the chain is that of the plain bytes`() throws
    {
        let journal = try open([key])
        let entries = try (0..<40).map { try journal.append(secret($0), stamp($0)) }
        #expect(seen() == [])
        #expect(try journal.read { try $0.entries(after: 0, limit: 100) } == entries)
        #expect(try journal.append(secret(7), stamp(99)) == entries[7])
        #expect(try journal.rebuild())
        try journal.requireSound()

        let clear = try Journal(path: folder.path + "/clear.sqlite", kiosk: kiosk)
        for index in 0..<40 { try clear.append(secret(index), stamp(index)) }
        #expect(try clear.head() == journal.head())
    }

    @Test func `a journal of version 1 is sealed whole, free pages and log included`() throws {
        let entries = try writeVersion1()
        #expect(!seen().isEmpty)
        let journal = try open([key])
        #expect(seen() == [])
        #expect(try journal.read { try $0.entries(after: 0, limit: 100) } == entries)
        #expect(try journal.append(secret(3), stamp(99)) == entries[3])
        #expect(try journal.append(secret(1_000), stamp(99)).header.sequence == entries.count + 1)
        try journal.requireSound()
        #expect(seen() == [])
    }

    @Test func `a journal of version 1 without a key stays readable`() throws {
        let entries = try writeVersion1()
        let journal = try open([])
        #expect(try journal.read { try $0.entries(after: 0, limit: 100) } == entries)
        #expect(try journal.append(secret(3), stamp(99)) == entries[3])
    }

    @Test func `a wrong key is asked for and changes nothing`() throws {
        _ = try filled(3, [key])
        let before = FileManager.default.contents(atPath: path)
        #expect(throws: Journal.Fault.keyDiffers(path: path)) { try open([other]) }
        #expect(throws: Journal.Fault.keyMissing(path: path)) { try open([]) }
        #expect(FileManager.default.contents(atPath: path) == before)
        #expect(try open([key]).head().sequence == 3)
    }

    @Test func `a new key seals everything and the old one opens nothing any more`() throws {
        let entries = try filled(30, [key])
        do {
            let journal = try open([key])
            try journal.reseal(with: other)
            #expect(try journal.append(secret(5), stamp(99)) == entries[5])
            #expect(try journal.append(secret(30), stamp(30)).header.sequence == 31)
            try journal.requireSound()
        }
        #expect(throws: Journal.Fault.keyDiffers(path: path)) { try open([key]) }
        let again = try open([other])
        #expect(try again.read { try $0.entries(after: 0, limit: 30) } == entries)
    }

    @Test func `a change of key that was cut short is ended at the next opening`() throws {
        let entries = try filled(10, [key])
        #expect(try open([other, key]).read { try $0.entries(after: 0, limit: 30) } == entries)
        #expect(try open([other]).head().sequence == 10)
    }

    @Test func `an entry moved to another place does not open`() throws {
        _ = try filled(4, [key])
        let raw = try DatabaseQueue(path: path)
        try raw.write { db in
            try db.execute(sql: "DROP TRIGGER entry_no_update")
            try db.execute(
                sql:
                    "UPDATE entry SET bytes = (SELECT bytes FROM entry WHERE seq = 2) WHERE seq = 3"
            )
        }
        try raw.close()
        let journal = try open([key])
        #expect(throws: Journal.Fault.self) { try journal.requireSound() }
        #expect(throws: Journal.Fault.self) { try journal.read { try $0.entry(3) } }
        #expect(try journal.verify(publicKey: []).faults.contains { $0.hasPrefix("entry 3") })
    }

    @Test func `a byte changed anywhere is found or changes no entry`() throws {
        let entries = try filled(12, [key])
        let whole = try #require(FileManager.default.contents(atPath: path))
        var found = 0
        for place in stride(from: 0, to: whole.count, by: 331) {
            var bytes = whole
            bytes[place] ^= 0x41
            try restore(bytes)
            do {
                let journal = try open([key], mayCreate: false)
                try journal.requireSound()
                #expect(try journal.read { try $0.entries(after: 0, limit: 30) } == entries)
            } catch is Journal.Fault { found += 1 }
        }
        #expect(found > 20)
    }

    @Test func `a file cut short anywhere is found and never made anew`() throws {
        let entries = try filled(12, [key])
        let whole = try #require(FileManager.default.contents(atPath: path))
        for length in stride(from: 0, to: whole.count, by: 1_024) {
            try restore(whole.prefix(length))
            do {
                let journal = try open([key], mayCreate: false)
                try journal.requireSound()
                // Only the unused end of the last page is missing.
                #expect(length > whole.count - 4_096)
                #expect(try journal.read { try $0.entries(after: 0, limit: 30) } == entries)
            } catch let fault as Journal.Fault {
                #expect(fault.isDamage, "\(length) bytes: \(fault)")
            }
        }
    }

    private func restore(_ bytes: Data) throws {
        for ending in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + ending)
        }
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    /// A file as version 1 wrote it, its log not yet in it, with text left over in a free page.
    private func writeVersion1() throws -> [Entry] {
        let template = folder.path + "/template.sqlite"
        let clear = try Journal(path: template, kiosk: kiosk)
        let entries = try (0..<40).map { try clear.append(secret($0), stamp($0)) }
        let origin = folder.path + "/origin.sqlite"
        let raw = try openDurably(path: origin)
        try raw.write { db in
            try db.execute(sql: Version1.schema)
            for entry in entries {
                try db.execute(
                    sql: "INSERT INTO entry (seq, hash, bytes) VALUES (?, ?, ?)",
                    arguments: [entry.header.sequence, Data(entry.hash.bytes), Data(entry.bytes)])
                try db.execute(
                    sql: "INSERT INTO identity_of VALUES (?, ?)",
                    arguments: [entry.fact.identity, entry.header.sequence])
            }
        }
        try raw.inDatabase { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try raw.write { db in
            try db.execute(sql: "CREATE TABLE gone (t TEXT)")
            for _ in 0..<300 { try db.execute(sql: "INSERT INTO gone VALUES ('李桂华 D0001 gone')") }
        }
        try raw.write { try $0.execute(sql: "DROP TABLE gone") }
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: origin + ending, toPath: path + ending)
        }
        return entries
    }
}

/// The schema of version 1, as it was.
private enum Version1 {
    static let schema = """
        CREATE TABLE journal (kiosk TEXT NOT NULL, format INTEGER NOT NULL) STRICT;
        CREATE TABLE entry (
            seq INTEGER PRIMARY KEY CHECK (seq > 0),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            sealed INTEGER NOT NULL DEFAULT 0,
            bytes BLOB NOT NULL
        ) STRICT;
        CREATE TABLE checkpoint (seq INTEGER NOT NULL, statement BLOB NOT NULL) STRICT;
        CREATE TABLE acknowledgement (through INTEGER NOT NULL, statement BLOB NOT NULL) STRICT;
        CREATE TRIGGER entry_in_sequence BEFORE INSERT ON entry
        WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry)
        BEGIN SELECT raise(ABORT, 'the journal has no gaps'); END;
        CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
        BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
        CREATE TABLE identity_of (identity TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
        CREATE TABLE about (person TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (person, seq))
            STRICT, WITHOUT ROWID;
        CREATE TABLE day_of (day TEXT NOT NULL, kind TEXT NOT NULL, seq INTEGER PRIMARY KEY) STRICT;
        CREATE INDEX day_of_day ON day_of (day, seq);
        CREATE TABLE voided (seq INTEGER PRIMARY KEY, by_seq INTEGER NOT NULL) STRICT;
        CREATE TABLE receipt (number INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
        INSERT INTO journal VALUES ('K0001', 1);
        """
}
