import DemoCounty
import Foundation
import Identifying
import Journaling
import Merging
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

@Suite(.onBothStores) struct RoundTests {
    /// Parcels of three entries each over a device's whole journal.
    private func parcels(of device: TestDevice, size: Int = 3) throws -> [[UInt8]] {
        let journal = device.desk.journal
        let head = try journal.head().sequence
        return try stride(from: 0, to: head, by: size).map { start in
            let entries = try journal.read { try $0.entries(after: start, limit: size) }
            let previous = try journal.read { try $0.hash(at: start) } ?? .zero
            guard let last = entries.last else { throw Refusal.noLines }
            let checkpoint = try Checkpoint(
                kiosk: journal.kiosk, sequence: last.header.sequence, head: last.hash,
                at: device.desk.clock.now(), key: device.desk.key)
            return try Parcel(
                kiosk: journal.kiosk, previous: previous, entries: entries, checkpoint: checkpoint
            ).packed()
        }
    }

    private func county() async throws -> (TestCounty, [TestDevice]) {
        let county = try await TestCounty()
        let devices = [
            try await county.device("H41992500001", operator: ("D0001", "246810")),
            try await county.device("H41992500002", operator: ("D0002", "246810")),
            try await county.device("H41992590001", operator: ("T0001", "135790")),
        ]
        for (index, member) in county.small.members.prefix(12).enumerated() {
            for device in devices.prefix(2) {
                _ = try? await device.visit(member, fen: 5_000 + 7_000 * index)
            }
            _ = try? await devices[2].collect(member, id: "c\(index)")
        }
        return (county, devices)
    }

