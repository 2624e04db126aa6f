import Cataloguing
import Foundation
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import Rules
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A county office furnished once; every simulated county begins as a copy of its folder.
final class Template: Sendable {
    let folder: TestFolder
    let members: [Member]
    let start: Instant
    let serviceKey: [UInt8]
    /// The most a person is paid in a year, in fen.
    let limit: Int
    /// Enrolled, registered, somebody signed in; a history takes as many as it needs.
    let devices: [Device]
    /// A registered device that no desk runs: it signs what the history makes it sign.
    let rogue: Device

    struct Device: Sendable {
        let provision: Provision
        let session: Session
        let key: DeviceKey
        /// What its journal held when it was copied.
        let entries: [[UInt8]]
    }

    static let clerks = [("C0001", "112233"), ("C0002", "445566")]
    static let doctor = ("D0001", "246810")
    static let collector = ("T0001", "135790")
    static let clinic = "H41992500001"
    static let desk = "H41992590001"
    static let item = "XC08CAQ866A001010199001"
    static let diagnosis = "I10.x00x002"

    /// - Parameter place: where folders are made; in memory, since thousands of counties are.
    init(clinics: Int = 5, desks: Int = 1, in place: String = Template.place) async throws {
        let small = try SmallCounty(people: 40)
        folder = try TestFolder(in: place)
        start = small.clock.clock.now()
        let year = start.day.year
        members = small.members.filter {
            $0.scheme == .resident && $0.coverage.died == nil && $0.coverage.suspended == nil
                && $0.coverage.paidYears.contains(year)
        }
        let office = try Office(
            folder: folder.path + "/office", county: SmallCounty.code, clock: small.clock.clock,
            randomness: small.randomness)
        serviceKey = office.service.publicKey
        try await Template.furnish(office, small, members)
        let rules = await office.policy.rules
        limit = try rules.money("390/outpatient/limit_year", on: start.day)?.value.fen ?? 0
        var made: [Device] = []
        for number in 0...(clinics + desks) {
            let isDesk = (clinics..<clinics + desks).contains(number)
            made.append(try await Template.device(isDesk, office, small, folder.path))
        }
        rogue = made.removeLast()
        devices = made
    }

    private static func device(
        _ isDesk: Bool, _ office: Office, _ small: SmallCounty, _ folder: String
    ) async throws -> Device {
        let provision = try await office.enroll(isDesk ? desk : clinic, server: "")
        let home = folder + "/" + provision.desk.kiosk.rawValue
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        let desk = try Desk(
            provision: provision, folder: home, clock: small.clock.clock,
            randomness: small.randomness)
        _ = try await desk.night(wire(office, provision.desk.recipient))
        let login = isDesk ? collector : doctor
        let session = try await desk.signIn(login.0, pin: login.1)
        return Device(
            provision: provision, session: session, key: desk.key,
            entries: try desk.journal.read { try $0.bytes(after: 0, limit: 1_000) })
    }

    private static func wire(_ office: Office, _ recipient: Recipient) -> Carrier {
        Carrier(
            register: { try await office.register($0) },
            send: { try await office.receive($0) },
            manifest: { try office.manifest($0, for: recipient) },
            section: { try office.section($0, for: recipient) })
    }

    static var place: String {
        let inMemory = "/dev/shm"
        return FileManager.default.isWritableFile(atPath: inMemory)
            ? inMemory + "/" : NSTemporaryDirectory()
    }

    private static func furnish(
        _ office: Office, _ small: SmallCounty, _ members: [Member]
    ) async throws {
        func place(_ code: String, _ kind: String) -> Institution {
            Institution(
                code: code, name: code, kind: kind, level: kind, township: SmallCounty.township,
                townshipName: "两河镇", village: "", phone: "0000-5550101")
        }
        let operators =
            try [
                small.person(doctor, .villageDoctor, at: clinic),
                small.person(collector, .townshipCollector, at: desk),
            ]
            + clerks.map { try small.person($0, .countyClerk, at: "H41992599999") }
        try office.store.write { session in
            try session.put(members)
            try session.put([place(clinic, "village"), place(desk, "township")])
            try session.put(operators)
        }
        for (id, pin) in clerks { try await office.makeOfficeKey(of: id, pin: pin) }
        _ = try await office.propose(
            try content(small), note: "first", firstDay: nil, by: clerks[0].0, pin: clerks[0].1)
        _ = try await office.release(by: clerks[1].0, pin: clerks[1].1)
    }

    /// What a village needs; the rest of the rules would only be read again at every start.
    private static func content(_ small: SmallCounty) throws -> PolicyContent {
        var content = try small.content()
        let kept = ["390/outpatient/", "390/contribution/", "common/clock/"]
        let single = ["common/overpaid/", "common/tenders", "common/cash_rounding"]
        content.rules = content.rules.filter { path, _ in
            (kept + single + ["common/own_share", "common/roll_stale", "common/stale_visit"])
                .contains(where: path.hasPrefix)
        }
        content.catalogue = content.catalogue.filter { $0.code == item }
        content.diagnoses = content.diagnoses.filter { $0.code == diagnosis }
        content.knowledge = Array(content.knowledge.prefix(1))
        return content
    }
}
