import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@Suite struct RootTests {
    let county: SmallCounty

    init() throws { county = try SmallCounty(people: 1) }

    private var now: Instant { county.clock.clock.now() }

    private func key() throws -> DeviceKey { try DeviceKey(raw: county.randomness.bytes(32)) }

    private func names(_ keys: [DeviceKey]) -> [String] { keys.map { hex($0.publicKey) } }

    private func root(
        after trust: Trust, by keys: [DeviceKey], _ change: (inout Root) -> Void = { _ in }
    ) throws -> [UInt8] {
        var next = trust
        next.rootVersion += 1
        var root = Root(next, issued: now, expires: now.adding(seconds: 1_000 * 86_400))
        change(&root)
        var document = SignedDocument(role: .root, payload: try CompactJSON.encode(root))
        for key in keys { try document.sign(key) }
        return try document.bytes
    }

    @Test func `a root needs enough of the old keys and enough of its own`() throws {
        let (a, b, c) = (county.office[0], county.office[1], county.office[2])
        let (d, e) = (try key(), try key())
        // Two of three people leave.
        func next(by keys: [DeviceKey]) throws -> Trust {
            try county.trust.following(
                try root(after: county.trust, by: keys) {
                    $0.root.keys = names([a, d, e])
                    $0.policy.keys = names([a, d, e])
                })
        }
        #expect(throws: DocumentFault.signatures(found: 1, needed: 2)) { try next(by: [a, b]) }
        #expect(throws: DocumentFault.signatures(found: 1, needed: 2)) { try next(by: [a, d]) }
        #expect(throws: DocumentFault.signatures(found: 1, needed: 2)) { try next(by: [a, a, d]) }
        let trust = try next(by: [a, c, d])
        #expect(trust.officeKeys == names([a, d, e]) && trust.rootVersion == 1)
    }

    @Test func `roots are followed one by one, none left out`() async throws {
        let (a, b) = (county.office[0], county.office[1])
        var roots: [Int: [UInt8]] = [:]
        var trust = county.trust
        var service = county.service
        for version in 1...5 {
            service = try key()
            roots[version] = try root(after: trust, by: [a, b]) {
                $0.service = hex(service.publicKey)
            }
            trust = try trust.following(roots[version] ?? [])
        }
        let all = roots
        let fetched = try await fetchRoots(
            after: county.trust,
            carrier: Carrier(
                send: { _ in [] }, manifest: { _ in [] }, section: { _ in [] },
                root: { all[$0] }))
        #expect(fetched.trust.rootVersion == 5 && fetched.statements.count == 5)
        #expect(fetched.trust.serviceKey == hex(service.publicKey))
        #expect(fetched.startedAgain == [.daily])
        #expect(throws: DocumentFault.rootOutOfStep(held: 0, offered: 2)) {
            try county.trust.following(all[2] ?? [])
        }
    }

    @Test func `a chain of roots without end is followed for a while only`() async throws {
        let (a, b) = (county.office[0], county.office[1])
        var trust = county.trust
        var roots: [Int: [UInt8]] = [:]
        for version in 1...(FetchedRoots.most + 3) {
            roots[version] = try root(after: trust, by: [a, b])
            trust = try trust.following(roots[version] ?? [])
        }
        let all = roots
        let carrier = Carrier(
            send: { _ in [] }, manifest: { _ in [] }, section: { _ in [] }, root: { all[$0] })
        let first = try await fetchRoots(after: county.trust, carrier: carrier)
        #expect(first.trust.rootVersion == FetchedRoots.most)
        let second = try await fetchRoots(after: first.trust, carrier: carrier)
        #expect(second.trust.rootVersion == FetchedRoots.most + 3)
    }

    @Test func `a root that would weaken the county is refused whoever signed it`() throws {
        let (a, b) = (county.office[0], county.office[1])
        let changes: [(inout Root) -> Void] = [
            { $0.policy.threshold = 1 }, { $0.root.threshold = 1 }, { $0.policy.threshold = 4 },
            { $0.policy.keys[1] = $0.policy.keys[0] },
            { $0.policy.keys[1] = $0.policy.keys[0].uppercased() },
            { $0.policy.keys[2] = $0.service }, { $0.root.keys[2] = $0.service },
            { $0.service = "" }, { $0.policy.keys = [] }, { $0.credentials = ["x"] },
        ]
        for change in changes {
            #expect(throws: DocumentFault.malformed) {
                try county.trust.following(try root(after: county.trust, by: [a, b], change))
            }
        }
        #expect(throws: DocumentFault.otherCounty("110101")) {
            try county.trust.following(
                try root(after: county.trust, by: [a, b]) { $0.county = "110101" })
        }
    }

    @Test func `after the root's last day nothing new is believed`() throws {
        let (a, b) = (county.office[0], county.office[1])
        let trust = try county.trust.following(try root(after: county.trust, by: [a, b]))
        let manifest = Manifest(
            role: .daily, county: SmallCounty.code, version: 1, issued: now,
            expires: now.adding(seconds: 5_000 * 86_400), sections: [])
        let bytes = try SignedDocument(role: .daily, manifest, key: county.service).bytes
        let end = now.adding(seconds: 1_000 * 86_400)
        #expect(throws: DocumentFault.rootExpired(end)) {
            try Manifest(bytes: bytes, role: .daily, trust: trust, held: 0, now: end)
        }
        // A new root is believed all the same, however long the device lay in a drawer.
        let renewed = try trust.following(
            try root(after: trust, by: [a, b]) { $0.expires = end.adding(seconds: 86_400) })
        #expect(
            try Manifest(bytes: bytes, role: .daily, trust: renewed, held: 0, now: end).version
                == 1)
    }

    @Test func `numbers start again only where no earlier signature could count`() throws {
        let (a, b, c) = (county.office[0], county.office[1], county.office[2])
        let old = county.trust
        func trust(_ keys: [DeviceKey], service: DeviceKey? = nil) -> Trust {
            var trust = old
            trust.officeKeys = names(keys)
            if let service { trust.serviceKey = hex(service.publicKey) }
            return trust
        }
        let (d, e) = (try key(), try key())
        #expect(!trust([a, b, d]).startsAgain(.policy, after: old))
        #expect(trust([a, d, e]).startsAgain(.policy, after: old))
        #expect(!trust([a, b, c]).startsAgain(.daily, after: old))
        #expect(trust([a, b, c], service: d).startsAgain(.daily, after: old))
    }
}
