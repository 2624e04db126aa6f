import Foundation
import Journaling
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

extension World {
    /// The weather clears: every box reaches the county, servers exchange, until nothing is on its
    /// way any more.
    func heal() async {
        for machine in machines {
            machine.clock.set(ahead: 0)
            machine.isClockTouched = true
        }
        await arriveLate()
        // It too gives a county that was set back what that had signed for.
        if rogue.chain.hashes.count > 0 {
            do { try await sendRogue() } catch { auditor.report("rogue", "\(error)") }
        }
        for _ in 0..<2 {
            for box in machines.indices { await perform(.night(box: box, server: 0, weather: [])) }
            // What was written is looked at on its own day.
            auditor.observe(self)
            await perform(.dawn)
            await perform(.exchange)
        }
        for box in machines.indices { await perform(.night(box: box, server: 0, weather: [])) }
        await perform(.exchange)
    }
}

extension Check {
    /// Every box is green that was never copied, and all servers print the same 32 bytes.
    static func converged(_ world: World) async throws -> [String] {
        var faults: [String] = []
        for machine in world.machines {
            let name = machine.provision.desk.kiosk.rawValue
            guard !world.auditor.copied.contains(name) else { continue }
            let unsent = try await machine.running.status().unsent
            if unsent > 0 { faults.append("\(name) still has \(unsent) to send") }
        }
        var digests: [Fingerprint] = []
        for server in world.servers { digests.append(try await server.running.digest()) }
        if Set(digests).count > 1 { faults.append("the servers differ: \(digests)") }
        return faults
    }

    /// Every chain, signature, sum and cache, at the county and in every box; nothing changes when
    /// caches are made again.
    static func verified(_ world: World) async throws -> [String] {
        var faults: [String] = []
        for server in world.servers {
            let office = try server.running
            faults += try await office.verify().faults.map { "server \(server.number): \($0)" }
            if try await !office.rebuild().unchanged {
                faults.append("server \(server.number): rebuild changes the ledger")
            }
        }
        for machine in world.machines {
            let desk = try machine.running
            let verified = try desk.journal.verify(publicKey: desk.key.publicKey)
            faults += verified.faults.map { "\(machine.chain.kiosk): \($0)" }
            if try !desk.journal.rebuild() {
                faults.append("\(machine.chain.kiosk): rebuild changes its caches")
            }
        }
        return faults
    }
}
