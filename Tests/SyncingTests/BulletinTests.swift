import Journaling
import Publishing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@Suite struct BulletinTests {
    let county: SmallCounty
    let sections: [String: [UInt8]] = [
        "catalogue": Array("a".utf8), "roll/419925101": Array("b".utf8),
        "roll/419925102": Array("c".utf8),
    ]

    init() throws { county = try SmallCounty(people: 1) }

    private var now: Instant { county.clock.clock.now() }

    private func manifest(_ version: Int, days: Int = 30) -> Manifest {
        Manifest.over(
            sections, role: .policy, county: SmallCounty.code, version: version, issued: now,
            days: days)
    }

    private func read(_ bytes: [UInt8], held: Int = 0, at: Instant? = nil) throws -> Manifest {
        try Manifest(
            bytes: bytes, role: .policy, trust: county.trust, held: held, now: at ?? now)
    }

    @Test func `two different people of the office must have signed`() throws {
        let one = try publish(manifest(1), by: county.office[0], trust: county.trust)
        #expect(throws: DocumentFault.signatures(found: 1, needed: 2)) { try read(try one.bytes) }
        #expect(throws: ReleaseFault.samePerson) {
            try release(one, by: county.office[0], trust: county.trust)
        }
        var twice = one
        try twice.sign(county.office[0])
        #expect(throws: DocumentFault.signatures(found: 1, needed: 2)) { try read(try twice.bytes) }
        let both = try release(one, by: county.office[2], trust: county.trust)
        #expect(try read(try both.bytes).version == 1)
        #expect(throws: ReleaseFault.notAnOfficeKey) {
            try release(one, by: county.service, trust: county.trust)
        }
    }

    private func released(_ version: Int, days: Int = 30) throws -> [UInt8] {
        let one = try publish(
            manifest(version, days: days), by: county.office[0], trust: county.trust)
        return try release(one, by: county.office[1], trust: county.trust).bytes
    }

    @Test func `a manifest altered in any byte is refused`() throws {
        let bytes = try released(1)
        for place in bytes.indices {
            var altered = bytes
            altered[place] ^= 1
            #expect(throws: DocumentFault.self) { try read(altered) }
        }
    }

    @Test func `an older version than the one held is refused`() throws {
        #expect(throws: DocumentFault.olderThanHeld(held: 5, offered: 4)) {
            try read(try released(4), held: 5)
        }
        #expect(try read(try released(5), held: 5).version == 5)
    }

    @Test func `an expired manifest is refused`() throws {
        let bytes = try released(1, days: 1)
        #expect(throws: DocumentFault.expired(now.adding(seconds: 86_400))) {
            try read(bytes, at: now.adding(seconds: 86_401))
        }
    }

    @Test func `a manifest of another role or county is refused`() throws {
        let daily = try SignedDocument(role: .daily, manifest(1), key: county.service).bytes
        #expect(throws: DocumentFault.self) { try read(daily) }
        var foreign = county.trust
        foreign.county = "110101"
        let bytes = try released(1)
        #expect(throws: DocumentFault.otherCounty(SmallCounty.code)) {
            try Manifest(bytes: bytes, role: .policy, trust: foreign, held: 0, now: now)
        }
    }

    @Test func `a kiosk asks for its own sections only, and checks every byte`() async throws {
        let bytes = try released(1)
        let wanted = WantedSections()
        let recipient = Recipient(
            kiosk: .nobody, institution: "H41992500001", township: "419925101")
        let carrier = Carrier(
            send: { _ in [] }, manifest: { _ in bytes },
            section: { digest in
                await wanted.note(digest)
                let found = sections.values.first { SyncingHash.of($0) == digest }
                return compress(found ?? [])
            })
        let fetched = try await fetchBulletin(
            .policy, for: recipient, held: Held(), trust: county.trust, now: now, carrier: carrier)
        #expect(fetched?.sections.keys.sorted() == ["catalogue", "roll/419925101"])
        #expect(await wanted.digests.count == 2)

        let liar = Carrier(
            send: { _ in [] }, manifest: { _ in bytes }, section: { _ in compress([0x7A]) })
        await #expect(throws: DocumentFault.self) {
            try await fetchBulletin(
                .policy, for: recipient, held: Held(), trust: county.trust, now: now, carrier: liar)
        }
    }
}

extension BulletinTests {
    private func fetch(_ bytes: [UInt8], held: Held = Held(), named: Int = 0) async throws
        -> Fetched?
    {
        let all = sections
        let kiosk = try #require(KioskID(rawValue: "K0001"))
        return try await fetchBulletin(
            .policy,
            for: Recipient(kiosk: kiosk, institution: "H41992500001", township: "419925101"),
            held: held, trust: county.trust, named: named, now: now,
            carrier: Carrier(
                send: { _ in [] }, manifest: { _ in bytes },
                section: { digest in
                    compress(all.values.first { SyncingHash.of($0) == digest } ?? [])
                }))
    }

    @Test func `what is held is not fetched again, and a newer one kept back is missed`()
        async throws
    {
        let bytes = try released(3)
        #expect(try await fetch(bytes, named: 3)?.manifest.version == 3)
        #expect(try await fetch(bytes, held: Held(version: 3)) == nil)
        await #expect(throws: DocumentFault.behind(.policy, newest: 4, offered: 3)) {
            try await fetch(bytes, named: 4)
        }
    }

    @Test func `a newer root that is kept back is missed`() async throws {
        func naming(_ root: Int) throws -> [UInt8] {
            var manifest = manifest(1)
            manifest.newest = [DocumentRole.root.rawValue: root]
            let one = try publish(manifest, by: county.office[0], trust: county.trust)
            return try release(one, by: county.office[1], trust: county.trust).bytes
        }
        #expect(try await fetch(try naming(0)) != nil)
        await #expect(throws: DocumentFault.behind(.root, newest: 1, offered: 0)) {
            try await fetch(try naming(1))
        }
    }

    @Test func `another device's bulletin is refused`() async throws {
        var addressed = manifest(1)
        addressed.recipient = KioskID(rawValue: "K0002")
        var document = try publish(addressed, by: county.office[0], trust: county.trust)
        document = try release(document, by: county.office[1], trust: county.trust)
        let bytes = try document.bytes
        await #expect(throws: DocumentFault.otherRecipient) { try await fetch(bytes) }
    }
}

private actor WantedSections {
    var digests: [Fingerprint] = []
    func note(_ digest: Fingerprint) { digests.append(digest) }
}
