import Foundation
import Hosting
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

/// The rest of the specification's attacks.
extension AttackTests {
    @Test(arguments: Road.allCases)
    func `mix and match: parts of different days are not put together`(road: Road) async throws {
        // Yesterday's section under today's manifest.
        let (older, newer) = (try scene.policy(6), try scene.policy(7))
        var mixed = scene.mirror(newer)
        let wanted = newer.manifest.sections[0].digest
        mixed.sections[wanted] = compress(older.sections["texts"] ?? [])
        try await refused(.policy, mixed, road, .sectionDiffers("texts"))
        // Yesterday's policy beside today's roll, though newer than the one held.
        var roles = scene.mirror(older, try scene.daily(6, newest: [.policy: 7]))
        #expect(try await scene.read(.daily, from: roles, on: road) == 6)
        try await refused(.policy, roles, road, .behind(.policy, newest: 7, offered: 6))
        roles.add(newer)
        #expect(try await scene.read(.policy, from: roles, on: road) == 7)
    }

    @Test(arguments: Road.allCases)
    func `rollback: nothing older than what is held is taken`(road: Road) async throws {
        let office = scene.county.office
        try await refused(
            .policy, scene.mirror(try scene.policy(4)), road, .olderThanHeld(held: 5, offered: 4))
        try await refused(
            .daily, scene.mirror(try scene.daily(4)), road, .olderThanHeld(held: 5, offered: 4))
        // The first root shown once more in place of the second.
        let first = try scene.root(after: scene.trust, by: Array(office.prefix(2)))
        var roots = scene.mirror(try scene.policy(6))
        roots.roots = [1: first, 2: first]
        try await refused(.policy, roots, road, .rootOutOfStep(held: 1, offered: 1))
    }

    @Test(.timeLimit(.minutes(15)), arguments: Road.allCases)
    func `slow retrieval: an exchange has an end however slowly it drips`(road: Road) async throws {
        var mirror = scene.mirror(try scene.policy(6))
        mirror.slow = ["manifest/policy"]
        do {
            _ = try await scene.read(.policy, from: mirror, on: road, seconds: 2)
            Issue.record("a byte now and then was taken for a manifest")
        } catch HTTPRequest.Fault.interrupted {
            #expect(road == .http)
        } catch is StickFault {
            #expect(road == .stick)
        }
        #expect(try scene.held(.policy) == 5)
    }

    @Test(arguments: Road.allCases)
    func `key compromise: one stolen key signs no policy, and a root ends it`(
        road: Road
    ) async throws {
        let office = scene.county.office
        // Any one of the office, or the server, or both together: never enough for a policy.
        for keys in [[office[2]], [scene.county.service], [office[2], scene.county.service]] {
            let found = keys.count { $0.publicKey == office[2].publicKey }
            try await refused(
                .policy, scene.mirror(try scene.policy(6, by: keys)), road,
                .signatures(found: found, needed: 2))
        }
        // Nor for a root, whoever it would put in.
        var taken = scene.mirror(try scene.policy(6))
        taken.roots[1] = try scene.root(after: scene.trust, by: [office[2], scene.thief]) {
            $0.root.keys[0] = hex(scene.thief.publicKey)
        }
        try await refused(.policy, taken, road, .signatures(found: 1, needed: 2))
        // The county replaces the stolen key; what it signs from then on counts for nothing.
        let fresh = try DeviceKey(raw: scene.county.randomness.bytes(32))
        let keys = [office[0], office[1], fresh].map { hex($0.publicKey) }
        var honest = scene.mirror(try scene.policy(6, by: [office[0], fresh]))
        honest.roots[1] = try scene.root(after: scene.trust, by: [office[0], office[1]]) {
            $0.root.keys = keys
            $0.policy.keys = keys
        }
        #expect(try await scene.read(.policy, from: honest, on: road) == 6)
        try await refused(
            .policy, scene.mirror(try scene.policy(7, by: [office[0], office[2]])), road,
            .signatures(found: 1, needed: 2))
    }

    @Test(arguments: Road.allCases)
    func `wrong software: a genuine document that was not asked for is refused`(
        road: Road
    ) async throws {
        // The nightly manifest in place of the policy, even one that enough of the office signed.
        var roles = Mirror()
        roles.manifests[.policy] = try scene.daily(6).statement
        try await refused(.policy, roles, road, .signatures(found: 0, needed: 2))
        // Another desk's.
        try await refused(
            .daily, scene.mirror(try scene.daily(6, for: "K0002")), road, .otherRecipient)
        // Another county's, signed by people who serve both.
        try await refused(
            .policy, scene.mirror(try scene.policy(6, county: "110101")), road,
            .otherCounty("110101"))
        // A genuine section under another section's name.
        let genuine = try scene.policy(6, also: ["more": Array("more 6".utf8)])
        var swapped = scene.mirror(genuine)
        for section in genuine.manifest.sections {
            swapped.sections[section.digest] = compress(
                genuine.sections.first { $0.key != section.name }?.value ?? [])
        }
        await #expect(throws: DocumentFault.self) {
            try await scene.read(.policy, from: swapped, on: road)
        }
        #expect(try scene.held(.policy) == 5)
    }

    @Test func `a hostile delta costs its bytes and nothing else`() async throws {
        let next = try scene.daily(6)
        let section = next.manifest.sections[0]
        let held = try scene.daily(5).sections[section.name] ?? []
        let good = compress(next.sections[section.name] ?? [], from: held)
        let others = [
            compress([UInt8](repeating: 0, count: 32 * 1024 * 1024), from: held), [], [0x28],
            Array("<html>".utf8), Array(good.dropLast()), compress([1, 2, 3], from: held),
        ]
        for delta in others {
            let scene = try await AttackScene()
            var mirror = scene.mirror(next)
            mirror.deltas[section.digest] = delta
            #expect(try await scene.read(.daily, from: mirror, on: .http) == 6)
            #expect(mirror.asked.all.suffix(2) == ["delta", "section/\(section.digest)"])
        }
        var mirror = scene.mirror(next)
        mirror.deltas[section.digest] = good
        mirror.sections = [:]
        #expect(try await scene.read(.daily, from: mirror, on: .http) == 6)
    }
}
