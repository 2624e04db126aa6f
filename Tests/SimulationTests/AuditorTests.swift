import Foundation
import Hosting
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// An auditor that finds nothing may be blind: each of these does something wrong behind its back.
@Suite struct AuditorTests {
    private static let template = Task { try await Template() }
    private static let history = Inventing.history(3, days: 3, trouble: 0)

    private func found(
        _ tampering: @escaping @Sendable (World, Int) async throws -> Void
    ) async throws -> Set<String> {
        let simulator = Simulator(template: try await Self.template.value, tampering: tampering)
        return Set(try await simulator.run(Self.history).findings.map(\.check))
    }

    @Test func `nothing is found where nothing is wrong`() async throws {
        #expect(try await found { _, _ in }.isEmpty)
    }

    @Test func `a county that forgets what it signed for`() async throws {
        let found = try await found { world, step in
            if step == 1 { try await world.backup() }
            guard Self.history.steps[step - 1] == .dawn else { return }
            let server = world.servers[0]
            await server.stop()
            try restoreOffice(
                from: server.backups[0], into: server.folder, at: world.time.clock.now())
            try server.start(world.time.clock, world.randomness)
        }
        #expect(found.contains("kept"))
    }

    @Test func `a box that forgets what it wrote`() async throws {
        let found = try await found { world, step in
            if step == 1 { try await world.takeImage(0) }
            guard Self.history.steps[step - 1] == .dawn, let image = world.machines[0].image else {
                return
            }
            await world.machines[0].stop()
            world.machines[0].folder = image.folder
            try world.machines[0].start(world.randomness)
        }
        #expect(found.contains("prefix"))
    }

    @Test func `a box that turns green without the county's signature`() async throws {
        let found = try await found { world, _ in
            let desk = try world.machines[0].running
            let head = try desk.journal.head()
            let word = Acknowledgement(
                county: SmallCounty.code, kiosk: desk.journal.kiosk, through: head.sequence,
                head: head.hash, at: world.now, setAside: [])
            let forged = try SignedDocument(role: .acknowledgement, word, key: world.stranger)
            try desk.journal.keep(acknowledgement: forged.bytes, through: head.sequence)
        }
        #expect(found.contains("green"))
    }

    @Test func `an entry that nobody wrote`() async throws {
        let found = try await found { world, step in
            guard step == 5 else { return }
            let template = world.template.rogue
            let first = template.entries.map { Entry(keeping: $0, after: .zero) }
            var entries: [Entry] = []
            for entry in first {
                entries.append(Entry(keeping: entry.bytes, after: entries.last?.hash ?? .zero))
            }
            let bytes = Array("forged".utf8)
            entries.append(Entry(keeping: bytes, after: entries.last?.hash ?? .zero))
            let parcel = Parcel(
                kiosk: template.provision.desk.kiosk, previous: .zero, entries: entries,
                checkpoint: try Checkpoint(
                    kiosk: template.provision.desk.kiosk, sequence: entries.count,
                    head: entries.last?.hash ?? .zero, at: world.now, key: template.key))
            _ = try await world.servers[0].running.receive(try parcel.packed())
        }
        #expect(found.contains("heads"))
    }

    @Test func `the same history gives the same bytes`() async throws {
        let simulator = Simulator(template: try await Self.template.value)
        let history = Inventing.history(11, days: 2, trouble: 60)
        let (first, second) = (
            try await simulator.run(history), try await simulator.run(history)
        )
        #expect(first.digests == second.digests && first.entries == second.entries)
        #expect(first.findings == second.findings)
    }

    @Test func `a history is shortened to what matters, and read back from its file`() async throws
    {
        let history = Inventing.history(5, days: 6, trouble: 40)
        let backups = history.steps.indices.filter { history.steps[$0] == .backup }
        #expect(!backups.isEmpty && history.steps.count > 40)
        var shrinking = Shrinking(patience: 2_000) { history in
            guard let backup = history.steps.firstIndex(of: .backup) else { return nil }
            return history.steps[backup...].contains(.dawn) ? "planted" : nil
        }
        let shortest = try await shrinking.shortest(history)
        #expect(shortest.steps == [.backup, .dawn])
        let bytes = try JSONEncoder().encode(history)
        #expect(try JSONDecoder().decode(History.self, from: bytes) == history)
    }
}
