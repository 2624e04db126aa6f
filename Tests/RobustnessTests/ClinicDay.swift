import BrokenDisk
import Cataloguing
import Collecting
import DemoCounty
import Foundation
import GRDB
import Identifying
import Journaling
import Pricing
import Publishing
import SmallCounty
import Syncing
import Vocabulary

@testable import Journaling
@testable import Kiosk

/// A machine in a village: its folder, and the desk while it runs.
final class Machine {
    let county: SmallCounty
    let provision: Provision
    let folder: String
    /// Pages after which SQLite copies its log back; few, so that a short day meets that too.
    let pagesPerCheckpoint: Int
    /// What the folder lies on; outlives everything that is open on it.
    var disk: FaultDisk?
    private(set) var desk: Desk?

    init(_ kiosk: String, _ county: SmallCounty, _ folder: String, pagesPerCheckpoint: Int) {
        self.county = county
        self.folder = folder
        self.pagesPerCheckpoint = pagesPerCheckpoint
        provision = county.provision(kiosk)
    }

    @discardableResult
    func start() throws -> Desk {
        let desk = try Desk(
            provision: provision, folder: folder, clock: county.clock.clock,
            randomness: county.randomness)
        for database in [desk.journal.database, desk.shelf.database] {
            try database.inDatabase {
                try $0.execute(sql: "PRAGMA wal_autocheckpoint=\(pagesPerCheckpoint)")
            }
        }
        self.desk = desk
        return desk
    }

    /// Ends the program; what it had open is closed when this returns.
    func stop() async {
        weak let gone = desk
        desk = nil
        while gone != nil { await Task.yield() }
    }

    /// What is found after a power cut, with the files beside the databases, which none touches.
    func leave(_ survival: FaultDisk.Survival, in other: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where !name.contains(".sqlite") {
            try FileManager.default.copyItem(
                atPath: folder + "/" + name, toPath: other + "/" + name)
        }
        try disk?.remains(survival, in: other)
    }

    var running: Desk {
        get throws {
            guard let desk else { throw NotRunning() }
            return desk
        }
    }

    struct NotRunning: Error {}
}

/// One thing done at a desk, told so that doing it again after an interruption is the same press of
/// the same button.
struct Step: Sendable {
    let name: String
    /// Whether the program runs when the step begins.
    var needsDesk = true
    let run: @Sendable (Machine, ClinicDay) async throws -> Void
}

/// What people at a clinic and at a township desk do, from unpacking the box to switching it off.
final class ClinicDay: @unchecked Sendable {
    let kiosk: String
    let county: SmallCounty
    let steps: [Step]
    /// The bulletins the county has out, by role.
    var published: [DocumentRole: Fetched] = [:]
    private var session: Session?
    private let policies: [Fetched]
    private let dailies: [Fetched]

    init(_ kiosk: String) throws {
        self.kiosk = kiosk
        county = try SmallCounty(people: 24)
        var content = try county.content()
        content.catalogue = content.catalogue.filter { $0.code == Self.item }
        content.diagnoses = content.diagnoses.filter { $0.code == Self.diagnosis }
        content.knowledge = Array(content.knowledge.prefix(3))
        content.rules = content.rules.filter { !$0.key.hasPrefix("310/") }
        policies = [try county.policy(content, version: 1)]
        dailies = try [1, 2].map { [county] in try county.daily(version: $0, for: kiosk) }
        steps = kiosk.hasPrefix("T") ? Self.townshipSteps : Self.clinicSteps
    }

    static let item = "XC08CAQ866A001010199001"
    static let diagnosis = "I10.x00x002"

    /// What the office has published by now: the first bulletins, or those of the evening.
    func publish(_ edition: Int) {
        published[.policy] = policies[min(edition, policies.count) - 1]
        published[.daily] = dailies[edition - 1]
    }

    func signIn(_ desk: Desk) async throws {
        let login = kiosk.hasPrefix("T") ? SmallCounty.collector : SmallCounty.doctor
        session = try await desk.signIn(login.0, pin: login.1)
    }

    func signedIn() throws -> Session {
        guard let session else { throw Machine.NotRunning() }
        return session
    }

    /// The county as far as one night needs it: it signs for what it gets and hands out bulletins.
    func wire(_ desk: Desk) -> Carrier {
        let county = county
        let published = published
        let key = desk.key.publicKey
        return Carrier(
            register: { _ in county.certificate() },
            send: { packed in
                let parcel = try Parcel(packed: packed) { _ throws(ParcelFault) in key }
                let acknowledgement = Acknowledgement(
                    county: SmallCounty.code, kiosk: parcel.kiosk,
                    through: parcel.checkpoint.sequence, head: parcel.checkpoint.head,
                    at: county.clock.clock.now(), setAside: [])
                return try SignedDocument(
                    role: .acknowledgement, acknowledgement, key: county.service
                ).bytes
            },
            manifest: { role in
                guard let fetched = published[role] else { throw DocumentFault.malformed }
                return fetched.statement
            },
            section: { digest in
                for bytes in published.values.flatMap(\.sections.values)
                where SyncingHash.of(bytes) == digest { return compress(bytes, level: 1) }
                throw DocumentFault.sectionMissing("\(digest)")
            })
    }
}