    /// A second office that knows the same people and devices, and nothing of the ledger.
    private func twin(of county: TestCounty, in database: String? = nil) throws -> Office {
        let home = county.folder.path + "/twin\(county.small.randomness.identity())"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: county.folder.path + "/office/keys", toPath: home + "/keys")
        let twin = try Office(
            folder: home, county: SmallCounty.code, clock: county.small.clock.clock,
            randomness: county.small.randomness, database: database)
        try county.office.store.read { source in
            try twin.store.write { target in
                try target.put(county.small.members)
                try target.put(try source.institutions())
                for var journal in try source.journals() where journal.kiosk.rawValue != "C0001" {
                    journal.through = 0
                    journal.head = .zero
                    try target.put(journal)
                }
            }
        }
        return twin
    }

    @Test(arguments: 0..<5)
    func `two servers fed in different orders print the same digest`(seed: Int) async throws {
        let (county, devices) = try await county()
        var random = SeededNumbers(seed: UInt64(seed))
        let all = try devices.map { try parcels(of: $0) }
        let policy = await county.office.policy
        var digests: Set<Fingerprint> = []
        for database in [nil, try TestStore.database()] {
            let office = try twin(of: county, in: database)
            await office.use(policy)
            // Out of order, repeated, again and again until all has arrived.
            for _ in 0..<12 {
                for packed in (all.flatMap { $0 } + all[0]).shuffled(using: &random) {
                    _ = try await office.receive(packed)
                }
            }
            digests.insert(try await office.digest())
            #expect(try await office.verify().faults == [])
            #expect(try await office.rebuild().unchanged)
        }
        #expect(digests.count == 1)
    }

    /// One visit uploaded twice is stored once, and the second answer says that it is there.
    @Test func `the same parcel again gets the same acknowledgement and adds nothing`() async throws
    {
        let (county, devices) = try await county()
        let packed = try parcels(of: devices[0], size: 1_000)[0]
        let first = try await county.office.receive(packed)
        let count = try county.office.store.read { try $0.entryCount() }
        #expect(try await county.office.receive(packed) == first)
        #expect(try county.office.store.read { try $0.entryCount() } == count)
    }

    @Test func `a parcel with a gap before it is answered with where to go on`() async throws {
        let (county, devices) = try await county()
        let all = try parcels(of: devices[0])
        let office = try twin(of: county)
        let answer = try await office.receive(all[2])
        let trust = devices[0].desk.provision.trust
        let said = try Acknowledgement(
            bytes: answer, for: devices[0].desk.journal.kiosk, trust: trust)
        #expect(said.through == 0 && said.head == .zero)
        _ = county
    }

    @Test func `a cloned journal is found at first contact and both branches are kept`()
        async throws
    {
        let county = try await TestCounty()
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let original = device.desk.journal
        let home = county.folder.path + "/K0001"
        let clone = county.folder.path + "/clone"
        try FileManager.default.copyItem(atPath: home, toPath: clone)
        let twin = try Desk(
            provision: device.desk.provision, folder: clone, clock: county.small.clock.clock,
            randomness: county.small.randomness)
        let members = county.small.members.filter { $0.coverage.died == nil }
        try await device.visit(members[0], fen: 2_000)
        let other = TestDevice(desk: twin, session: device.session, county: county)
        try await other.visit(members[1], fen: 3_000)
        try await device.night()
        await #expect(throws: RoundFault.self) { try await other.night() }
        await #expect(throws: RoundFault.self) { try await device.night() }
        let forks = try county.office.store.read { try $0.forks() }
        #expect(forks.first?.kiosk == original.kiosk)
        #expect(try county.office.store.read { try $0.journal(original.kiosk) }?.forkedAt != nil)
    }

    @Test func `a bad entry is set aside and blocks nothing behind it`() async throws {
        let county = try await TestCounty()
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let journal = device.desk.journal
        let good = try journal.read { try $0.entries(after: 0, limit: 100) }
        var chain = good
        func add(_ bytes: [UInt8]) {
            chain.append(Entry(keeping: bytes, after: chain.last?.hash ?? .zero))
        }
        add(Array("not json at all".utf8))
        let next = chain.count + 1
        add(
            Array(
                #"{"at":1,"body":{},"by":"","day":"2026-11-22","kind":"future","kiosk":"K0001","seq":\#(next),"ses":"","v":1}"#
                    .utf8))
        let header = Entry.Header(
            kiosk: journal.kiosk, sequence: chain.count + 1,
            at: county.small.clock.clock.now(), day: county.small.clock.clock.now().day, by: "",
            session: "", kind: "bulletinRead")
        chain.append(
            try Entry(
                .bulletinRead(BulletinRead(policy: 1, daily: 1)), header,
                after: chain.last?.hash ?? .zero))
        let checkpoint = try Checkpoint(
            kiosk: journal.kiosk, sequence: chain.count, head: chain.last?.hash ?? .zero,
            at: county.small.clock.clock.now(), key: device.desk.key)
        let parcel = Parcel(
            kiosk: journal.kiosk, previous: .zero, entries: chain, checkpoint: checkpoint)
        let answer = try await county.office.receive(try parcel.packed())
        let said = try Acknowledgement(
            bytes: answer, for: journal.kiosk, trust: device.desk.provision.trust)
        #expect(said.through == chain.count)
        #expect(said.setAside == [good.count + 1, good.count + 2])
    }

    @Test func `a restored county gets again what it lost`() async throws {
        let county = try await TestCounty()
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let members = county.small.members.filter { $0.coverage.died == nil }
        try await device.visit(members[0], fen: 2_000)
        try await device.night()
        let kiosk = device.desk.journal.kiosk
        let early = try county.office.store.read { try $0.journal(kiosk) }
        let later = try await county.office.digest()
        // Set the county's memory of this journal back, as an old backup would.
        let office = try twin(of: county)
        await office.use(await county.office.policy)
        let wire = Carrier(
            send: { try await office.receive($0) }, manifest: { _ in throw OfficeFault.noPolicy },
            section: { _ in [] })
        let report = try await sendJournal(
            device.desk.journal, key: device.desk.key, trust: device.desk.provision.trust,
            clock: county.small.clock.clock, carrier: wire)
        #expect(report.acknowledgedThrough == early?.through)
        #expect(try office.store.read { try $0.journal(kiosk) }?.head == early?.head)
        _ = later
    }

    @Test func `unknown and revoked devices are refused`() async throws {
        let county = try await TestCounty()
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let kiosk = device.desk.journal.kiosk
        let packed = try parcels(of: device, size: 100)[0]
        let stranger = try Registration(
            kiosk: kiosk, key: try DeviceKey(raw: county.small.randomness.bytes(32)),
            at: county.small.clock.clock.now(), secret: [])
        await #expect(throws: OfficeFault.alreadyRegistered(kiosk)) {
            try await county.office.register(stranger)
        }
        try await county.office.revoke(kiosk)
        await #expect(throws: ParcelFault.revokedDevice(kiosk)) {
            try await county.office.receive(packed)
        }
        let own = try device.desk.registration()
        await #expect(throws: OfficeFault.revoked(kiosk)) { try await county.office.register(own) }
    }
}

extension Office {
    func use(_ policy: Policy) { self.policy = policy }
}
