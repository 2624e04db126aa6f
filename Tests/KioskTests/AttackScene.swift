import Foundation
import Journaling
import Publishing
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk

/// A kiosk that holds policy 5 and the nightly bulletin 5, with the county's keys and a thief's.
struct AttackScene {
    let county: SmallCounty
    let folder: TestFolder
    let desk: Desk
    let thief: DeviceKey

    init() async throws {
        county = try SmallCounty(people: 1)
        folder = try TestFolder()
        thief = try DeviceKey(raw: county.randomness.bytes(32))
        desk = try Desk(
            provision: county.provision("K0001"), folder: folder.path, clock: county.clock.clock,
            randomness: county.randomness)
        for signed in [try policy(5), try daily(5)] {
            try await desk.take(
                Fetched(
                    statement: signed.statement, manifest: signed.manifest,
                    sections: signed.sections, bytes: 0))
        }
    }

    var now: Instant { county.clock.clock.now() }

    func policy(
        _ version: Int, by keys: [DeviceKey]? = nil, days: Int = 400,
        county code: String = SmallCounty.code, also: [String: [UInt8]] = [:]
    ) throws -> Signed {
        let sections = ["texts": Array("policy \(version)".utf8)].merging(also) { _, new in new }
        let manifest = Manifest.over(
            sections, role: .policy, county: code, version: version, issued: now, days: days)
        var document = SignedDocument(
            role: .policy, payload: try CompactJSON.encode(manifest))
        for key in keys ?? Array(county.office.prefix(2)) { try document.sign(key) }
        return Signed(manifest: manifest, statement: try document.bytes, sections: sections)
    }

    func daily(
        _ version: Int, by key: DeviceKey? = nil, for kiosk: String = "K0001", days: Int = 60,
        newest: [DocumentRole: Int] = [:]
    ) throws -> Signed {
        let day = now.day
        let sections = [
            SectionName.revocations: try Lines.encode(
                (0..<200).map { Revocation(credential: $0 * 7 + version % 1_000, day: day) })
        ]
        var manifest = Manifest.over(
            sections, role: .daily, county: SmallCounty.code, version: version, issued: now,
            days: days)
        manifest.recipient = KioskID(rawValue: kiosk)
        manifest.newest = Dictionary(
            uniqueKeysWithValues: newest.map { ($0.key.rawValue, $0.value) })
        let document = try SignedDocument(role: .daily, manifest, key: key ?? county.service)
        return Signed(manifest: manifest, statement: try document.bytes, sections: sections)
    }

    /// The next root after a trust, changed as told.
    func root(
        after trust: Trust, by keys: [DeviceKey], days: Int = 1_800,
        _ change: (inout Root) -> Void = { _ in }
    ) throws -> [UInt8] {
        var next = trust
        next.rootVersion += 1
        var root = Root(next, issued: now, expires: now.adding(seconds: days * 86_400))
        change(&root)
        var document = SignedDocument(role: .root, payload: try CompactJSON.encode(root))
        for key in keys { try document.sign(key) }
        return try document.bytes
    }

    /// What a kiosk that was provisioned knows of the county.
    var trust: Trust { county.trust }

    /// Reads a role from a mirror and takes it over.
    ///
    /// - Returns: the version taken over, `nil` where nothing was newer.
    @discardableResult
    func read(
        _ role: DocumentRole, from mirror: Mirror, on road: Road, seconds: Int = 60
    ) async throws -> Int? {
        let desk = desk
        return try await mirror.with(road, desk, seconds: seconds) { carrier in
            try await desk.followRoots(carrier)
            guard let fetched = try await desk.fetch(role, carrier) else { return nil }
            try await desk.take(fetched)
            return fetched.manifest.version
        }
    }

    func held(_ role: DocumentRole) throws -> Int { try desk.shelf.held(role).version }

    func mirror(_ signed: Signed...) -> Mirror {
        var mirror = Mirror()
        for one in signed { mirror.add(one) }
        return mirror
    }
}
