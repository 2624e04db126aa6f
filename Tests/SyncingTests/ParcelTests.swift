import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

/// A journal with some entries and the parcel over them.
struct ParcelFixture {
    let folder: TestFolder
    let journal: Journal
    let key: DeviceKey
    let kiosk = KioskID(rawValue: "K0001") ?? .nobody

    init(entries: Int) throws {
        folder = try TestFolder()
        key = try DeviceKey(raw: SeededBytes(seed: 3).next(32))
        journal = try Journal(path: folder.path + "/journal.sqlite", kiosk: kiosk)
        for index in 0..<entries {
            let at = Instant(milliseconds: 1_795_327_000_000 + index)
            try journal.append(
                .bulletinRead(BulletinRead(policy: index, daily: 1)),
                Journal.Stamp(at: at, day: at.day, by: "", session: ""))
        }
    }

    func parcel(after through: Int = 0) throws -> Parcel {
        let checkpoint = try journal.checkpoint(at: Instant(milliseconds: 9), key: key)
        return try nextParcel(of: journal, after: through, upTo: checkpoint, key: key)
    }

    func read(_ packed: [UInt8]) throws -> Parcel {
        try Parcel(packed: packed) { kiosk throws(ParcelFault) in
            guard kiosk == self.kiosk else { throw .unknownDevice(kiosk) }
            return key.publicKey
        }
    }
}

@Suite struct ParcelTests {
    @Test func `a parcel arrives as it was sent`() throws {
        let fixture = try ParcelFixture(entries: 60)
        let sent = try fixture.parcel()
        let arrived = try fixture.read(try sent.packed())
        #expect(arrived == sent)
        #expect(arrived.firstSequence == 1 && arrived.entries.count == 60)
        #expect(SignedParcel(sent).firstSequence == 1)
    }

    @Test func `an empty parcel still proves that the kiosk is alive`() throws {
        let fixture = try ParcelFixture(entries: 3)
        let arrived = try fixture.read(try fixture.parcel(after: 3).packed())
        #expect(arrived.entries.isEmpty && arrived.firstSequence == 4)
    }

    @Test func `a parcel cut at any place is refused`() throws {
        let fixture = try ParcelFixture(entries: 5)
        let packed = try fixture.parcel().packed()
        for length in 0..<packed.count {
            #expect(throws: ParcelFault.self) { try fixture.read(Array(packed.prefix(length))) }
        }
    }

    @Test func `a parcel altered in any byte is refused`() throws {
        let fixture = try ParcelFixture(entries: 3)
        let sent = try fixture.parcel()
        let packed = try sent.packed()
        for place in packed.indices {
            var altered = packed
            altered[place] ^= 0x20
            // Bytes of the compressed frame that carry no content may change without effect.
            if let arrived = try? fixture.read(altered) { #expect(arrived == sent) }
        }
    }

    @Test func `entries altered beneath a genuine checkpoint are refused`() throws {
        let fixture = try ParcelFixture(entries: 3)
        let sent = try fixture.parcel()
        var lines = try decompress(try sent.packed(), limit: 1 << 20).split(separator: 0x0A)
        lines.swapAt(1, 2)
        let swapped = compress(Array(lines.joined(separator: [0x0A])))
        #expect(throws: ParcelFault.brokenChain(fixture.kiosk)) { try fixture.read(swapped) }
        lines.remove(at: 1)
        let short = compress(Array(lines.joined(separator: [0x0A])))
        #expect(throws: ParcelFault.cutOrDamaged) { try fixture.read(short) }
    }

    @Test func `another device's signature is refused`() throws {
        let fixture = try ParcelFixture(entries: 2)
        let packed = try fixture.parcel().packed()
        let other = try DeviceKey(raw: SeededBytes(seed: 4).next(32))
        #expect(throws: ParcelFault.wrongSignature(fixture.kiosk)) {
            try Parcel(packed: packed) { _ in other.publicKey }
        }
        #expect(throws: ParcelFault.revokedDevice(fixture.kiosk)) {
            try Parcel(packed: packed) { kiosk throws(ParcelFault) in throw .revokedDevice(kiosk) }
        }
    }

    @Test func `rubbish and bombs are refused before they cost anything`() throws {
        let fixture = try ParcelFixture(entries: 1)
        #expect(throws: ParcelFault.cutOrDamaged) { try fixture.read(Array("hello".utf8)) }
        #expect(throws: ParcelFault.notAParcel) { try fixture.read(compress(Array("{}".utf8))) }
        let bomb = compress([UInt8](repeating: 0x41, count: Parcel.mostBytes + 1))
        #expect(throws: ParcelFault.tooLarge(bomb.count)) { try fixture.read(bomb) }
        let large = [UInt8](repeating: 0, count: Parcel.mostBytes + 1)
        #expect(throws: ParcelFault.tooLarge(large.count)) { try fixture.read(large) }
    }

    @Test func `a long journal goes in parcels that each end at a signed head`() throws {
        let fixture = try ParcelFixture(entries: Parcel.mostEntries + 5)
        let first = try fixture.parcel()
        #expect(first.entries.count == Parcel.mostEntries)
        #expect(try fixture.read(try first.packed()) == first)
        let second = try fixture.parcel(after: Parcel.mostEntries)
        #expect(second.previous == first.checkpoint.head && second.entries.count == 5)
        #expect(try fixture.read(try second.packed()) == second)
        // One more than fits, under a genuine checkpoint.
        let entries = try fixture.journal.read {
            try $0.entries(after: 0, limit: Parcel.mostEntries + 1)
        }
        let last = try #require(entries.last)
        let more = try parcel(entries, last.hash, of: fixture.kiosk, by: fixture)
        #expect(throws: ParcelFault.cutOrDamaged) { try fixture.read(try more.packed()) }
    }

    private func parcel(
        _ entries: [Entry], _ head: Fingerprint, of kiosk: KioskID, by fixture: ParcelFixture
    ) throws -> Parcel {
        Parcel(
            kiosk: fixture.kiosk, previous: .zero, entries: entries,
            checkpoint: try Checkpoint(
                kiosk: kiosk, sequence: entries.count, head: head, at: Instant(milliseconds: 9),
                key: fixture.key))
    }

    @Test func `a checkpoint of another journal covers nothing`() throws {
        let fixture = try ParcelFixture(entries: 2)
        let entries = try fixture.journal.read { try $0.entries(after: 0, limit: 2) }
        let head = try fixture.journal.head().hash
        let other = try #require(KioskID(rawValue: "K0002"))
        let own = try parcel(entries, head, of: fixture.kiosk, by: fixture)
        #expect(try fixture.read(try own.packed()) == own)
        let foreign = try parcel(entries, head, of: other, by: fixture)
        #expect(throws: ParcelFault.cutOrDamaged) { try fixture.read(try foreign.packed()) }
    }
}

