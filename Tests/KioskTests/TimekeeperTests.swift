import DemoCounty
import Foundation
import Journaling
import SmallCounty
import Synchronization
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

/// A desk whose wall clock lies, dies and jumps.
@Suite struct TimekeeperTests {
    /// The true time is the small county's; the machine sees only these.
    private final class Machine: Sendable {
        let wallAhead = Mutex(0)
        let boot = Mutex((name: "a", since: 0))
        let clock: TestClock

        init(_ clock: TestClock) {
            self.clock = clock
            boot.withLock { $0.since = clock.clock.now().milliseconds - 1_000 }
        }

        var wall: Clock {
            Clock { [self] in
                clock.clock.now().adding(seconds: wallAhead.withLock { $0 })
            }
        }

        var uptime: @Sendable () -> Uptime {
            { [self] in
                let (name, since) = boot.withLock { $0 }
                return Uptime(boot: name, milliseconds: clock.clock.now().milliseconds - since)
            }
        }

        func restart() {
            boot.withLock { $0 = ($0.name + "'", clock.clock.now().milliseconds) }
        }
    }

    private struct Bench {
        let county: SmallCounty
        let folder: TestFolder
        let machine: Machine

        init() throws {
            county = try SmallCounty()
            folder = try TestFolder()
            machine = Machine(county.clock)
        }

        /// A machine that was heard of and worked, was switched off for the night and is on again.
        static func overnight() async throws -> Bench {
            let bench = try Bench()
            do {
                let desk = try await bench.first()
                try await bench.sync(desk)
                _ = try await bench.visit(desk)
            }
            bench.county.clock.advance(seconds: 20 * 3_600)
            bench.machine.restart()
            return bench
        }

        func desk() throws -> Desk {
            try Desk(
                provision: county.provision("K0001"), folder: folder.path, clock: machine.wall,
                randomness: county.randomness, uptime: machine.uptime)
        }

        func first() async throws -> Desk {
            let desk = try desk()
            try await desk.take(try county.policy(try county.content(), version: 1))
            try await desk.take(try county.daily(version: 1, for: "K0001"))
            return desk
        }

        /// The county's signed answer to what this desk sends.
        func sync(_ desk: Desk) async throws {
            let service = county.service
            let clock = county.clock.clock
            let publicKey = desk.key.publicKey
            _ = try await desk.send(
                Carrier(
                    send: { packed in
                        let parcel = try Parcel(packed: packed) { _ throws(ParcelFault) in
                            publicKey
                        }
                        let word = Acknowledgement(
                            county: SmallCounty.code, kiosk: parcel.kiosk,
                            through: parcel.checkpoint.sequence, head: parcel.checkpoint.head,
                            at: clock.now(), setAside: [])
                        return try SignedDocument(
                            role: .acknowledgement, word, key: service
                        ).bytes
                    }, manifest: { _ in [] }, section: { _ in [] }))
        }

        func visit(_ desk: Desk) async throws -> Entry {
            let session = try await desk.signIn(SmallCounty.doctor.0, pin: SmallCounty.doctor.1)
            let card = try county.credential(of: try county.member(.liGuihua))
            let patient = try await desk.identify(card)
            var order = Order(id: county.randomness.identity(), patient: patient.identified)
            order.diagnoses = ["I10.x00x002"]
            order.lines = [
                Order.Line(
                    code: "XC08CAQ866A001010199001", quantity: .one, price: Money(fen: 390),
                    days: 7)
            ]
            return try await desk.settle(order, paying: .all(.cash), by: session)
        }
    }

    @Test func `a wall clock set three days ahead is flagged and books nothing wrongly`()
        async throws
    {
        let bench = try Bench()
        let desk = try await bench.first()
        try await bench.sync(desk)
        bench.machine.wallAhead.withLock { $0 = 3 * 86_400 }
        let status = try await desk.status()
        #expect(status.clockFault == 3 * 86_400_000 && !status.timeHeld)
        let mark = try #require(Texts.clock(status))
        #expect(mark.word.contains("快了") && mark.word.contains("3 天"))
        let entry = try await bench.visit(desk)
        #expect(entry.header.day == bench.county.clock.clock.now().day)
    }

    @Test func `a dead battery holds the visit until a person has looked at a calendar`()
        async throws
    {
        let bench = try await Bench.overnight()
        let truth = bench.county.clock.clock.now()
        bench.machine.wallAhead.withLock { $0 = -truth.milliseconds / 1_000 }
        let desk = try bench.desk()
        #expect(try await desk.status().timeHeld)
        await #expect {
            _ = try await bench.visit(desk)
        } throws: { error in
            if case .timeUnsure = error as? Refusal { true } else { false }
        }
        // The journal never goes back in time, whatever the wall clock says.
        let last = try desk.journal.read { try $0.entry(try $0.head().sequence) }
        #expect(try #require(last).header.day.year == truth.day.year)
        await #expect(throws: Refusal.self) {
            try await desk.confirmTime(truth.adding(seconds: -10 * 86_400))
        }
        try await desk.confirmTime(truth)
        #expect(try await bench.visit(desk).header.day == truth.day)
        #expect(try await !desk.status().timeHeld)
    }

    @Test func `switched off overnight with no network, the next morning is the next day`()
        async throws
    {
        let bench = try await Bench.overnight()
        let desk = try bench.desk()
        let entry = try await bench.visit(desk)
        #expect(entry.header.day == bench.county.clock.clock.now().day)
        #expect(try await desk.status().clockFault == nil)
    }
}
