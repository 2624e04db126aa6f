import Allotting
import Journaling
import Pricing
import Syncing
import Testing
import Vocabulary

/// What a request for rights says, and that the old form still means what it meant.
@Suite struct DrawRequestTests {
    private let key: DeviceKey
    private let kiosk = KioskID(rawValue: "K0001") ?? .nobody
    private let person: PersonNumber
    private let owner: PersonNumber
    private let day: Day
    private let yearly = Counter(.paid, "outpatient")

    init() throws {
        key = try DeviceKey(raw: [UInt8](repeating: 7, count: 32))
        person = try #require(PersonNumber(rawValue: "41992500000001"))
        owner = try #require(PersonNumber(rawValue: "41992500009999"))
        day = try #require(Day("2026-11-22"))
    }

    private func request(_ lacking: [DrawRequest.Lack?]) throws -> DrawRequest {
        try DrawRequest(
            order: "o", kiosk: kiosk, person: person, day: day, lacking: lacking.compactMap { $0 },
            key: key)
    }

    @Test func `a request of the former form is read, signed and named as it was`() throws {
        let words = "o\nK0001\n\(person)\n\(yearly) 30 500"
        let name = String("\(SyncingHash.of(Array(words.utf8)))".prefix(24))
        let statement =
            "village-kiosk draw 1\n\(name)\nK0001\n\(person)\n\(day)\n\(yearly) 500\n"
        let signature = hex(try key.sign(Array(statement.utf8)))
        let text = """
            {"day":"\(day)","identity":"\(name)","kiosk":"K0001","person":"\(person)",\
            "signature":"\(signature)","wanted":[{"amount":500,"limit":"\(yearly)"}]}
            """
        let read = try CompactJSON.decode(DrawRequest.self, from: Array(text.utf8))
        #expect(read.isSigned(by: key.publicKey) && read.owners == [person])
        #expect(String(decoding: try CompactJSON.encode(read), as: UTF8.self) == text)
        let made = try request([DrawRequest.Lack(of: yearly, use: 530, held: 30)])
        #expect(made.identity == name && made.isSigned(by: key.publicKey))
    }

    @Test func `whose account is asked for is signed and named`() throws {
        let own = try request([DrawRequest.Lack(of: .ownAccount, use: 500, held: 0)])
        var theirs = try request([
            DrawRequest.Lack(of: .ownAccount, use: 500, held: 0, owner: owner)
        ])
        #expect(own.identity != theirs.identity && theirs.owners == [owner])
        let bytes = try CompactJSON.encode(theirs)
        let read = try CompactJSON.decode(DrawRequest.self, from: bytes)
        #expect(read == theirs && read.isSigned(by: key.publicKey))
        theirs.wanted[0].owner = nil
        #expect(!theirs.isSigned(by: key.publicKey))
    }

    @Test func `nothing is asked for that is held`() throws {
        #expect(DrawRequest.Lack(of: yearly, use: 500, held: 500) == nil)
        let both = try request([
            DrawRequest.Lack(of: .ownAccount, use: 1, held: 0, owner: owner),
            DrawRequest.Lack(of: yearly, use: 9, held: 2), nil,
        ])
        #expect(
            both.wanted.map(\.amount.fen) == [7, 1] && both.wanted.map(\.owner) == [nil, owner])
    }
}
