import Foundation
import GRDB
import Journaling
import SmallCounty
import Testing
import Vocabulary

@Suite struct JournalTests {
    let folder: TestFolder
    let kiosk = KioskID(rawValue: "K0001") ?? .nobody
    let key: DeviceKey

    init() throws {
        folder = try TestFolder()
        key = try DeviceKey(raw: SeededBytes(seed: 7).next(32))
    }

    private var path: String { folder.path + "/journal.sqlite" }
    private func open() throws -> Journal { try Journal(path: path, kiosk: kiosk) }

    private func stamp(_ at: Int = 0) -> Journal.Stamp {
        let instant = Instant(milliseconds: 1_795_327_000_000 + at)
        return Journal.Stamp(at: instant, day: instant.day, by: "D0001", session: "s")
    }

    private func close(_ identity: String, counted: Int = 0) -> Fact {
        .dayClose(
            DayClose(
                identity: identity, expected: [:], counted: Money(fen: counted), pieces: [:],
                difference: Money(fen: counted), sentence: ""))
    }

    @Test func `entries are numbered, chained and read back byte for byte`() throws {
        let journal = try open()
        let first = try journal.append(close("a"), stamp())
        let second = try journal.append(close("b"), stamp(1))
        #expect(first.header.sequence == 1 && second.header.sequence == 2)
        #expect(second.hash == Entry.hash(second.bytes, after: first.hash))
        let read = try journal.read { try $0.entries(after: 0, limit: 10) }
        #expect(read == [first, second])
        let text = String(decoding: first.bytes, as: UTF8.self)
        #expect(text.hasPrefix("{\"at\":") && !text.contains(" "))
    }

    @Test func `the same identity again gives the same entry`() throws {
        let journal = try open()
        let first = try journal.append(close("a"), stamp())
        #expect(try journal.append(close("a", counted: 5), stamp(9)) == first)
        #expect(try journal.head().sequence == 1)
    }

    @Test(arguments: [
        "UPDATE entry SET bytes = x'00'", "DELETE FROM entry", "DELETE FROM acknowledgement",
        "INSERT INTO entry (seq, hash, bytes) VALUES (7, zeroblob(32), x'00')",
        "UPDATE journal SET kiosk = 'K9999'",
    ])
    func `the schema refuses to change what was written`(sql: String) throws {
        try #require(try open().append(close("a"), stamp()).header.sequence == 1)
        try open().keep(acknowledgement: [1], through: 1)
        let raw = try DatabaseQueue(path: path)
        #expect(throws: DatabaseError.self) { try raw.write { try $0.execute(sql: sql) } }
    }

    @Test func `an edited entry is found even when the guards were taken down`() throws {
        try open().append(close("a"), stamp())
        try open().append(close("b"), stamp(1))
        let raw = try DatabaseQueue(path: path)
        try raw.write { db in
            try db.execute(sql: "DROP TRIGGER entry_no_update")
            try db.execute(
                sql: """
                    UPDATE entry SET bytes =
                        CAST(replace(CAST(bytes AS TEXT), 'D0001', 'D0002') AS BLOB) WHERE seq = 1
                    """)
        }
        try raw.close()
        let found = try open().verify(publicKey: key.publicKey)
        #expect(found.faults.contains { $0.hasPrefix("entry 1") })
    }

    @Test func `a cut-off tail is found from a checkpoint`() throws {
        let journal = try open()
        try journal.append(close("a"), stamp())
        try journal.append(close("b"), stamp(1))
        let checkpoint = try journal.checkpoint(at: Instant(milliseconds: 5), key: key)
        #expect(checkpoint.isSigned(by: key.publicKey))
        #expect(try journal.verify(publicKey: key.publicKey).faults.isEmpty)
        let other = try DeviceKey(raw: SeededBytes(seed: 8).next(32))
        #expect(!checkpoint.isSigned(by: other.publicKey))
        #expect(try !journal.verify(publicKey: other.publicKey).faults.isEmpty)
    }

    @Test func `a second process is told that the file is in use`() throws {
        let journal = try open()
        try journal.append(close("a"), stamp())
        #expect(throws: Journal.Fault.inUse(path: path)) { try open() }
        withExtendedLifetime(journal) {}
    }

    @Test func `a journal of another device is not opened`() throws {
        try open().append(close("a"), stamp())
        let other = try #require(KioskID(rawValue: "K0002"))
        #expect(throws: Journal.Fault.otherKiosk(expected: other, found: "K0001")) {
            try Journal(path: path, kiosk: other)
        }
        #expect(try Journal.owner(path: path) == kiosk)
    }

    @Test func `a damaged file is kept as it is and named`() throws {
        let rubbish = Data(repeating: 0x5A, count: 9_000)
        try rubbish.write(to: URL(fileURLWithPath: path))
        #expect(throws: Journal.Fault.self) { try open() }
        #expect(FileManager.default.contents(atPath: path) == rubbish)
    }

    @Test func `caches rebuilt from the journal are the same`() throws {
        let journal = try open()
        for index in 0..<50 { try journal.append(close("i\(index)"), stamp(index)) }
        #expect(try journal.rebuild())
        #expect(try journal.append(close("i7"), stamp(99)).header.sequence == 8)
    }

    @Test func `a full disk loses nothing and writing goes on afterwards`() throws {
        let journal = try open()
        var written = 0
        try journal.limitPages(to: 40)
        #expect(throws: Journal.Fault.diskFull) {
            for index in 0..<10_000 {
                try journal.append(close("f\(index)"), stamp(index))
                written += 1
            }
        }
        #expect(written > 0)
        #expect(try journal.head().sequence == written)
        try journal.limitPages(to: 100_000)
        #expect(try journal.append(close("after"), stamp()).header.sequence == written + 1)
        #expect(try journal.verify(publicKey: key.publicKey).faults.isEmpty)
    }

    @Test func `an unknown kind is kept and an unreadable one is told`() throws {
        let bytes = Array(
            #"{"at":1,"body":{},"by":"","day":"2026-01-01","kind":"new","kiosk":"K0001","seq":1,"ses":"","v":1}"#
                .utf8)
        #expect(try Entry(bytes: bytes, after: .zero).fact == .unknown(kind: "new"))
        #expect(throws: EntryFault.self) { try Entry(bytes: Array("{".utf8), after: .zero) }
        let newer = Array(
            String(decoding: bytes, as: UTF8.self).replacing("\"v\":1", with: "\"v\":9").utf8)
        #expect(throws: EntryFault.newerFormat(9)) { try Entry(bytes: newer, after: .zero) }
    }
}
