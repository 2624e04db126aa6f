import BrokenDisk
import Foundation
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Journaling
@testable import Kiosk

/// Runs a day step by step, interrupting each step at its first, second, third … write point until
/// it gets through, and looks at what is left each time.
final class PowerCut {
    /// How much of it: every point in every way of surviving, or a stride through them.
    struct Thoroughness: Sendable {
        var stride = 1
        var survivals: [FaultDisk.Survival] = [.dropped]
        /// Every so many points the whole program starts again and the step is done again.
        var restartEvery = 1
    }

    struct Tally: CustomStringConvertible {
        var points = 0
        var cut = 0
        var looks = 0
        var restarts = 0
        var slowest = Duration.zero

        var description: String {
            "\(points) write points, \(cut) cut (\(points == 0 ? 0 : cut * 100 / points) %), "
                + "\(looks) states looked at, \(restarts) restarts, slowest \(slowest)"
        }
    }

    let day: ClinicDay
    let thoroughness: Thoroughness
    private let folders: FreshFolders
    private let pagesPerCheckpoint: Int
    private(set) var tally = Tally()
    private var points = 0

    init(_ kiosk: String, _ thoroughness: Thoroughness, pagesPerCheckpoint: Int) throws {
        day = try ClinicDay(kiosk)
        self.thoroughness = thoroughness
        self.pagesPerCheckpoint = pagesPerCheckpoint
        folders = try FreshFolders()
    }

    /// The whole day; each step begins on what the one before left on the disk.
    func run() async throws {
        var base = try folders.next()
        var before = Written.nothing
        for (number, step) in day.steps.enumerated() {
            let whole = try await through(step, from: base)
            let stride = thoroughness.stride
            for point in Swift.stride(from: 1 + number % stride, through: whole.points, by: stride)
            {
                try await cut(step, at: point, from: base, before, whole.after)
                tally.cut += 1
            }
            tally.points += whole.points
            try FileManager.default.removeItem(atPath: base)
            (base, before) = (whole.folder, whole.after)
        }
    }

    /// The step without a fault: how many points it has, and what it leaves behind.
    private func through(_ step: Step, from base: String) async throws -> (
        points: Int, folder: String, after: Written
    ) {
        let (machine, disk) = try await machine(from: base, step)
        disk.heal()
        try await step.run(machine, day)
        let points = disk.points(.cut)
        let folder = try folders.next(from: machine.folder)
        try disk.remains(.kept, in: folder)
        await machine.stop()
        let look = try folders.next(from: folder)
        let after = try Written(
            try Journal(
                path: look + "/journal.sqlite", kiosk: machine.provision.desk.kiosk,
                keys: try dataKeys(in: look)),
            try Shelf(path: look + "/shelf.sqlite", keys: try dataKeys(in: look)))
        for path in [look, machine.folder] { try FileManager.default.removeItem(atPath: path) }
        return (points, folder, after)
    }

    private func cut(
        _ step: Step, at point: Int, from base: String, _ before: Written, _ after: Written
    ) async throws {
        let (machine, disk) = try await machine(from: base, step)
        disk.arm(.cut, at: point)
        let failed = await attempt(step, machine)
        let place = "\(step.name), point \(point)"
        #expect(disk.struck, "\(place): the power stayed on")
        // What a step does after its last write does not tell it that the power is gone.
        points += 1
        for survival in thoroughness.survivals {
            try look(
                at: disk, machine, survival, "\(place), \(survival)", before, after,
                answered: !failed)
        }
        if points % thoroughness.restartEvery == 0 {
            let survival = thoroughness.survivals[points % thoroughness.survivals.count]
            try await restart(step, disk, machine, survival, place, after)
        }
        await machine.stop()
        try FileManager.default.removeItem(atPath: machine.folder)
    }

    /// - Returns: whether the step was interrupted before it could answer.
    private func attempt(_ step: Step, _ machine: Machine) async -> Bool {
        do {
            try await step.run(machine, day)
            return false
        } catch {
            return true
        }
    }

    private func look(
        at disk: FaultDisk, _ machine: Machine, _ survival: FaultDisk.Survival, _ place: String,
        _ before: Written, _ after: Written, answered: Bool
    ) throws {
        let folder = try folders.next()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try machine.leave(survival, in: folder)
        tally.looks += 1
        do {
            // The first thing a machine does is to make its journal; its key comes after.
            let key = (try? DeviceKey.raw(in: machine.folder)) ?? []
            let faults = try Remains(
                folder: folder, kiosk: machine.provision.desk.kiosk, publicKey: key
            ).faults(since: before, after, answered: answered)
            #expect(faults.isEmpty, "\(place): \(faults.joined(separator: "; "))")
        } catch {
            Issue.record("\(place): \(error)")
        }
    }

    /// The machine comes up again and the button is pressed again.
    private func restart(
        _ step: Step, _ disk: FaultDisk, _ machine: Machine, _ survival: FaultDisk.Survival,
        _ place: String, _ after: Written
    ) async throws {
        let folder = try folders.next(from: machine.folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.contains(".sqlite") {
            try FileManager.default.removeItem(atPath: folder + "/" + name)
        }
        try disk.remains(survival, in: folder)
        let again = Machine(
            day.kiosk, day.county, folder, pagesPerCheckpoint: pagesPerCheckpoint)
        do {
            let took = try ContinuousClock().measure { _ = try again.start() }
            tally.slowest = max(tally.slowest, took)
            #expect(took < .seconds(3), "\(place): ready after \(took)")
            if step.needsDesk { try await step.run(again, day) }
            if again.desk == nil { try again.start() }
            let written = try Written(try again.running.journal, try again.running.shelf)
            #expect(written.facts == after.facts && written.held == after.held, "\(place)")
            #expect(written.inForce == after.inForce, "\(place): not journaled")
            #expect(
                written.isAllAcknowledged || !after.isAllAcknowledged, "\(place): not acknowledged")
        } catch {
            Issue.record("\(place), \(survival), again: \(error)")
        }
        tally.restarts += 1
        await again.stop()
    }

    private func machine(from base: String, _ step: Step) async throws -> (Machine, FaultDisk) {
        let folder = try folders.next(from: base)
        let disk = try FaultDisk(folder)
        let machine = Machine(
            day.kiosk, day.county, folder, pagesPerCheckpoint: pagesPerCheckpoint)
        machine.disk = disk
        if step.needsDesk { try machine.start() }
        return (machine, disk)
    }
}

extension DeviceKey {
    /// The public half of the key a desk keeps in its folder.
    static func raw(in folder: String) throws -> [UInt8] {
        let text = try String(contentsOfFile: folder + "/device.key", encoding: .utf8)
        let raw = unhex(text.filter { !$0.isWhitespace }) ?? []
        return try DeviceKey(raw: raw).publicKey
    }
}
