import Allotting
import Journaling
import Pricing
import SmallCounty
import Syncing
import Testing
import Vocabulary

/// What a device asks for is signed whole, and only the county's answer to that very question counts.
@Suite struct DrawingTests {
    let county: SmallCounty
    private let kiosk: KioskID
    private let person: PersonNumber
    private let key: DeviceKey
    private let limit = Counter(.paid, "outpatient")

    init() throws {
        county = try SmallCounty(people: 1)
        kiosk = try #require(KioskID(rawValue: "K0001"))
        person = try #require(PersonNumber(rawValue: "41992500000001"))
        key = try DeviceKey(raw: county.randomness.bytes(32))
    }

    private func request(held: Int = 0, wanted: Int = 500) throws -> DrawRequest {
        try DrawRequest(
            order: "v1", kiosk: kiosk, person: person, day: county.clock.clock.now().day,
            lacking: [DrawRequest.Lack(of: limit, use: held + wanted, held: held)].compactMap(
                \.self),
            key: key)
    }

    @Test func `the same lines are the same question, whatever else is another`() throws {
        let first = try request()
        #expect(try request().identity == first.identity)
        #expect(try request(held: 1).identity != first.identity)
        #expect(try request(wanted: 501).identity != first.identity)
        #expect(try request(wanted: 0).wanted.isEmpty)
    }

    @Test func `a request is signed whole`() throws {
        let request = try request()
        #expect(request.isSigned(by: key.publicKey))
        #expect(!request.isSigned(by: county.service.publicKey))
        let changes: [(inout DrawRequest) -> Void] = [
            { $0.identity = "other" }, { $0.kiosk = .nobody }, { $0.day = $0.day.adding(days: 1) },
            { $0.person = PersonNumber(rawValue: "41992500009999") ?? $0.person },
            { $0.wanted[0].amount = Money(fen: 501) }, { $0.wanted = [] },
            { $0.wanted[0].limit = Counter(.paid, "chronic") },
            { $0.wanted[0].owner = PersonNumber(rawValue: "41992500009999") },
        ]
        for (place, change) in changes.enumerated() {
            var changed = request
            change(&changed)
            #expect(changed != request && !changed.isSigned(by: key.publicKey), "\(place)")
        }
    }

    @Test func `only this county's answer to this question is taken`() throws {
        let request = try request()
        let allotment = Allotment(
            identity: request.identity, holder: kiosk, year: 2026,
            expires: county.clock.clock.now(),
            rows: [Allotment.Row(owner: person, limit: limit, amount: 500)])
        func read(
            county code: String = SmallCounty.code, by signer: DeviceKey? = nil,
            _ change: (inout Allotment) -> Void = { _ in }
        ) throws -> Allotment {
            var given = allotment
            change(&given)
            let answer = DrawAnswer(county: code, at: county.clock.clock.now(), allotment: given)
            let document = try SignedDocument(
                role: .rights, answer, key: signer ?? county.service)
            return try DrawAnswer(bytes: document.bytes, to: request, trust: county.trust)
                .allotment
        }
        #expect(try read() == allotment)
        #expect(throws: DocumentFault.otherCounty("110101")) { try read(county: "110101") }
        #expect(throws: DocumentFault.signatures(found: 0, needed: 1)) { try read(by: key) }
        let changes: [(inout Allotment) -> Void] = [
            { $0.identity = "other" }, { $0.holder = .nobody },
            { $0.rows[0].owner = PersonNumber(rawValue: "41992500009999") ?? $0.rows[0].owner },
        ]
        for change in changes {
            #expect(throws: DocumentFault.otherRecipient) { try read(change) }
        }
    }

    @Test func `a row says what was given, and whether it is asked back`() {
        let right = Right(
            id: "a.0", holder: kiosk, owner: person, year: 2026, limit: limit, amount: 500,
            expires: Instant(milliseconds: 9))
        #expect(RightRow(right, recalled: true).recalled == true)
        #expect(RightRow(right, recalled: false).recalled == nil)
        #expect(RightRow(right, recalled: true).right(of: kiosk) == right)
    }
}
