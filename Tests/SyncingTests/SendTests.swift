import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

/// Sending goes on until the county has signed for all, and no longer.
@Suite struct SendTests {
    let county: SmallCounty

    init() throws { county = try SmallCounty(people: 1) }

    /// A county that signs for what it is told to.
    private func carrier(
        for fixture: ParcelFixture,
        _ word: @escaping @Sendable (SignedParcel) -> (through: Int, head: Fingerprint)
    ) -> Carrier {
        let (key, service, kiosk) = (fixture.key.publicKey, county.service, fixture.kiosk)
        let sent = Sendings()
        return Carrier(
            send: { packed in
                try await sent.note()
                let (through, head) = word(try SignedParcel(packed: packed) { _ in key })
                let acknowledgement = Acknowledgement(
                    county: SmallCounty.code, kiosk: kiosk, through: through, head: head,
                    at: Instant(milliseconds: 1), setAside: [])
                return try SignedDocument(
                    role: .acknowledgement, acknowledgement, key: service
                ).bytes
            }, manifest: { _ in [] }, section: { _ in [] }, root: { _ in nil })
    }

    private func send(_ fixture: ParcelFixture, over carrier: Carrier) async throws -> SendReport {
        try await sendJournal(
            fixture.journal, key: fixture.key, trust: county.trust, clock: county.clock.clock,
            carrier: carrier)
    }

    @Test func `a long journal is sent to its end`() async throws {
        let fixture = try ParcelFixture(entries: Parcel.mostEntries + 5)
        let report = try await send(
            fixture, over: carrier(for: fixture) { ($0.checkpoint.sequence, $0.checkpoint.head) })
        #expect(report.parcels == 2 && report.entries == Parcel.mostEntries + 5)
        #expect(report.acknowledgedThrough == Parcel.mostEntries + 5)
    }

    @Test func `a county that signs for nothing more is not asked again`() async throws {
        let fixture = try ParcelFixture(entries: 3)
        let report = try await send(fixture, over: carrier(for: fixture) { _ in (0, .zero) })
        #expect(report.parcels == 1 && report.acknowledgedThrough == 0)
    }

    @Test func `what is written meanwhile waits for the next checkpoint`() throws {
        let fixture = try ParcelFixture(entries: 3)
        let checkpoint = try fixture.journal.checkpoint(
            at: Instant(milliseconds: 9), key: fixture.key)
        let at = Instant(milliseconds: 1_795_327_000_009)
        try fixture.journal.append(
            .bulletinRead(BulletinRead(policy: 9, daily: 1)),
            Journal.Stamp(at: at, day: at.day, by: "", session: ""))
        let parcel = try nextParcel(
            of: fixture.journal, after: 0, upTo: checkpoint, key: fixture.key)
        #expect(parcel.entries.count == 3)
        #expect(try fixture.read(try parcel.packed()) == parcel)
    }
}

/// Loses patience with somebody who sends for ever.
private actor Sendings {
    private var count = 0

    struct TooMany: Error {}

    func note() throws {
        count += 1
        if count > 5 { throw TooMany() }
    }
}
