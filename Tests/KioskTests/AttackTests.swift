import Foundation
import Hosting
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

/// The attacks that the TUF specification lists, each over the network and by a stick.
@Suite struct AttackTests {
    let scene: AttackScene

    init() async throws { scene = try await AttackScene() }

    /// Refused with this reason, and everything held stays.
    func refused(
        _ role: DocumentRole, _ mirror: Mirror, _ road: Road, _ fault: DocumentFault,
        at place: SourceLocation = #_sourceLocation
    ) async throws {
        let held = [try scene.held(.policy), try scene.held(.daily)]
        await #expect(throws: fault, sourceLocation: place) {
            try await scene.read(role, from: mirror, on: road)
        }
        #expect([try scene.held(.policy), try scene.held(.daily)] == held, sourceLocation: place)
    }

    @Test(arguments: Road.allCases)
    func `arbitrary installation: nothing is taken that the county did not sign`(
        road: Road
    ) async throws {
        let office = scene.county.office
        for keys in [[], [scene.thief], [office[0], scene.thief], [office[0], office[0]]] {
            let found = Set(keys.map(\.publicKey)).intersection([office[0].publicKey]).count
            let mirror = scene.mirror(try scene.policy(6, by: keys))
            if keys.isEmpty {
                try await refused(.policy, mirror, road, .malformed)
            } else {
                try await refused(.policy, mirror, road, .signatures(found: found, needed: 2))
            }
        }
        let daily = scene.mirror(try scene.daily(6, by: scene.thief))
        try await refused(.daily, daily, road, .signatures(found: 0, needed: 1))
        // A genuine manifest with other bytes behind it.
        let genuine = try scene.policy(6)
        var swapped = scene.mirror(genuine)
        for digest in swapped.sections.keys {
            swapped.sections[digest] = compress(Array("policy X".utf8))
        }
        try await refused(.policy, swapped, road, .sectionDiffers("texts"))
    }

    @Test(arguments: Road.allCases)
    func `endless data: no more is read than a document may have`(road: Road) async throws {
        for path in ["manifest/policy", "root/1"] {
            var mirror = scene.mirror(try scene.policy(6))
            mirror.endless = [path]
            await #expect(throws: (any Error).self) {
                try await scene.read(.policy, from: mirror, on: road)
            }
        }
        let genuine = try scene.policy(6)
        let digest = genuine.manifest.sections[0].digest
        var endless = scene.mirror(genuine)
        endless.endless = ["section/\(digest)"]
        endless.sections = [:]
        await #expect(throws: (any Error).self) {
            try await scene.read(.policy, from: endless, on: road)
        }
        // A few bytes that would unpack to far more than the manifest says.
        var bomb = scene.mirror(genuine)
        bomb.sections[digest] = compress([UInt8](repeating: 0, count: 32 * 1024 * 1024))
        try await refused(.policy, bomb, road, .sectionDiffers("texts"))
        #expect(try scene.held(.policy) == 5)
    }

    @Test(arguments: Road.allCases)
    func `extraneous dependencies: only what a signed manifest names is asked for`(
        road: Road
    ) async throws {
        let genuine = try scene.policy(
            6, also: ["texts/K0002": Array("for another desk".utf8)])
        var mirror = scene.mirror(genuine)
        let extra = Array("install this too".utf8)
        mirror.sections[SyncingHash.of(extra)] = compress(extra)
        #expect(try await scene.read(.policy, from: mirror, on: road) == 6)
        #expect(try scene.desk.shelf.section("texts/K0002") == nil)
        let wanted = SyncingHash.of(Array("policy 6".utf8))
        #expect(
            mirror.asked.all.filter { $0.hasPrefix("section/") }
                == (road == .http ? ["section/\(wanted)"] : []))
        // A manifest with one more line is no longer the one that was signed.
        let text = String(decoding: genuine.statement, as: UTF8.self)
        var longer = mirror
        longer.manifests[.policy] = Array(
            text.replacing(#""version":6"#, with: #""version":7"#).utf8)
        try await refused(.policy, longer, road, .signatures(found: 0, needed: 2))
    }

    @Test(arguments: Road.allCases)
    func `fast-forward: new keys end a number driven up with a stolen one`(
        road: Road
    ) async throws {
        // The thief has the server's key and signs the highest number there is.
        let stolen = scene.mirror(try scene.daily(Int.max))
        #expect(try await scene.read(.daily, from: stolen, on: road) == Int.max)
        let office = scene.county.office
        let fresh = try DeviceKey(raw: scene.county.randomness.bytes(32))
        let next = try scene.daily(6, by: fresh)
        try await refused(
            .daily, scene.mirror(next), road, .signatures(found: 0, needed: 1))
        var rotated = scene.mirror(next)
        rotated.roots[1] = try scene.root(after: scene.trust, by: Array(office.prefix(2))) {
            $0.service = hex(fresh.publicKey)
        }
        #expect(try await scene.read(.daily, from: rotated, on: road) == 6)
        try await refused(.daily, stolen, road, .signatures(found: 0, needed: 1))
        // The policy's numbers stay as they were: nobody's key of that role has changed.
        try await refused(
            .policy, scene.mirror(try scene.policy(4)), road, .olderThanHeld(held: 5, offered: 4))
    }

    @Test(arguments: Road.allCases)
    func `indefinite freeze: an old bulletin shown for ever is missed`(road: Road) async throws {
        let frozen = scene.mirror(try scene.daily(5), try scene.policy(5))
        #expect(try await scene.read(.daily, from: frozen, on: road) == nil)
        // Its days are over: whoever shows it still is not the county.
        let expires = scene.now.adding(seconds: 60 * 86_400)
        // Kept back is one role only: the other one tells.
        let telling = scene.mirror(try scene.daily(6, newest: [.policy: 6]), try scene.policy(5))
        #expect(try await scene.read(.daily, from: telling, on: road) == 6)
        try await refused(
            .policy, telling, road, .behind(.policy, newest: 6, offered: 5))
        let withheld = scene.mirror(try scene.daily(7, newest: [.root: 1]))
        try await refused(.daily, withheld, road, .behind(.root, newest: 1, offered: 0))
        let old = try scene.daily(6)
        scene.county.clock.advance(seconds: 61 * 86_400)
        try await refused(.daily, scene.mirror(old), road, .expired(expires))
    }

    @Test(arguments: Road.allCases)
    func `malicious mirrors preventing updates: one road blocked, the other brings it`(
        road: Road
    ) async throws {
        let (policy, daily) = (try scene.policy(6), try scene.daily(6))
        var blocking = scene.mirror(policy, daily)
        blocking.sections = [:]
        blocking.manifests[.daily] = Array("<html>please sign in to the network</html>".utf8)
        for role in [DocumentRole.policy, .daily] {
            await #expect(throws: (any Error).self) {
                try await scene.read(role, from: blocking, on: road)
            }
        }
        #expect(try scene.held(.policy) == 5 && scene.held(.daily) == 5)
        let other = Road.allCases.first { $0 != road } ?? road
        let honest = scene.mirror(policy, daily)
        #expect(try await scene.read(.policy, from: honest, on: other) == 6)
        #expect(try await scene.read(.daily, from: honest, on: other) == 6)
    }
}
