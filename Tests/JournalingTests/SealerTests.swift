import Foundation
import GRDB
import Journaling
import SmallCounty
import Testing
import Vocabulary

/// What is sealed opens where it was sealed, under its own key, and in the next version too.
@Suite struct SealerTests {
    let key: DataKey
    let sealer: Sealer

    init() throws {
        key = try #require(DataKey(raw: Array(0..<32)))
        sealer = Sealer(key, database: "journal", owner: "K0001")
    }

    /// Worked out apart from this code:
    ///
    ///     def key(use): return HKDF(SHA256(), 32, None, f"village-kiosk {use} 1".encode()).derive(bytes(range(32)))
    ///     key("check")[:8]
    ///     AESGCM(key("journal rows")).encrypt(bytes(12), b"first", b"village-kiosk journal 1\nK0001\n7\n")
    ///     hmac.digest(key("journal mark person"), b"P1", "sha256")[:16]
    @Test func `keys, rows and marks are those of every version`() throws {
        #expect(hex(key.check) == "4c3e3454098ddb45")
        let row = "0000000000000000000000002e17b8fe7c19949b1690549c88b3f84d9b49d7cee1"
        let sealed = Data(try #require(unhex(row)))
        #expect(try sealer.open(sealed, at: "7") == Array("first".utf8))
        #expect(hex(sealer.mark("P1", .person)) == "4f0349a242bd344bcbe528fb644b827d")
        #expect(hex(sealer.mark("P1", .identity)) == "50428d5d3f39bf322ea203c25e9a0e72")
    }

    @Test func `a key has its length, and no other`() {
        for count in [0, 31, 33] {
            #expect(DataKey(raw: [UInt8](repeating: 1, count: count)) == nil)
        }
    }

    @Test func `a row opens in its own place of its own journal alone`() throws {
        let sealed = try sealer.seal(Array("first".utf8), at: "7")
        #expect(try sealer.open(sealed, at: "7") == Array("first".utf8))
        #expect(throws: SealFault(place: "8")) { try sealer.open(sealed, at: "8") }
        for (database, owner) in [("journal", "K0002"), ("shelf", "K0001")] {
            let other = Sealer(key, database: database, owner: owner)
            #expect(throws: SealFault(place: "7")) { try other.open(sealed, at: "7") }
        }
    }

    @Test func `a text has another mark in every use`() {
        let marks = Sealer.Use.allCases.map { sealer.mark("P1", $0) }
        #expect(Set(marks).count == marks.count)
    }
}

extension SealedJournalTests {
    private func close(_ number: Int) -> Fact {
        .dayClose(
            DayClose(
                identity: "c\(number)", expected: [:], counted: .zero, pieces: [:],
                difference: .zero, sentence: ""))
    }

    private func fill(_ journal: Journal, _ count: Int) throws {
        let at = Instant(milliseconds: 1_795_327_000_000)
        let stamp = Journal.Stamp(at: at, day: at.day, by: "D0001", session: "s")
        for number in 0..<count { try journal.append(close(number), stamp) }
    }

    @Test func `a journal longer than one piece is sealed anew to its end`() throws {
        let path = folder.path + "/long.sqlite"
        let journal = try Journal(path: path, kiosk: kiosk, keys: [key])
        try fill(journal, 503)
        try journal.reseal(with: other)
        try journal.requireSound()
        #expect(try journal.read { try $0.entries(after: 499, limit: 9) }.count == 4)
    }

    @Test func `a change of key that fails changes nothing`() throws {
        let path = folder.path + "/failing.sqlite"
        try fill(try Journal(path: path, kiosk: kiosk, keys: [key]), 3)
        let raw = try DatabaseQueue(path: path)
        try raw.write { db in
            // Opens and says nothing: the caches cannot be filled from it.
            try db.execute(
                sql: "INSERT INTO entry (seq, hash, sealed, bytes) VALUES (4, ?, 0, x'00')",
                arguments: [Data(repeating: 1, count: 32)])
        }
        try raw.close()
        let journal = try Journal(path: path, kiosk: kiosk, keys: [key])
        #expect(throws: (any Error).self) { try journal.reseal(with: other) }
        #expect(try journal.read { try $0.entry(2) }?.fact == close(1))
    }
}