@Suite struct AcknowledgementTests {
    let county: SmallCounty
    let kiosk = KioskID(rawValue: "K0001") ?? .nobody

    init() throws { county = try SmallCounty(people: 1) }

    private func statement(_ kiosk: KioskID, county code: String, key: DeviceKey) throws -> [UInt8]
    {
        let value = Acknowledgement(
            county: code, kiosk: kiosk, through: 3, head: .zero, at: Instant(milliseconds: 1),
            setAside: [])
        return try SignedDocument(role: .acknowledgement, value, key: key).bytes
    }

    private func read(_ bytes: [UInt8]) throws -> Acknowledgement {
        try Acknowledgement(bytes: bytes, for: kiosk, trust: county.trust)
    }

    @Test func `only the county's own word for this kiosk counts`() throws {
        let genuine = try statement(kiosk, county: SmallCounty.code, key: county.service)
        #expect(try read(genuine).through == 3)
        #expect(throws: DocumentFault.signatures(found: 0, needed: 1)) {
            try read(try statement(kiosk, county: SmallCounty.code, key: county.office[0]))
        }
        let other = try #require(KioskID(rawValue: "K0002"))
        #expect(throws: DocumentFault.otherRecipient) {
            try read(try statement(other, county: SmallCounty.code, key: county.service))
        }
        #expect(throws: DocumentFault.otherCounty("110101")) {
            try read(try statement(kiosk, county: "110101", key: county.service))
        }
        for place in genuine.indices {
            var altered = genuine
            altered[place] ^= 1
            #expect(throws: DocumentFault.self) { try read(altered) }
        }
        // The same words, signed as another document.
        let payload = try SignedDocument(role: .acknowledgement, bytes: genuine).payload
        var drawn = SignedDocument(role: .rights, payload: payload)
        try drawn.sign(county.service)
        #expect(throws: DocumentFault.signatures(found: 0, needed: 1)) {
            try read(try drawn.bytes)
        }
    }

    @Test func `a head that is not ours is never taken for ours`() throws {
        let fixture = try ParcelFixture(entries: 3)
        let wrong = Acknowledgement(
            county: SmallCounty.code, kiosk: kiosk, through: 2, head: .zero,
            at: Instant(milliseconds: 1), setAside: [])
        #expect(throws: SyncFault.headDiffers(at: 2)) {
            try accept(wrong, statement: [], in: fixture.journal)
        }
        let more = Acknowledgement(
            county: SmallCounty.code, kiosk: kiosk, through: 9, head: .zero,
            at: Instant(milliseconds: 1), setAside: [])
        #expect(throws: SyncFault.countyKnowsMore(through: 9, here: 3)) {
            try accept(more, statement: [], in: fixture.journal)
        }
        #expect(try fixture.journal.read { try $0.acknowledged().through } == 0)
    }
}
