import Foundation
import Journaling
import Merging
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// One thing that must always be true; a new one is a value in ``all``.
struct Check: Sendable {
    enum Moment: Int, Comparable, Sendable {
        /// After every step; cheap.
        case step
        /// After every day of the county.
        case day
        /// When everybody has reached everybody.
        case end

        static func < (a: Moment, b: Moment) -> Bool { a.rawValue < b.rawValue }
    }

    let name: String
    let moment: Moment
    /// Sentences; empty where all is well.
    let look: @Sendable (World) async throws -> [String]

    static let all: [Check] =
        [
            Check(name: "kept", moment: .step, look: kept),
            Check(name: "heads", moment: .step, look: heads),
            Check(name: "green", moment: .step, look: green),
            Check(name: "sums", moment: .step, look: sums),
            Check(name: "stored", moment: .day, look: stored),
            Check(name: "claims", moment: .day, look: claims),
            Check(name: "limits", moment: .day, look: limits),
            Check(name: "forks", moment: .end, look: forks),
            Check(name: "owed", moment: .end, look: owed),
            Check(name: "converged", moment: .end, look: converged),
            Check(name: "verified", moment: .end, look: verified),
        ] + rights

    /// Everything a server has signed for is stored there.
    private static func kept(_ world: World) throws -> [String] {
        try world.servers.flatMap { server in
            try lacking(world.auditor.truth.promised[server.number] ?? [:], server)
        }
    }

    private static func lacking(
        _ promises: [String: (through: Int, head: [UInt8])], _ server: CountyServer
    ) throws -> [String] {
        guard let office = server.office else { return [] }
        return try office.store.read { session in
            try promises.sorted { $0.key < $1.key }.compactMap { kiosk, promise in
                guard let id = KioskID(rawValue: kiosk) else { return "no name: \(kiosk)" }
                let held = try session.entries(of: id, at: promise.through)
                return held.contains { $0.entry.hash.bytes == promise.head }
                    ? nil : "server \(server.number) lacks \(kiosk) \(promise.through)"
            }
        }
    }

    /// Every journal of a server is the beginning of one that a device wrote, and forks are reported
    /// of nobody who was never copied.
    private static func heads(_ world: World) throws -> [String] {
        let (truth, copied) = (world.auditor.truth, world.auditor.copied)
        return try world.servers.flatMap { server -> [String] in
            guard let office = server.office else { return [] }
            return try office.store.read { try $0.journals() }.compactMap { journal in
                let device = journal.kiosk.device.rawValue
                if journal.forkedAt != nil, !copied.contains(device) {
                    return "server \(server.number) reports a fork of \(journal.kiosk)"
                }
                guard journal.through > 0 else { return nil }
                let written = truth.written[journal.head.bytes]
                return written?.sequence == journal.through
                    && written?.kiosk == journal.kiosk.rawValue
                    ? nil : "server \(server.number): \(journal.kiosk) never had its head"
            }
        }
    }

    /// Green is shown only under a signature of the county over all there is.
    private static func green(_ world: World) async throws -> [String] {
        var faults: [String] = []
        for machine in world.machines {
            guard let desk = machine.desk, try await desk.status().unsent == 0 else { continue }
            let statement = try desk.journal.read { try $0.acknowledged().statement } ?? []
            guard let word = Word(statement), world.auditor.isGenuine(word),
                word.kiosk == machine.chain.kiosk, word.through == machine.chain.hashes.count,
                word.head == machine.chain.head
            else {
                faults.append("\(machine.chain.kiosk) shows green without a signature")
                continue
            }
        }
        return faults
    }

    /// Every group of bookings comes to nothing.
    private static func sums(_ world: World) throws -> [String] {
        try world.servers.flatMap { server -> [String] in
            guard let office = server.office else { return [] }
            let last = Day(year: 2100, month: 1, day: 1) ?? Day(number: 0)
            let rows = try office.store.read { try $0.booked(from: Day(number: 0), to: last) }
            return Dictionary(grouping: rows, by: \.place).compactMap { place, rows in
                let sum = rows.reduce(0) { $0 + $1.amount.fen }
                return sum == 0 ? nil : "server \(server.number): \(place) comes to \(sum)"
            }
        }
    }

    /// What is stored was written, byte for byte.
    private static func stored(_ world: World) throws -> [String] {
        let truth = world.auditor.truth
        return try world.servers.flatMap { server -> [String] in
            guard let office = server.office else { return [] }
            return try everything(office).compactMap { placed in
                let written = truth.written[placed.entry.hash.bytes]
                return written?.bytes == placed.entry.bytes
                    && written?.sequence == placed.sequence
                    ? nil
                    : "server \(server.number): nobody wrote \(placed.kiosk) \(placed.sequence)"
            }
        }
    }

    /// All a server holds, on whichever branch.
    static func everything(_ office: Office) throws -> [Placed] {
        try office.store.read { session in
            try session.journals().flatMap { try session.entries(of: $0.kiosk, behind: 0) }
        }
    }

    private static func owed(_ world: World) throws -> [String] {
        try world.servers.flatMap { server in
            // A device that lost its memory cannot give back what a county has lost as well.
            try lacking(
                (world.auditor.owed[server.number] ?? [:]).filter { kiosk, _ in
                    !world.auditor.bereft.contains(String(kiosk.prefix { $0 != "-" }))
                }, server)
        }
    }

    /// Every number under which a server holds two entries is reported, and no other.
    private static func forks(_ world: World) throws -> [String] {
        try world.servers.flatMap { server -> [String] in
            let office = try server.running
            let held = Set(try everything(office).map(\.entry.hash.bytes))
            let expected = world.auditor.truth.contested(held)
            let reported = try office.store.read { try $0.journals() }
            return reported.compactMap { journal in
                let (told, real) = (journal.forkedAt, expected[journal.kiosk.rawValue])
                return told == real
                    ? nil
                    : "server \(server.number): \(journal.kiosk) is forked at "
                        + "\(real.map(String.init) ?? "none"), told \(told.map(String.init) ?? "none")"
            }
        }
    }
}
