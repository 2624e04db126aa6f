import BrokenDisk
import Cataloguing
import Foundation
import Hosting
import Identifying
import Journaling
import Publishing
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A county office on its machine, and what it does in a night.
final class CountyOffice {
    let folder: String
    var disk: FaultDisk?
    private(set) var office: Office?
    private let small: SmallCounty

    init(_ folder: String, _ small: SmallCounty) {
        self.folder = folder
        self.small = small
    }

    @discardableResult
    func start() throws -> Office {
        let office = try Office(
            folder: folder, county: SmallCounty.code, clock: small.clock.clock,
            randomness: small.randomness)
        self.office = office
        return office
    }

    func stop() async {
        weak let gone = office
        office = nil
        while gone != nil { await Task.yield() }
    }

    var running: Office {
        get throws {
            guard let office else { throw Machine.NotRunning() }
            return office
        }
    }
}

/// One thing the office does; again after an interruption, it is the same.
struct Errand: Sendable {
    let name: String
    var needsOffice = true
    let run: @Sendable (CountyOffice, CountyNight) async throws -> Void
}

/// The night of a county with one clinic, whose parcels were packed before.
final class CountyNight: @unchecked Sendable {
    let small: SmallCounty
    let kiosk: KioskID
    let parcels: [[UInt8]]
    /// Entries of the clinic's journal, in order.
    let entries: [[UInt8]]
    private let trust: Trust

    static let clerks = [("C0001", "112233"), ("C0002", "445566")]
    private static let institution = "H41992500001"

    /// Makes the office in a folder and stops it again; a clinic has worked a day meanwhile.
    init(in folder: String, clinic: String) async throws {
        small = try SmallCounty(people: 12)
        let machine = CountyOffice(folder, small)
        try machine.start()
        let worked = try await Self.work(machine, small, clinic)
        (kiosk, trust) = (worked.provision.desk.kiosk, worked.provision.trust)
        (parcels, entries) = (worked.parcels, worked.entries)
        await machine.stop()
    }

    private struct Worked {
        let provision: Provision
        let parcels: [[UInt8]]
        let entries: [[UInt8]]
    }

    /// Furnishes the office, lets a clinic work for a day, and leaves a policy to be released.
    private static func work(
        _ machine: CountyOffice, _ small: SmallCounty, _ clinic: String
    ) async throws -> Worked {
        let office = try machine.running
        try await Self.furnish(office, small)
        let provision = try await office.enroll(Self.institution, server: "http://127.0.0.1:1")
        let desk = try Desk(
            provision: provision, folder: clinic, clock: small.clock.clock,
            randomness: small.randomness)
        _ = try await desk.night(Self.wire(office, provision))
        let session = try await desk.signIn(SmallCounty.doctor.0, pin: SmallCounty.doctor.1)
        let members = small.members.filter {
            $0.scheme == .resident && $0.coverage.died == nil && $0.coverage.suspended == nil
        }
        for (index, member) in members.prefix(4).enumerated() {
            var order = Order(
                id: "v\(index)", patient: .init(member: member, assurance: .identityNumber))
            order.diagnoses = [ClinicDay.diagnosis]
            order.lines = [
                Order.Line(
                    code: ClinicDay.item, quantity: .one, price: Money(fen: 390), days: 7)
            ]
            let visit = try await desk.settle(order, paying: .all(.cash), by: session)
            guard index == 3 else { continue }
            _ = try await desk.void(visit.header.sequence, reason: "录错人", by: session)
        }
        _ = try await office.propose(
            try Self.content(small), note: "again", firstDay: small.clock.clock.now().day,
            by: Self.clerks[0].0, pin: Self.clerks[0].1)
        return Worked(
            provision: provision, parcels: try Self.pack(desk),
            entries: try desk.journal.read { try $0.bytes(after: 0, limit: 1_000) })
    }

    /// What is not acknowledged, in two parcels.
    private static func pack(_ desk: Desk) throws -> [[UInt8]] {
        let through = try desk.journal.read { try $0.acknowledged().through }
        let middle = try desk.journal.read { try $0.entries(after: through, limit: 3) }
        guard let last = middle.last else { throw Machine.NotRunning() }
        let now = desk.clock.now()
        let first = try Checkpoint(
            kiosk: desk.journal.kiosk, sequence: last.header.sequence, head: last.hash, at: now,
            key: desk.key)
        let whole = try desk.journal.checkpoint(at: now, key: desk.key)
        return try [
            nextParcel(of: desk.journal, after: through, upTo: first, key: desk.key),
            nextParcel(of: desk.journal, after: first.sequence, upTo: whole, key: desk.key),
        ].map { try $0.packed() }
    }

    private static func furnish(_ office: Office, _ small: SmallCounty) async throws {
        let place = Institution(
            code: institution, name: "黄坳村卫生室", kind: "village", level: "village",
            township: SmallCounty.township, townshipName: "两河镇", village: "",
            phone: "0000-5550101")
        let operators =
            try [small.person(SmallCounty.doctor, .villageDoctor, at: institution)]
            + clerks.map { try small.person($0, .countyClerk, at: "H41992599999") }
        try office.store.write { session in
            try session.put(small.members)
            try session.put([place])
            try session.put(operators)
        }
        for (id, pin) in clerks { try await office.makeOfficeKey(of: id, pin: pin) }
        _ = try await office.propose(
            try content(small), note: "first", firstDay: nil, by: clerks[0].0, pin: clerks[0].1)
        _ = try await office.release(by: clerks[1].0, pin: clerks[1].1)
    }

    private static func content(_ small: SmallCounty) throws -> PolicyContent {
        var content = try small.content()
        content.rules = content.rules.filter { !$0.key.hasPrefix("310/") }
        content.catalogue = content.catalogue.filter { $0.code == ClinicDay.item }
        content.diagnoses = content.diagnoses.filter { $0.code == ClinicDay.diagnosis }
        content.knowledge = Array(content.knowledge.prefix(3))
        return content
    }

    private static func wire(_ office: Office, _ provision: Provision) -> Carrier {
        Carrier(
            register: { try await office.register($0) },
            send: { try await office.receive($0) },
            manifest: { role in
                guard let released = try office.store.read({ try $0.released(role) }) else {
                    throw OfficeFault.noPolicy
                }
                return released.statement
            },
            section: { try office.section($0, for: provision.desk.recipient) })
    }
}

extension CountyNight {
    /// Hands a parcel over and believes only what is signed.
    private func send(_ number: Int, _ office: Office) async throws {
        let answer = try await office.receive(parcels[number])
        _ = try Acknowledgement(bytes: answer, for: kiosk, trust: trust)
    }

    static let errands = [
        Errand(name: "switch on", needsOffice: false) { machine, _ in try machine.start() },
        Errand(name: "receive a parcel") { machine, night in
            try await night.send(0, try machine.running)
        },
        Errand(name: "receive the next") { machine, night in
            try await night.send(1, try machine.running)
        },
        Errand(name: "receive it again") { machine, night in
            try await night.send(1, try machine.running)
        },
        Errand(name: "release a policy") { machine, _ in
            do {
                _ = try await machine.running.release(by: clerks[1].0, pin: clerks[1].1)
            } catch OfficeFault.nothingToRelease {}
        },
        Errand(name: "publish tonight's bulletin") { machine, _ in
            try await machine.running.publishDaily()
        },
        Errand(name: "rebuild") { machine, _ in
            guard try await machine.running.rebuild().unchanged else {
                throw ClinicDay.CachesDiffered()
            }
        },
        Errand(name: "switch off") { machine, _ in await machine.stop() },
    ]
}
