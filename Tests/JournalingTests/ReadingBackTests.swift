import Foundation
import GRDB
import Journaling
import SmallCounty
import Testing
import Vocabulary

/// What a journal answers is what was written, to the last number.
@Suite struct ReadingBackTests {
    let folder: TestFolder
    let kiosk = KioskID(rawValue: "K0001") ?? .nobody
    let key: DeviceKey

    init() throws {
        folder = try TestFolder()
        key = try DeviceKey(raw: SeededBytes(seed: 7).next(32))
    }

    private var path: String { folder.path + "/journal.sqlite" }
    private func open(mayCreate: Bool = true) throws -> Journal {
        try Journal(path: path, kiosk: kiosk, mayCreate: mayCreate)
    }

    private func stamp(_ at: Int = 0) -> Journal.Stamp {
        let instant = Instant(milliseconds: 1_795_327_000_000 + at)
        return Journal.Stamp(at: instant, day: instant.day, by: "D0001", session: "s")
    }

    private func close(_ identity: String, sentence: String = "") -> Fact {
        .dayClose(
            DayClose(
                identity: identity, expected: [:], counted: .zero, pieces: [:], difference: .zero,
                sentence: sentence))
    }

    /// One receipt for two people.
    private func receipt(_ number: Int) throws -> ContributionReceipt {
        let text = """
            {"code":"41030126","hh":"1","id":"r\(number)","lines":[{"psn":"P1","rel":0,"std":40},\
            {"psn":"P2","rel":0,"std":40}],"number":\(number),"paid":{"cash":80},"total":80,\
            "year":2026}
            """
        return try CompactJSON.decode(ContributionReceipt.self, from: Array(text.utf8))
    }

    private func change(_ sql: String) throws {
        let raw = try DatabaseQueue(path: path)
        try raw.write { try $0.execute(sql: sql) }
        try raw.close()
    }

    /// Worked out apart from this code:
    ///
    ///     a = hashlib.sha256(bytes(32) + b"first").digest()
    ///     b = hashlib.sha256(a + b"second").digest()
    @Test func `the chain is SHA-256 over the hash before and the bytes`() {
        let first = Entry.hash(Array("first".utf8), after: .zero)
        #expect("\(first)" == "3db4b4eb1df29e1585bc017b9194e30e583d7dbe9e2a7513a58442c6d4ac96bc")
        let second = Entry.hash(Array("second".utf8), after: first)
        #expect("\(second)" == "de1e86981ce97f7ca334a50ce77d42ace7c020d4c3d4dd9aa6185f4fd8bf40a0")
    }

    @Test func `an entry is as long as entries may be, and no longer`() throws {
        let journal = try open()
        let empty = try journal.append(close("a"), stamp()).bytes.count
        let most = String(repeating: "x", count: Entry.mostBytes - empty)
        #expect(throws: EntryFault.tooLong(Entry.mostBytes + 1)) {
            try journal.append(close("b", sentence: most + "x"), stamp())
        }
        #expect(
            try journal.append(close("b", sentence: most), stamp()).bytes.count == Entry.mostBytes)
    }

    @Test func `the next version of entry or file is left to the next version`() throws {
        let text = String(decoding: try open().append(close("a"), stamp()).bytes, as: UTF8.self)
        let next = text.replacing("\"v\":1", with: "\"v\":2")
        #expect(throws: EntryFault.newerFormat(2)) {
            try Entry(bytes: Array(next.utf8), after: .zero)
        }
        try change("DROP TRIGGER journal_no_update; UPDATE journal SET format = format + 1")
        #expect(throws: Journal.Fault.newerFormat(3)) { try open() }
    }

    @Test func `an identity names one kind of entry`() throws {
        let journal = try open()
        try journal.append(close("a"), stamp())
        let person = try #require(PersonNumber(rawValue: "P1"))
        let contact = ContactChange(
            identity: "a", person: person, now: ContactDetails(phone: "1"),
            before: ContactDetails())
        #expect(throws: Journal.Fault.identityTaken("a")) {
            try journal.append(.contact(contact), stamp())
        }
    }

    @Test func `a file that is missing, cut short or changed is not taken for sound`() throws {
        #expect(throws: Journal.Fault.self) { try open(mayCreate: false) }
        try open().append(close("a"), stamp())
        try open().append(close("b"), stamp(1))
        try open().requireSound()
        try open().keep(acknowledgement: [1], through: 3)
        #expect(throws: Journal.Fault.self) { try open().requireSound() }
        try open().append(close("c"), stamp(2))
        try open().requireSound()
        try change(
            """
            DROP TRIGGER entry_no_update;
            UPDATE entry SET bytes =
                CAST(replace(CAST(bytes AS TEXT), 'D0001', 'D0002') AS BLOB) WHERE seq = 1
            """)
        #expect(throws: Journal.Fault.self) { try open().requireSound() }
    }

    @Test func `an entry is found by everybody it is about, and a void by what it voids`() throws {
        let journal = try open()
        let first = try receipt(105)
        try journal.append(.contribution(first), stamp())
        try journal.append(.contribution(try receipt(103)), stamp(1))
        let void = ContributionVoid(identity: "v", of: first, sequence: 1, reason: "x")
        try journal.append(.contributionVoid(void), stamp(2))
        for name in ["P1", "P2"] {
            let person = try #require(PersonNumber(rawValue: name))
            let found = try journal.read { try $0.entries(about: person) }
            #expect(found.map(\.header.sequence) == [1, 2, 3])
        }
        #expect(try journal.read { try $0.voider(of: 1) } == 3)
        #expect(try journal.read { try $0.voider(of: 2) } == nil)
        #expect(try journal.read { try $0.lastReceipt(in: 100...104) } == 103)
        #expect(try journal.read { try $0.lastReceipt(in: 100...199) } == 105)
    }

    @Test func `caches that were changed are told and mended`() throws {
        try open().append(close("a"), stamp())
        try change("UPDATE day_of SET kind = 'other'")
        #expect(try !open().rebuild())
        #expect(try open().rebuild())
    }

    @Test func `the last acknowledgement counts, and what waits is told from there`() throws {
        let journal = try open()
        for place in 0..<3 { try journal.append(close("e\(place)"), stamp(place)) }
        try journal.keep(acknowledgement: [1], through: 2)
        try journal.keep(acknowledgement: [2], through: 1)
        let known = try journal.read { try $0.acknowledged() }
        #expect(known.through == 1 && known.statement == [2])
        let unsent = try journal.read { try $0.unsent() }
        #expect(unsent.count == 2 && unsent.oldest == stamp(1).at)
    }

    @Test func `a checkpoint is signed whole`() throws {
        let journal = try open()
        try journal.append(close("a"), stamp())
        let checkpoint = try journal.checkpoint(at: Instant(milliseconds: 77_777), key: key)
        let text = String(decoding: try CompactJSON.encode(checkpoint), as: UTF8.self)
        func isSigned(_ text: String) throws -> Bool {
            try CompactJSON.decode(Checkpoint.self, from: Array(text.utf8))
                .isSigned(by: key.publicKey)
        }
        #expect(try isSigned(text))
        for (part, other) in [
            ("K0001", "K0002"), ("\"seq\":1", "\"seq\":2"), ("77777", "77778"),
            ("\(checkpoint.head)", "\(Fingerprint.zero)"),
        ] {
            let altered = text.replacing(part, with: other)
            #expect(altered != text, "\(part)")
            #expect(try !isSigned(altered), "\(part)")
        }
    }
}
