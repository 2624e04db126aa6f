import BrokenDisk
import Foundation
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Journaling
@testable import Kiosk

/// Runs a clinic's day on a disk that fails once, at the first, second, third … chance.
final class FaultyDisk {
    struct Tally: CustomStringConvertible {
        var points = 0
        var struck = 0
        /// How often the program itself had to be started again.
        var restarts = 0

        var description: String {
            "\(points) points, \(struck) struck, \(restarts) needed a restart of the program"
        }
    }

    private let day: ClinicDay
    private let stride: Int
    private let folders: FreshFolders
    private(set) var tally = Tally()

    init(stride: Int) throws {
        day = try ClinicDay("K0001")
        self.stride = stride
        folders = try FreshFolders()
    }

    func run(_ fault: FaultDisk.Fault) async throws {
        var base = try folders.next()
        var before = Written.nothing
        for (number, step) in day.steps.enumerated() {
            let machine = try machine(from: base, step)
            guard let disk = machine.disk else { return }
            disk.heal()
            try await step.run(machine, day)
            let points = disk.points(fault)
            let whole = try folders.next()
            try machine.leave(.kept, in: whole)
            await machine.stop()
            let after = try written(whole)
            for point in Swift.stride(from: 1 + number % stride, through: points, by: stride) {
                try await strike(fault, at: point, step, from: base, before, after)
            }
            tally.points += points
            (base, before) = (whole, after)
        }
    }

    private func strike(
        _ fault: FaultDisk.Fault, at point: Int, _ step: Step, from base: String,
        _ before: Written, _ after: Written
    ) async throws {
        let place = "\(fault) at \(point), \(step.name)"
        let machine = try machine(from: base, step)
        guard let disk = machine.disk else { return }
        disk.arm(fault, at: point)
        var done = await attempt(step, machine)
        if disk.struck { tally.struck += 1 }
        let first = done
        disk.heal()
        // Pressed again; and where that does not help, the program is started again.
        if !done { done = await attempt(step, machine) }
        if !done {
            tally.restarts += 1
            await machine.stop()
            do {
                try machine.start()
                try await step.run(machine, day)
            } catch {
                Issue.record("\(place): \(error), even after a restart")
            }
        }
        let folder = try folders.next()
        try machine.leave(.dropped, in: folder)
        let found = try written(folder)
        #expect(found.begins(with: before), "\(place): lost")
        #expect(
            found.facts == after.facts && found.inForce == after.inForce,
            "\(place), \(first ? "got through" : "pressed again"): \(found.inForce)")
        #expect(found.isAllAcknowledged || !after.isAllAcknowledged, "\(place): not acknowledged")
        let journal = try Journal(
            path: folder + "/journal.sqlite", kiosk: machine.provision.desk.kiosk,
            keys: try dataKeys(in: folder))
        let verified = try journal.verify(publicKey: try DeviceKey.raw(in: machine.folder))
        #expect(try verified.faults == [] && journal.rebuild(), "\(place): \(verified.faults)")
        await machine.stop()
        for path in [folder, machine.folder] { try FileManager.default.removeItem(atPath: path) }
    }

    private func attempt(_ step: Step, _ machine: Machine) async -> Bool {
        do {
            if step.needsDesk, machine.desk == nil { try machine.start() }
            try await step.run(machine, day)
            return true
        } catch { return false }
    }

    private func machine(from base: String, _ step: Step) throws -> Machine {
        let folder = try folders.next(from: base)
        let machine = Machine(day.kiosk, day.county, folder, pagesPerCheckpoint: 20)
        machine.disk = try FaultDisk(folder)
        if step.needsDesk { try machine.start() }
        return machine
    }

    private func written(_ folder: String) throws -> Written {
        let copy = try folders.next(from: folder)
        defer { try? FileManager.default.removeItem(atPath: copy) }
        return try Written(
            try Journal(
                path: copy + "/journal.sqlite", kiosk: KioskID(rawValue: day.kiosk) ?? .nobody,
                keys: try dataKeys(in: copy)),
            try Shelf(path: copy + "/shelf.sqlite", keys: try dataKeys(in: copy)))
    }
}
