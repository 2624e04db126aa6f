import Cataloguing
import DemoCounty
import Foundation
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A clinic with three thousand people on its roll and a doctor signed in.
struct OneClinic {
    let county: SmallCounty
    let folder: TestFolder
    let desk: Desk
    let session: Session
    let members: [Member]
    private let cards: [PersonNumber: String]

    init() async throws {
        county = try SmallCounty(people: 3_000)
        folder = try TestFolder()
        desk = try Desk(
            provision: county.provision("K0001"), folder: folder.path, clock: county.clock.clock,
            randomness: county.randomness)
        try await desk.take(try county.policy(try county.content(), version: 1))
        try await desk.take(try county.daily(version: 1, for: "K0001"))
        session = try await desk.signIn(SmallCounty.doctor.0, pin: SmallCounty.doctor.1)
        members = county.members.filter {
            $0.coverage.paidYears.contains(2026) && $0.coverage.died == nil
                && $0.coverage.moved == nil && $0.coverage.suspended == nil
                && $0.coverage.waitingUntil == nil
        }
        let county = county
        cards = try Dictionary(
            uniqueKeysWithValues: members.prefix(700).map {
                ($0.number, try county.credential(of: $0))
            })
    }

    func visit(_ member: Member) async throws -> Entry {
        let patient = try await desk.identify(
            cards[member.number] ?? member.identity.description)
        var order = Order(id: county.randomness.identity(), patient: patient.identified)
        order.diagnoses = ["I10.x00x002"]
        order.lines = [
            Order.Line(code: "001102000010000", quantity: .one, price: Money(fen: 600)),
            Order.Line(
                code: "XC08CAQ866A001010199001", quantity: .one, price: Money(fen: 390), days: 7),
        ]
        _ = try await desk.quote(order)
        return try await desk.settle(order, paying: .all(.cash), by: session)
    }
}

/// Journals of many kiosks, packed into parcels of sixty entries, and an office that has seen none.
struct TestLedger {
    let folder: TestFolder
    let office: Office
    let parcels: [[UInt8]]
    let entries: [[Entry]]

    init(kiosks: Int, visitsEach: Int) async throws {
        let county = try SmallCounty(people: 3_000)
        folder = try TestFolder()
        office = try Office(
            folder: folder.path + "/office", county: SmallCounty.code, clock: county.clock.clock,
            randomness: county.randomness)
        let content = try county.content()
        let policy = Policy(
            rules: try content.rulebook(), catalogue: Catalogue(content.catalogue))
        await office.price(by: policy)
        var (parcels, batches): ([[UInt8]], [[Entry]]) = ([], [])
        for number in 1...kiosks {
            let kiosk = KioskID(rawValue: "K\(1_000 + number)") ?? .nobody
            let key = try DeviceKey(raw: county.randomness.bytes(32))
            try await office.know(kiosk, key)
            let journal = try Writer(kiosk: kiosk, county: county, policy: policy)
                .entries(count: visitsEach)
            for start in stride(from: 0, to: journal.count, by: 60) {
                let batch = Array(journal[start..<min(start + 60, journal.count)])
                guard let last = batch.last else { continue }
                let checkpoint = try Checkpoint(
                    kiosk: kiosk, sequence: last.header.sequence, head: last.hash,
                    at: county.clock.clock.now(), key: key)
                let parcel = Parcel(
                    kiosk: kiosk, previous: start == 0 ? .zero : journal[start - 1].hash,
                    entries: batch, checkpoint: checkpoint)
                parcels.append(try parcel.packed())
                batches.append(batch)
            }
        }
        self.parcels = parcels
        entries = batches
    }
}

extension Office {
    func price(by policy: Policy) { self.policy = policy }

    func know(_ kiosk: KioskID, _ key: DeviceKey) throws {
        try store.write { session in
            try session.put(
                StoredJournal(
                    kiosk: kiosk, institution: "H41992500001", name: "",
                    publicKey: hex(key.publicKey),
                    oneTimeCode: "", revoked: false, through: 0, head: .zero, blocks: "[]"))
        }
    }
}
