import Allotting
import DemoCounty
import Foundation
import Hosting
import Identifying
import Journaling
import Pricing
import Publishing
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A county office and its kiosks in one process, with one clock and one seed: the real modules,
/// wired to each other instead of to a network.
struct TestCounty {
    let small: SmallCounty
    let folder: TestFolder
    let office: Office
    /// Where the office keeps its ledger; `nil` for a file of its own.
    let database: String?

    static let clerks = [("C0001", "112233"), ("C0002", "445566"), ("C0003", "778899")]

    /// - Parameters:
    ///   - mode: how yearly limits are divided, where not as the pack says.
    ///   - rules: values written over the pack's, by path.
    ///   - changed: people of whom the roll says something else.
    init(
        seed: UInt64 = 1, people: Int = 60, mode: AllotmentMode? = nil,
        rules: [String: String] = [:], changed: (SmallCounty) throws -> [Member] = { _ in [] }
    ) async throws {
        let county = try SmallCounty(seed: seed, people: people)
        small = county.with(try changed(county))
        folder = try TestFolder()
        database = try TestStore.database()
        office = try Office(
            folder: folder.path + "/office", county: SmallCounty.code, clock: small.clock.clock,
            randomness: small.randomness, database: database)
        var rules = rules
        if let mode { rules["common/allotment/mode"] = mode.rawValue }
        try await prepare(try small.content(over: rules))
    }

    private func prepare(_ content: PolicyContent) async throws {
        let places = [
            ("H41992500001", "黄坳村卫生室", "village"), ("H41992500002", "茶桥村卫生室", "village"),
            ("H41992590001", "两河镇医保服务站", "township"),
        ].map { code, name, kind in
            Institution(
                code: code, name: name, kind: kind, level: kind, township: SmallCounty.township,
                townshipName: "两河镇", village: kind == "village" ? String(name.dropLast(3)) : "",
                phone: "0000-5550101")
        }
        let operators = try operators()
        try office.store.write { session in
            try session.put(small.members)
            try session.put(places)
            try session.put(operators)
        }
        for (id, pin) in Self.clerks { try await office.makeOfficeKey(of: id, pin: pin) }
        let first = Self.clerks[0]
        _ = try await office.propose(
            content, note: "seed-2025", firstDay: nil, by: first.0, pin: first.1)
        _ = try await office.release(by: Self.clerks[1].0, pin: Self.clerks[1].1)
    }

    private func operators() throws -> [Syncing.Operator] {
        try [
            small.person(("D0001", "246810"), .villageDoctor, at: "H41992500001"),
            small.person(("D0002", "246810"), .villageDoctor, at: "H41992500002"),
            small.person(("T0001", "135790"), .townshipCollector, at: "H41992590001"),
        ] + Self.clerks.map { try small.person($0, .countyClerk, at: "H41992599999") }
    }

    /// A device enrolled at an institution, with its first bulletins, and somebody signed in.
    func device(_ institution: String, operator login: (String, String)) async throws -> TestDevice
    {
        let provision = try await office.enroll(institution, server: "https://127.0.0.1:1")
        let home = folder.path + "/" + provision.desk.kiosk.rawValue
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        let desk = try Desk(
            provision: provision, folder: home, clock: small.clock.clock,
            randomness: small.randomness)
        _ = try await desk.night(wire(desk))
        return TestDevice(
            desk: desk, session: try await desk.signIn(login.0, pin: login.1), county: self)
    }

    /// The wire of this process: what the network would carry, handed over directly.
    func wire(_ desk: Desk) -> Carrier { Self.wire(desk, to: office) }

    static func wire(_ desk: Desk, to office: Office) -> Carrier {
        let recipient = desk.provision.desk.recipient
        return Carrier(
            register: { try await office.register($0) },
            send: { try await office.receive($0) },
            manifest: { try office.manifest($0, for: recipient) },
            section: { try office.section($0, for: recipient) },
            delta: { old, new in
                do { return try office.delta(from: old, to: new, for: recipient) } catch OfficeFault
                    .notThere
                {
                    return nil
                }
            },
            root: { version in
                do { return try office.root(version) } catch OfficeFault.notThere { return nil }
            },
            giveBack: { try await office.takeBack($0) },
            draw: { try await office.draw($0, from: recipient.kiosk) })
    }
}

/// A kiosk with somebody signed in.
struct TestDevice {
    let desk: Desk
    let session: Session
    let county: TestCounty

    /// One visit of one medicine in class A at 4.00 yuan, below its limit, paid in cash.
    ///
    /// - Parameter fen: the total.
    @discardableResult
    func visit(
        _ member: Member, fen: Int, id: String? = nil, leavesOwed: Bool? = nil
    ) async throws -> Entry {
        let patient = try await desk.identify(
            try county.small.credential(of: member, key: county.office.credentialKey))
        var order = Order(id: id ?? county.small.randomness.identity(), patient: patient.identified)
        order.diagnoses = ["I10.x00x002"]
        order.leavesOwed = leavesOwed
        order.lines = [
            Order.Line(
                code: "XC08CAQ866A001010199001", quantity: Quantity(tenThousandths: fen * 25),
                price: Money(fen: 400), days: 7)
        ]
        return try await desk.settle(order, paying: .all(.cash), by: session)
    }

    func collect(_ member: Member, id: String) async throws -> Entry {
        let year = try await desk.collectionYear()
        return try await desk.collect(
            [member.number], of: member.home.household, year: year, id: id, paying: .all(.cash),
            by: session)
    }

    @discardableResult
    func night() async throws -> NightReport { try await desk.night(county.wire(desk)) }
}
