import Allotting
import Hosting
import Identifying
import Journaling
import Pricing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// Whether the auditor sees limits overspent: each of these does it behind its back.
@Suite struct RightsAuditorTests {
    private static let strict = Task { try await Template(divided: .strict) }
    private static let floor = Task { try await Template(divided: .floor) }

    /// Quiet days of a year that is divided.
    private static func history(_ divided: Divided) -> History {
        var history = Inventing.history(3, days: 3, trouble: 0, divided: divided)
        history.startsAfterDays = 41
        return history
    }

    private func found(
        _ divided: Divided = .strict,
        _ tampering: @escaping @Sendable (World, Int) async throws -> Void
    ) async throws -> Set<String> {
        let template = try await (divided == .floor ? Self.floor : Self.strict).value
        let simulator = Simulator(template: template, tampering: tampering)
        return Set(try await simulator.run(Self.history(divided)).findings.map(\.check))
    }

    /// Every box writes its last visit once more, changed.
    private static func repeatVisits(
        _ world: World, _ change: @Sendable (inout Visit) -> Void
    ) throws {
        for machine in world.machines {
            guard let desk = machine.desk, case .visit(var visit)? = machine.lastBill?.fact else {
                continue
            }
            visit.identity = world.randomness.identity()
            change(&visit)
            try desk.journal.append(
                .visit(visit),
                Journal.Stamp(at: world.now, day: world.now.day, by: "D0001", session: ""))
        }
    }

    private static func write(_ fact: Fact, _ world: World) throws {
        let office = try world.servers[0].running
        try office.journal.append(
            fact, Journal.Stamp(at: world.now, day: world.now.day, by: "", session: ""))
    }

    private static func allotments(_ world: World) throws -> [Allotment] {
        try world.servers[0].running.journal.read { try $0.latest(["allotment"], limit: 50) }
            .compactMap { entry in
                if case .allotment(let allotment) = entry.fact { allotment } else { nil }
            }
    }

    @Test(arguments: [Divided.strict, .floor])
    func `nothing is found where nothing is wrong`(_ divided: Divided) async throws {
        #expect(try await found(divided) { _, _ in }.isEmpty)
    }

    @Test func `a right that is spent again`() async throws {
        let found = try await found { world, _ in try Self.repeatVisits(world) { _ in } }
        #expect(found.contains("overspent"))
    }

    @Test func `a fund that pays without any right`() async throws {
        let found = try await found { world, _ in
            for _ in 0..<20 { try Self.repeatVisits(world) { $0.rights = nil } }
        }
        #expect(found.contains("divided") && found.contains("worst case"))
    }

    @Test func `a floor that is paid again and again`() async throws {
        let found = try await found(.floor) { world, _ in
            try Self.repeatVisits(world) { visit in
                visit.rights?.parts = []
                visit.rights?.floors = ["paid/outpatient": visit.amounts.fundTotal]
            }
        }
        #expect(found.contains("overspent"))
    }

    @Test func `a county that gives the same twice`() async throws {
        let found = try await found { world, step in
            guard step == 1 else { return }
            for var allotment in try Self.allotments(world) {
                allotment.identity = hex(world.randomness.bytes(6))
                try Self.write(.allotment(allotment), world)
            }
        }
        #expect(found.contains("divided"))
    }

    @Test func `a county that takes back what a holder has not let go`() async throws {
        let found = try await found { world, step in
            guard step == 1 else { return }
            for allotment in try Self.allotments(world) {
                let rows = allotment.rights.map { RightsClosed.Row(owner: $0.owner, right: $0.id) }
                let closed = RightsClosed(
                    identity: hex(world.randomness.bytes(6)), holder: allotment.holder,
                    year: allotment.year, through: 0, rows: rows)
                try Self.write(.rightsClosed(closed), world)
            }
        }
        #expect(found.contains("overspent"))
    }

    @Test func `a screen that says other than what is granted`() async throws {
        let found = try await found { world, step in
            guard step == 1 else { return }
            let (machine, order) = (world.machine(1), world.order(0, 30_000))
            let desk = try machine.running
            let told = try await desk.leftHere(order)
            // Drawn behind the doctor's back, between the look and the bill.
            let line = Line([], server: 0, stale: nil, oldAnswer: nil, stranger: world.stranger)
            let carrier = try world.carrier(for: desk, to: world.servers[0], over: line)
            let session = try machine.signedIn()
            #expect(try await desk.draw(for: order, by: session, over: carrier))
            let entry = try await desk.settle(order, paying: .all(.cash), by: session)
            world.auditor.told(told, entry)
        }
        #expect(found.contains("told"))
    }

    @Test func `a copy of a device that the auditor knows nothing of`() async throws {
        let found = try await found { world, step in
            guard step == 1 else { return }
            try await world.clone(0)
            (world.auditor.lives, world.auditor.copied) = ([:], [])
            for box in [0, world.machines.count - 1] { try await world.visit(box, 0, 30_000) }
        }
        #expect(found.contains("divided") && found.contains("worst case"))
    }

    @Test func `a contested journal that is given more`() async throws {
        let found = try await found { world, step in
            guard step == 1 else { return }
            try await world.clone(0)
            for box in [0, world.machines.count - 1] {
                try await world.visit(box, 0, 1_000)
                try? await world.night(box, 0, [.clear])
            }
            world.auditor.observe(world)
            guard var allotment = try Self.allotments(world).first else { return }
            allotment.identity = hex(world.randomness.bytes(6))
            allotment.holder = try world.machine(0).running.journal.kiosk
            try Self.write(.allotment(allotment), world)
        }
        #expect(found.contains("contested"))
    }
}
