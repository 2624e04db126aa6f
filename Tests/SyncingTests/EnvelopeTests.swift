import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

/// What stands on a stick's label is what lies behind it.
@Suite struct EnvelopeTests {
    @Test func `a label that says another size is refused, even where its writer signed it`()
        throws
    {
        let county = try SmallCounty(people: 1)
        let (writer, secret) = (county.service, [UInt8](repeating: 7, count: 32))
        let signer = hex(writer.publicKey)
        let label = Envelope.Label(
            direction: .provision, county: SmallCounty.code,
            kiosk: try #require(KioskID(rawValue: "K0001")), at: county.clock.clock.now(),
            signer: signer)
        var contents = StickContents()
        contents.add("registration", [1, 2, 3])
        let sealed = try Envelope.seal(
            contents, label, under: secret, randomness: county.randomness, by: writer)
        #expect(try Envelope(bytes: sealed).open(under: secret) == contents)

        #expect(throws: StickFault.wrongCode) {
            try Envelope(bytes: sealed).open(under: [UInt8](repeating: 8, count: 32))
        }
        for place in [sealed.count - 1, sealed.count - 65] {
            var altered = sealed
            altered[place] ^= 1
            #expect(throws: StickFault.cutOrDamaged) { try Envelope(bytes: altered) }
        }

        let end = try #require(sealed.firstIndex(of: 0x0A))
        let body = Array(sealed[end...].dropLast(64))
        let line = String(decoding: sealed[..<end], as: UTF8.self)
        func labelled(_ size: Int) throws -> [UInt8] {
            let told = line.replacing(
                " \(body.count - 1) \(signer)", with: " \(size) \(signer)")
            let bytes = Array(told.utf8) + body
            let statement = Array("village-kiosk stick signature 1\n".utf8)
            return bytes + (try writer.sign(statement + SyncingHash.of(bytes).bytes))
        }
        #expect(try Envelope(bytes: try labelled(body.count - 1)).label == label)
        for size in [body.count - 2, body.count] {
            #expect(throws: StickFault.cutOrDamaged) { try Envelope(bytes: try labelled(size)) }
        }
    }
}
