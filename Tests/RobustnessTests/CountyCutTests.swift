import BrokenDisk
import Foundation
import Journaling
import Merging
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import SyncServer

/// A power cut at every write of the county's night: what was acknowledged stays.
@Suite(.serialized) struct CountyCutTests {
    private let folders: FreshFolders

    init() throws { folders = try FreshFolders() }

    @Test func `a cut at any write of the office loses nothing it has acknowledged`() async throws {
        let (folder, clinic) = (try folders.next(), try folders.next())
        let night = try await CountyNight(in: folder, clinic: clinic)
        let stride = PowerCutTests.isAll ? 1 : 13
        var (base, before) = (folder, try state(of: folder, night))
        var (points, cut) = (0, 0)
        for (number, errand) in CountyNight.errands.enumerated() {
            let (whole, after, count) = try await through(errand, night, from: base)
            for point in Swift.stride(from: 1 + number % stride, through: count, by: stride) {
                try await self.cut(errand, night, at: point, from: base, before, after)
                cut += 1
            }
            print("county, \(errand.name): \(count) write points")
            points += count
            (base, before) = (whole, after)
        }
        print("power cut, county: \(points) write points, \(cut) cut")
        #expect(cut > 5)
        if PowerCutTests.isAll { #expect(cut == points) }
    }

    /// What the ledger says, as far as it must come out the same.
    private struct Ledger: Equatable {
        var entries: [[UInt8]]
        var through: Int
        var policy: Int
        /// What the office's own journal says it published and released.
        var publications: [Fact]
    }

    private func state(of folder: String, _ night: CountyNight) throws -> Ledger {
        let copy = try folders.next(from: folder)
        defer { try? FileManager.default.removeItem(atPath: copy) }
        let store = try SQLiteStore(path: copy + "/county.sqlite")
        let own = try Journal(
            path: copy + "/journal.sqlite", kiosk: KioskID(rawValue: "C0001") ?? .nobody)
        #expect(try store.integrity() == "ok")
        #expect(try own.rebuild())
        let publications = try own.read { reader in
            try reader.entries(after: 0, limit: 1_000).map(\.fact).filter {
                if case .publication = $0 { true } else { false }
            }
        }
        return try store.read { session in
            var entries: [[UInt8]] = []
            try session.forEachEntry {
                if $0.kiosk == night.kiosk { entries.append($0.entry.bytes) }
            }
            return Ledger(
                entries: entries, through: try session.journal(night.kiosk)?.through ?? 0,
                policy: try session.released(.policy)?.version ?? 0, publications: publications)
        }
    }

    private func through(
        _ errand: Errand, _ night: CountyNight, from base: String
    ) async throws -> (String, Ledger, Int) {
        let (machine, disk) = try office(from: base, errand, night)
        disk.heal()
        try await errand.run(machine, night)
        let count = disk.points(.cut)
        let folder = try remains(of: machine, disk, .kept)
        await machine.stop()
        return (folder, try state(of: folder, night), count)
    }

    private func cut(
        _ errand: Errand, _ night: CountyNight, at point: Int, from base: String,
        _ before: Ledger, _ after: Ledger
    ) async throws {
        let (machine, disk) = try office(from: base, errand, night)
        disk.arm(.cut, at: point)
        let answered = (try? await errand.run(machine, night)) != nil
        let place = "\(errand.name), point \(point)"
        #expect(disk.struck, "\(place)")
        for survival in [FaultDisk.Survival.dropped, .subset(UInt64(point)), .torn(7)] {
            let folder = try remains(of: machine, disk, survival)
            let found = try state(of: folder, night)
            let least = answered ? after : before
            #expect(found.through >= least.through, "\(place), \(survival): lost")
            #expect(found.entries.count == found.through, "\(place), \(survival): doubled")
            #expect(night.entries.starts(with: found.entries), "\(place), \(survival): changed")
            #expect(found.policy >= least.policy, "\(place), \(survival)")
            if survival == .torn(7) {
                try await again(errand, night, in: folder, after, place)
            }
            try FileManager.default.removeItem(atPath: folder)
        }
        await machine.stop()
        try FileManager.default.removeItem(atPath: machine.folder)
    }

    /// The office comes up again and does the same errand: the ledger is what it would have been.
    private func again(
        _ errand: Errand, _ night: CountyNight, in folder: String, _ after: Ledger,
        _ place: String
    ) async throws {
        let machine = CountyOffice(folder, night.small)
        let took = try ContinuousClock().measure { _ = try machine.start() }
        try await machine.running.carryOut()
        #expect(took < .seconds(3), "\(place): ready after \(took)")
        if errand.needsOffice { try await errand.run(machine, night) }
        if machine.office == nil { try machine.start() }
        let verified = try await machine.running.verify()
        #expect(verified.faults == [], "\(place)")
        #expect(try await machine.running.rebuild().unchanged, "\(place): caches")
        await machine.stop()
        let found = try state(of: folder, night)
        #expect(found == after, "\(place)")
    }

    private func office(
        from base: String, _ errand: Errand, _ night: CountyNight
    ) throws -> (CountyOffice, FaultDisk) {
        let machine = CountyOffice(try folders.next(from: base), night.small)
        let disk = try FaultDisk(machine.folder)
        machine.disk = disk
        if errand.needsOffice { try machine.start() }
        return (machine, disk)
    }

    /// The machine's folder as the power cut leaves it; keys are files of their own, long durable.
    private func remains(
        of machine: CountyOffice, _ disk: FaultDisk, _ survival: FaultDisk.Survival
    ) throws -> String {
        let folder = try folders.next()
        try FileManager.default.copyItem(
            atPath: machine.folder + "/keys", toPath: folder + "/keys")
        try disk.remains(survival, in: folder)
        return folder
    }
}
