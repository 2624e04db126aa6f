import Allotting
import Cataloguing
import Checking
import DemoCounty
import Foundation
import Hosting
import Identifying
import Journaling
import Pricing
import Collecting
import Publishing
import Rules
import Scanning
import Synchronization
import Syncing
import Vocabulary

/// A county small enough for a test: real keys, real rules and catalogue, the people of one village,
/// a clock that stands still until it is told to go on, and no randomness but a seed.
public struct SmallCounty: Sendable {
    public let clock: TestClock
    public let randomness: Randomness
    public let office: [DeviceKey]
    public let service: DeviceKey
    public let credentialKey: DeviceKey
    public private(set) var members: [Member]
    public let trust: Trust

    public static let code = "419925"
    public static let township = "419925101"
    /// Operators D0001 (PIN 246810) and T0001 (PIN 135790).
    public static let doctor = ("D0001", "246810")
    public static let collector = ("T0001", "135790")

    public init(seed: UInt64 = 1, people: Int = 60) throws {
        let start = Day("2026-11-22") ?? Day(number: 0)
        clock = TestClock(Instant(startOf: start).adding(seconds: 9 * 3600))
        let random = SeededBytes(seed: seed)
        randomness = Randomness { random.next($0) }
        office = try (0..<3).map { _ in try DeviceKey(raw: random.next(32)) }
        service = try DeviceKey(raw: random.next(32))
        credentialKey = try DeviceKey(raw: random.next(32))
        trust = Trust(
            county: Self.code, officeKeys: office.map { hex($0.publicKey) }, threshold: 2,
            serviceKey: hex(service.publicKey), credentialKeys: [hex(credentialKey.publicKey)])
        let county = County.generate(
            seed: 2026, on: start, names: try NameBook(fixtures: Self.fixtures))
        members = try Self.first(people, of: county)
    }

    /// Randomness from a seed.
    public static func seeded(_ seed: UInt64) -> Randomness {
        let random = SeededBytes(seed: seed)
        return Randomness { random.next($0) }
    }

    private struct Enough: Error {}

    private static func first(_ count: Int, of county: County) throws -> [Member] {
        var members: [Member] = []
        do {
            try county.forEachMember { member in
                members.append(member)
                if members.count >= count { throw Enough() }
            }
        } catch is Enough {}
        return members
    }

    /// The repository's `Fixtures` folder.
    public static let fixtures = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures").path

    /// The same county with what a roll says otherwise of some people.
    public func with(_ changed: [Member]) -> SmallCounty {
        var county = self
        county.members = members.map { member in
            changed.first { $0.number == member.number } ?? member
        }
        return county
    }

    public func member(_ cast: Cast) throws -> Member {
        try member(named: cast.rawValue)
    }

    public func member(named name: String) throws -> Member {
        guard let member = members.first(where: { $0.name == name }) else {
            throw FileFault(path: name, message: "is not in this small county")
        }
        return member
    }

    /// The text in a person's QR code, signed by the county.
    public func credential(of member: Member, key: DeviceKey? = nil) throws -> String {
        let terms = Credential.Terms(
            issuer: Self.code, scheme: member.scheme, year: clock.clock.now().day.year,
            issued: clock.clock.now(), expires: Day("2027-03-31") ?? Day(number: 0))
        let claims = terms.credential(
            index: member.credential, person: member.number, identity: member.identity,
            name: member.name, village: member.home.village, salt: randomness.bytes(8))
        return try SignedCredential.issue(claims, key: (key ?? credentialKey).signingKey)
    }

    /// The pack of the synthetic county.
    ///
    /// - Parameter values: one value for all days in place of what a rule file says, by path.
    public func content(over values: [String: String] = [:]) throws -> PolicyContent {
        func text(_ path: String) throws -> String {
            String(decoding: try readFile(Self.fixtures + path), as: UTF8.self)
        }
        var rules = try readRuleFolder(Self.fixtures + "/rules/seed-2025")
        for (path, value) in values {
            let file = path + ".yaml"
            let heading = (rules[file] ?? "").split(separator: "\n").prefix { $0 != "values:" }
            let written = "values:\n  - from: 2025-01-01\n    value: \(value)\n    source: 测试所用\n"
            rules[file] = heading.joined(separator: "\n") + "\n" + written
        }
        return PolicyContent(
            catalogue: try CatalogueItem.table(csv: try text("/catalogue/items.csv")),
            diagnoses: try Diagnosis.table(csv: try text("/catalogue/diagnoses.csv")), rules: rules,
            knowledge: try KnowledgePoint.table(csv: try text("/knowledge/points.csv")))
    }

