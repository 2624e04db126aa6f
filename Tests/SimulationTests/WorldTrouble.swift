import BrokenDisk
import Foundation
import Hosting
import Journaling
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

// What happens to machines: power, clocks, disks.
extension World {
    static func survival(_ number: Int) -> FaultDisk.Survival {
        [.dropped, .subset(UInt64(number)), .torn(UInt64(number))][number % 3]
    }

    func restart(_ box: Int) async throws {
        let machine = machine(box)
        await machine.stop()
        try machine.start(randomness)
    }

    func setClock(_ box: Int, _ minutes: Int) {
        let machine = machine(box)
        machine.clock.set(ahead: machine.clock.ahead + minutes * 60)
        machine.isClockTouched = true
    }

    /// The power goes at one of the next writes; the box starts again on what is left.
    func cut(box: Int, at point: Int, sending: Bool, _ number: Int) async throws {
        let machine = machine(box)
        await machine.stop()
        let left = folder("box")
        do {
            let disk = try FaultDisk(machine.folder)
            try machine.start(randomness)
            disk.arm(.cut, at: point)
            // The program may get through before the power goes, or end in any error of the disk.
            if sending {
                try? await night(box, 0, [.clear])
            } else {
                try? await visit(box, point, 700 + point)
                try? await collect(0, point)
            }
            try machine.leave(disk, World.survival(number), in: left)
            await machine.stop()
        }
        try FileManager.default.removeItem(atPath: machine.folder)
        machine.folder = left
        try machine.start(randomness)
    }

    func clone(_ box: Int) async throws {
        let machine = machine(box)
        // A county of a handful of boxes with a dozen copies shows nothing new.
        guard machines.count < history.clinics + history.desks + 3 else { return }
        await machine.stop()
        let copy = folder("clone")
        try FileManager.default.copyItem(atPath: machine.folder, toPath: copy)
        let twin = Machine(
            machine.provision, copy, MachineClock(time.clock), longestOff: template.longestOff)
        (twin.session, twin.chain) = (machine.session, machine.chain)
        (twin.aheadAtContact, twin.isClockTouched) = (machine.aheadAtContact, true)
        machines.append(twin)
        auditor.live(again: machine.provision.desk.kiosk)
        try machine.start(randomness)
        try twin.start(randomness)
    }

    func takeImage(_ box: Int) async throws {
        let machine = machine(box)
        await machine.stop()
        let copy = folder("image")
        try FileManager.default.copyItem(atPath: machine.folder, toPath: copy)
        machine.image = (copy, machine.chain, machine.aheadAtContact)
        try machine.start(randomness)
    }

    func setBack(_ box: Int) async throws {
        let machine = machine(box)
        guard let image = machine.image else { return }
        await machine.stop()
        auditor.past.append(machine.chain)
        let fresh = folder("box")
        try FileManager.default.copyItem(atPath: image.folder, toPath: fresh)
        try FileManager.default.removeItem(atPath: machine.folder)
        (machine.folder, machine.chain) = (fresh, image.chain)
        (machine.aheadAtContact, machine.isClockTouched) = (image.aheadAtContact, true)
        machine.lastBill = nil
        auditor.live(again: machine.provision.desk.kiosk)
        auditor.bereft.insert(machine.provision.desk.kiosk.rawValue)
        try machine.start(randomness)
    }

    /// The journal's file is gone; the box says so and goes on in its next journal.
    func loseJournal(_ box: Int) async throws {
        let machine = machine(box)
        await machine.stop()
        for ending in ["", "-wal"] {
            try? FileManager.default.removeItem(
                atPath: machine.folder + "/journal.sqlite" + ending)
        }
        auditor.past.append(machine.chain)
        machine.chain = Chain()
        machine.lastBill = nil
        auditor.bereft.insert(machine.provision.desk.kiosk.rawValue)
        try machine.start(randomness)
    }

    /// The power goes at a write of the county while it merges.
    func cutCounty(box: Int, at point: Int, _ number: Int) async throws {
        let server = servers[0]
        await server.stop()
        let left = folder("county")
        do {
            let disk = try FaultDisk(server.folder)
            try server.start(time.clock, randomness)
            disk.arm(.cut, at: point)
            try? await night(box, 0, [.clear])
            _ = try? await server.running.publishDaily()
            let files = FileManager.default
            try files.createDirectory(atPath: left, withIntermediateDirectories: true)
            try files.copyItem(atPath: server.folder + "/keys", toPath: left + "/keys")
            try disk.remains(World.survival(number), in: left)
            await server.stop()
        }
        try FileManager.default.removeItem(atPath: server.folder)
        server.folder = left
        try server.start(time.clock, randomness)
        try await server.running.takeOwnEntries()
    }
}
