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
    let divided: Divided?
    /// The first year whose limits are divided.
    let dividedFrom: Int
    /// What is paid without a right, in fen.
    let floor: Int
    /// How long a box may be off, in seconds, until somebody must say what day it is.
    let longestOff: Int
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
    /// Clinics in villages of their own, where limits are divided by home.
    private static func clinic(_ number: Int) -> String { "H4199250000\(1 + number)" }
    static func village(_ number: Int) -> String { "村\(number)" }
    static let desk = "H41992590001"
    static let item = "XC08CAQ866A001010199001"
    static let diagnosis = "I10.x00x002"

    /// - Parameters:
    ///   - divided: how limits are divided; strictly as the rules of the pack say, so from its day on.
    ///   - values: written over what rule files say, by path.
    ///   - place: where folders are made; in memory, since thousands of counties are.
    init(
        clinics: Int = 5, desks: Int = 1, divided: Divided? = nil,
        over values: [String: String] = [:],
        in place: String = Template.place
    ) async throws {
        let small = try SmallCounty(people: 40)
        folder = try TestFolder(in: place)
        start = small.clock.clock.now()
        let covered = Template.covered(small.members, in: start.day.year)
        members =
            divided == nil
            ? covered : Template.atHome(covered, clinics, paidOn: start.day)
        self.divided = divided
        let office = try Office(
            folder: folder.path + "/office", county: SmallCounty.code, clock: small.clock.clock,
            randomness: small.randomness)
        serviceKey = office.service.publicKey
        let figures = Template.figures(values, divided)
        dividedFrom = divided == .strict ? 2_027 : 0
        floor =
            divided == .floor ? Money(yuan: figures["common/allotment/floor"] ?? "")?.fen ?? 0 : 0
        try await Template.furnish(
            office, small, members, try Template.content(small, divided, figures), clinics)
        let rules = await office.policy.rules
        limit = try rules.money("390/outpatient/limit_year", on: start.day)?.value.fen ?? 0
        let hours = try rules.count("common/clock/longest_off_hours", on: start.day)?.value
        longestOff = (hours ?? 0) * 3_600
        var made: [Device] = []
        for number in 0...(clinics + desks) {
            let isDesk = (clinics..<clinics + desks).contains(number)
            let place =
                isDesk
                ? Template.desk
                : divided == nil ? Template.clinic : Template.clinic(min(number, clinics))
            made.append(try await Template.device(at: place, office, small, folder.path))
        }
        rogue = made.removeLast()
        devices = made
    }

    /// Figures that make rights run out and end within days.
    static let small = [
        "390/outpatient/rate": "0.80", "390/outpatient/deductible": "0.00",
        "390/outpatient/limit_year": "150.00", "common/allotment/floor": "15.00",
        "common/allotment/valid_days": "5", "common/allotment/drawn_days": "2",
    ]

    private static func figures(
        _ asked: [String: String], _ divided: Divided?
    ) -> [String: String] {
        guard let divided else { return asked }
        var figures = asked.merging(small) { asked, _ in asked }
        if divided != .strict { figures["common/allotment/mode"] = divided.rawValue }
        return figures
    }

    private static func covered(_ members: [Member], in year: Int) -> [Member] {
        members.filter {
            $0.scheme == .resident && $0.coverage.died == nil && $0.coverage.suspended == nil
                && $0.coverage.paidYears.contains(year)
        }
    }

    /// Everybody lives in the village of one of the clinics and has paid for two years.
    private static func atHome(_ members: [Member], _ clinics: Int, paidOn day: Day) -> [Member] {
        members.enumerated().map { number, member in
            var member = member
            member.home.village = village(number % clinics)
            member.coverage.pay(day.year + 1, on: day)
            return member
        }
    }

    private static func device(
        at place: String, _ office: Office, _ small: SmallCounty, _ folder: String
    ) async throws -> Device {
        let isDesk = place == Template.desk
        let provision = try await office.enroll(place, server: "")
        let home = folder + "/" + provision.desk.kiosk.rawValue
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        let desk = try Desk(
            provision: provision, folder: home, clock: small.clock.clock,
            randomness: small.randomness)
        _ = try await desk.night(wire(office, provision.desk.recipient))
        let login = isDesk ? collector : (doctor(at: place), doctor.1)
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

    /// Everybody's number ends like that of the clinic.
    private static func doctor(at place: String) -> String { "D000" + place.suffix(1) }

    private static func furnish(
        _ office: Office, _ small: SmallCounty, _ members: [Member], _ content: PolicyContent,
        _ clinics: Int
    ) async throws {
        func place(_ code: String, _ kind: String, _ village: String = "") -> Institution {
            Institution(
                code: code, name: code, kind: kind, level: kind, township: SmallCounty.township,
                townshipName: "两河镇", village: village, phone: "0000-5550101")
        }
        let places = (0...min(8, clinics)).map { clinic($0) }
        let operators =
            try places.map {
                try small.person((doctor(at: $0), doctor.1), .villageDoctor, at: $0)
            } + [small.person(collector, .townshipCollector, at: desk)]
            + clerks.map { try small.person($0, .countyClerk, at: "H41992599999") }
        try office.store.write { session in
            try session.put(members)
            try session.put(
                places.enumerated().map { place($0.element, "village", village($0.offset)) }
                    + [place(desk, "township")])
            try session.put(operators)
        }
        for (id, pin) in clerks { try await office.makeOfficeKey(of: id, pin: pin) }
        _ = try await office.propose(
            content, note: "first", firstDay: nil, by: clerks[0].0, pin: clerks[0].1)
        _ = try await office.release(by: clerks[1].0, pin: clerks[1].1)
    }

    /// What a village needs; the rest of the rules would only be read again at every start.
    private static func content(
        _ small: SmallCounty, _ divided: Divided?, _ figures: [String: String]
    ) throws -> PolicyContent {
        var content = try small.content(over: figures)
        let kept =
            ["390/outpatient/", "390/contribution/", "common/clock/"]
            + (divided == nil ? [] : ["common/allotment/"])
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