    /// The county's word for a device, for carriers without TLS.
    public func certificate() -> DeviceCertificate {
        DeviceCertificate(
            pem: "", serial: "1",
            expires: clock.clock.now().adding(seconds: DeviceCertificate.daysValid * 86_400))
    }

    /// Where a device stands; "K" kiosks are clinics, "T" kiosks township desks with receipts.
    public func provision(_ id: String) -> Provision {
        let desk = id.hasPrefix("T")
        let kiosk = KioskID(rawValue: id) ?? .nobody
        let number = Int(id.dropFirst()) ?? 0
        let block = ReceiptBlock(
            code: "41030126", first: 100_000 + number * 1000, last: 100_199 + number * 1000)
        return Provision(
            trust: trust,
            desk: DeskAssignment(
                kiosk: kiosk, institution: desk ? "H41992590001" : "H41992500001",
                name: desk ? "两河镇医保服务站" : "黄坳村卫生室", level: desk ? .township : .village,
                township: Self.township, townshipName: "两河镇", phone: "0000-5550101",
                blocks: desk ? [block].compactMap { $0 } : []),
            server: "http://127.0.0.1:1", oneTimeCode: "test")
    }
}

extension SmallCounty {
    /// A released policy bulletin with all its sections.
    public func policy(_ content: PolicyContent, version: Int) throws -> Fetched {
        let sections = try content.sections()
        let manifest = Manifest.over(
            sections, role: .policy, county: Self.code, version: version,
            issued: clock.clock.now(), days: 400)
        let signed = try release(
            try publish(manifest, by: office[0], trust: trust), by: office[1], trust: trust)
        return Fetched(
            statement: try signed.bytes, manifest: manifest, sections: sections, bytes: 0)
    }

    /// Tonight's roll, standing and operators, as one device fetches them.
    public func daily(
        version: Int, for kiosk: String, standings: [StandingRow] = [],
        through: [String: Int] = [:],
        revocations: [Revocation] = [], rights: [Right]? = nil
    ) throws -> Fetched {
        var sections = try TownshipDaily(
            township: Self.township, members: members, standings: standings
        ).sections(asOf: clock.clock.now(), through: through)
        if let rights, let holder = KioskID(rawValue: kiosk) {
            sections[SectionName.allotments(holder)] = try Lines.encode(
                rights.map { RightRow($0, recalled: false) })
        }
        sections[SectionName.revocations] = try Lines.encode(revocations)
        for (institution, operators) in try operators() {
            sections[SectionName.operators(institution: institution)] = try Lines.encode(operators)
        }
        let manifest = Manifest.over(
            sections, role: .daily, county: Self.code, version: version,
            issued: clock.clock.now(), days: 60)
        let signed = try SignedDocument(role: .daily, manifest, key: service)
        let recipient = provision(kiosk).desk.recipient
        let addressed = Set(manifest.sections(for: recipient).map(\.name))
        return Fetched(
            statement: try signed.bytes, manifest: manifest,
            sections: sections.filter { name, _ in addressed.contains(name) }, bytes: 0)
    }

    private func operators() throws -> [String: [Syncing.Operator]] {
        [
            "H41992500001": [
                try person(Self.doctor, named: "王医生", .villageDoctor, at: "H41992500001")
            ],
            "H41992590001": [
                try person(Self.collector, named: "刘会计", .townshipCollector, at: "H41992590001")
            ],
        ]
    }

    /// An operator by number and PIN; the number stands for a name where none is given.
    public func person(
        _ login: (String, String), named name: String? = nil, _ role: Role, at institution: String
    ) throws -> Syncing.Operator {
        let salt = randomness.bytes(16)
        return Syncing.Operator(
            id: login.0, name: name ?? login.0, role: role, institution: institution,
            salt: hex(salt), verifier: try Self.verifier(of: login.1, salt: salt))
    }

    /// Stretching a PIN is made to be slow, and the same seed asks for the same again and again.
    private static func verifier(of pin: String, salt: [UInt8]) throws -> String {
        let place = pin + hex(salt)
        if let known = stretched.withLock({ $0[place] }) { return known }
        let made = try PIN.verifier(of: pin, salt: salt)
        stretched.withLock { $0[place] = made }
        return made
    }

    private static let stretched = Mutex<[String: String]>([:])
}
