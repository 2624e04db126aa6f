import Cataloguing
import Foundation
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import Settling
import SmallCounty
import Syncing
import Vocabulary

@testable import SyncServer

/// Journals of many kiosks, packed into parcels of sixty entries, for an office that has seen none.
struct TestLedger {
    /// One of each kiosk after the other, then the next of each.
    let parcels: [[UInt8]]
    var kiosks: Int { keys.count }
    let entries: [[Entry]]
    private let keys: [(KioskID, DeviceKey)]
    private let county: SmallCounty
    private let policy: Policy

    /// - Parameters:
    ///   - visitsOfEach: how often each person comes, at one kiosk, in the year.
    ///   - first: number of the first kiosk; its people are named after it.
    init(kiosks: Int, visitsEach: Int, visitsOfEach: Int = 2, first: Int = 1) throws {
        let county = try SmallCounty(people: 20)
        let content = try county.content()
        let policy = Policy(
            rules: try content.rulebook(), catalogue: Catalogue(content.catalogue))
        let keys = try (first..<first + kiosks).map { number in
            let kiosk = KioskID(rawValue: "K\(10_000 + number)") ?? .nobody
            return (kiosk, try DeviceKey(raw: county.randomness.bytes(32)))
        }
        let journals = try onEveryCore(keys.map(\.0)) { kiosk in
            try Writer(kiosk: kiosk, county: county, policy: policy)
                .entries(count: visitsEach, visitsOfEach: visitsOfEach)
        }
        var (parcels, batches): ([[UInt8]], [[Entry]]) = ([], [])
        // In the order in which kiosks would send them: one parcel of each after the other.
        for start in stride(from: 0, to: visitsEach, by: 60) {
            for ((kiosk, key), journal) in zip(keys, journals) {
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
        self.county = county
        self.policy = policy
        self.keys = keys
    }

    /// An office that knows these kiosks, and as many others that say nothing.
    ///
    /// - Parameter database: connection string; `nil` for a file.
    func office(
        in folder: String, database: String? = nil, knowing others: Int = 0
    ) async throws -> Office {
        let office = try Office(
            folder: folder, county: SmallCounty.code, clock: county.clock.clock,
            randomness: county.randomness, database: database)
        await office.price(by: policy)
        try introduce(to: office)
        let quiet = keys.first?.1 ?? office.stickKey
        try office.know(
            (0..<others).map { (KioskID(rawValue: "Q\(10_000 + $0)") ?? .nobody, quiet) })
        return office
    }

    func introduce(to office: Office) throws { try office.know(keys) }

    /// Everything merged in a new county's folder, which nobody has open afterwards.
    func store(in folder: String) async throws {
        var office: Office? = try await office(in: folder)
        for packed in parcels { _ = try await office?.receive(packed) }
        weak let gone = office
        office = nil
        while gone != nil { await Task.yield() }
    }
}

extension Office {
    func price(by policy: Policy) { self.policy = policy }

    nonisolated func know(_ kiosks: [(KioskID, DeviceKey)]) throws {
        try store.write { session in
            for (kiosk, key) in kiosks {
                try session.put(
                    StoredJournal(
                        kiosk: kiosk, institution: "H41992500001", name: "",
                        publicKey: hex(key.publicKey), oneTimeCode: "", revoked: false, through: 0,
                        head: .zero, blocks: "[]"))
            }
        }
    }
}