// The steps.
extension ClinicDay {
    private static let opening = [
        Step(name: "first start", needsDesk: false) { machine, _ in try machine.start() },
        Step(name: "first bulletins") { machine, day in
            day.publish(1)
            let desk = try machine.running
            _ = try await desk.night(day.wire(desk))
        },
        Step(name: "sign in") { machine, day in try await day.signIn(try machine.running) },
    ]

    private static let evening = [
        Step(name: "close the day") { machine, day in
            let desk = try machine.running
            _ = try await desk.close([:], sentence: "清点", id: "close", by: try day.signedIn())
        },
        Step(name: "send, be acknowledged, take bulletins over") { machine, day in
            day.publish(2)
            let desk = try machine.running
            _ = try await desk.night(day.wire(desk))
        },
        Step(name: "rebuild the caches") { machine, _ in
            guard try machine.running.journal.rebuild() else { throw CachesDiffered() }
        },
        Step(name: "switch off") { machine, _ in await machine.stop() },
        Step(name: "switch on", needsDesk: false) { machine, _ in try machine.start() },
    ]

    private static let clinicSteps =
        opening + [
            Step(name: "type a visit") { machine, day in
                let order = try day.order("one", 1)
                try machine.running.shelf.keep(order, of: "draft")
            },
            Step(name: "settle a visit") { machine, day in
                try await day.settle("one", 1, try machine.running)
                try machine.running.shelf.keep(nil, of: "draft")
            },
            Step(name: "settle another") { machine, day in
                try await day.settle("two", 2, try machine.running)
            },
            Step(name: "take it back") { machine, day in
                let desk = try machine.running
                guard let visit = try desk.journal.read({ try $0.entry(identity: "two") }) else {
                    throw Machine.NotRunning()
                }
                let sequence = visit.header.sequence
                do {
                    _ = try await desk.void(sequence, reason: "录错人", by: try day.signedIn())
                } catch Refusal.alreadyVoided(sequence) {}
            },
            Step(name: "settle a third") { machine, day in
                try await day.settle("three", 3, try machine.running)
            },
        ] + evening

    private static let townshipSteps =
        opening + [
            Step(name: "collect from a household") { machine, day in
                try await day.collect("one", try machine.running)
            },
            Step(name: "collect from another") { machine, day in
                try await day.collect("two", try machine.running)
            },
            Step(name: "take a receipt back") { machine, day in
                let desk = try machine.running
                guard let receipt = try desk.journal.read({ try $0.entry(identity: "two") }) else {
                    throw Machine.NotRunning()
                }
                let sequence = receipt.header.sequence
                do {
                    _ = try await desk.voidReceipt(
                        sequence, reason: "重复缴费", by: try day.signedIn())
                } catch Refusal.alreadyVoided(sequence) {}
            },
        ] + evening

    struct CachesDiffered: Error {}

    private func order(_ id: String, _ place: Int) throws -> Order {
        let member = try insured(place)
        var order = Order(id: id, patient: Identified(member: member, assurance: .identityNumber))
        order.diagnoses = [Self.diagnosis]
        order.lines = [
            Order.Line(code: Self.item, quantity: .one, price: Money(fen: 390), days: 7)
        ]
        return order
    }

    private func insured(_ place: Int) throws -> Member {
        let year = county.clock.clock.now().day.year
        let insured = county.members.filter {
            $0.scheme == .resident && $0.coverage.paidYears.contains(year)
                && $0.coverage.died == nil && $0.coverage.suspended == nil
        }
        guard insured.count > place else { throw Machine.NotRunning() }
        return insured[place]
    }

    private func settle(_ id: String, _ place: Int, _ desk: Desk) async throws {
        _ = try await desk.settle(
            try order(id, place), paying: .all(.cash), by: try signedIn())
    }

    /// From the first household that owes something; pressed again, from the same.
    private func collect(_ id: String, _ desk: Desk) async throws {
        let year = try await desk.collectionYear()
        if let known = try desk.journal.read({ try $0.entry(identity: id) }),
            case .contribution(let receipt) = known.fact
        {
            _ = try await desk.collect(
                receipt.lines.map(\.person), of: receipt.household, year: year, id: id,
                paying: .all(.cash), by: try signedIn())
            return
        }
        for number in Set(county.members.map(\.home.household)).sorted() {
            let dues = try await desk.household(number, year: year).dues
            guard !dues.isEmpty else { continue }
            _ = try await desk.collect(
                dues.map(\.person), of: number, year: year, id: id, paying: .all(.cash),
                by: try signedIn())
            return
        }
        throw Machine.NotRunning()
    }
}
