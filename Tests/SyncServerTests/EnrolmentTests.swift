import DemoCounty
import Hosting
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

@Suite(.onBothStores) struct EnrolmentTests {
    @Test func `a code survives being read out`() throws {
        let code = JoinCode(randomness: SmallCounty.seeded(7))
        #expect(code.text.count == 14 && JoinCode(code.text) == code)
        let spoken = code.text.lowercased().replacing("-", with: " ")
            .replacing("0", with: "o").replacing("1", with: "l")
        #expect(JoinCode(spoken) == code)
        for wrong in ["", "ABCD", code.text + "2", "UUUU-UUUU-UUUU", "一二三四五六七八九十一二"] {
            #expect(JoinCode(wrong) == nil)
        }
    }

    @Test func `five wrong codes close the door, and the office opens it again`() async throws {
        let county = try await TestCounty()
        let provision = try await county.office.enroll("H41992500001", server: "")
        let kiosk = provision.desk.kiosk
        let key = try DeviceKey(raw: county.small.randomness.bytes(32))
        func register(_ code: String) async throws -> DeviceCertificate {
            try await county.office.register(
                try Registration(
                    kiosk: kiosk, key: key, at: county.small.clock.clock.now(),
                    secret: try JoinCode(code)?.secret(for: kiosk) ?? []))
        }
        for left in [4, 3, 2, 1, 0] {
            await #expect(throws: OfficeFault.wrongCode(kiosk, left: left)) {
                try await register("0000-0000-0000")
            }
        }
        await #expect(throws: OfficeFault.noCode(kiosk)) {
            try await register(provision.oneTimeCode)
        }
        let again = try await county.office.renewCode(of: kiosk, server: "")
        #expect(again.oneTimeCode != provision.oneTimeCode && again.desk == provision.desk)
        _ = try await register(again.oneTimeCode)
        // Used once, it is spent: another box cannot come with it.
        let other = try Registration(
            kiosk: kiosk, key: try DeviceKey(raw: county.small.randomness.bytes(32)),
            at: county.small.clock.clock.now(),
            secret: try #require(JoinCode(again.oneTimeCode)).secret(for: kiosk))
        await #expect(throws: OfficeFault.alreadyRegistered(kiosk)) {
            try await county.office.register(other)
        }
        await #expect(throws: OfficeFault.alreadyRegistered(kiosk)) {
            try await county.office.renewCode(of: kiosk, server: "")
        }
    }

    @Test func `a code ends after its days`() async throws {
        let county = try await TestCounty()
        let provision = try await county.office.enroll("H41992500001", server: "")
        let kiosk = provision.desk.kiosk
        county.small.clock.advance(seconds: PendingCode.daysValid * 86_400)
        let late = try Registration(
            kiosk: kiosk, key: try DeviceKey(raw: county.small.randomness.bytes(32)),
            at: county.small.clock.clock.now(),
            secret: try #require(JoinCode(provision.oneTimeCode)).secret(for: kiosk))
        await #expect(throws: OfficeFault.noCode(kiosk)) { try await county.office.register(late) }
    }

    @Test func `the county keeps no code and no code travels`() async throws {
        let county = try await TestCounty()
        let provision = try await county.office.enroll("H41992500001", server: "")
        let kiosk = provision.desk.kiosk
        let code = try #require(JoinCode(provision.oneTimeCode))
        let kept = try county.office.store.read { try $0.journal(kiosk)?.oneTimeCode }
        #expect(kept?.contains(code.characters) == false && kept?.contains(code.text) == false)
        let registration = try Registration(
            kiosk: kiosk, key: county.office.service, at: county.small.clock.clock.now(),
            secret: try code.secret(for: kiosk))
        let sent = String(decoding: try CompactJSON.encode(registration), as: UTF8.self)
        #expect(!sent.contains(code.characters) && !sent.contains(code.text))
    }

    @Test func `a registration altered or signed by another key is refused`() async throws {
        let county = try await TestCounty()
        let provision = try await county.office.enroll("H41992500001", server: "")
        let kiosk = provision.desk.kiosk
        let key = try DeviceKey(raw: county.small.randomness.bytes(32))
        let genuine = try Registration(
            kiosk: kiosk, key: key, at: county.small.clock.clock.now(),
            secret: try #require(JoinCode(provision.oneTimeCode)).secret(for: kiosk))
        let other = try DeviceKey(raw: county.small.randomness.bytes(32))
        var altered = [genuine, genuine, genuine]
        altered[0].publicKey = hex(other.publicKey)
        altered[1].stickKey = other.stickPublicKey
        altered[2].at = genuine.at.adding(seconds: 1)
        for registration in altered {
            await #expect(throws: OfficeFault.unsigned(kiosk)) {
                try await county.office.register(registration)
            }
        }
        _ = try await county.office.register(genuine)
    }

    @Test func `a device joins by code alone, and only from who knows the code`() async throws {
        try await ListeningCounty.run { here in
            let prepared = try await here.county.office.enroll("H41992500001", server: "")
            let kiosk = prepared.desk.kiosk
            let code = try #require(JoinCode(prepared.oneTimeCode))
            let key = try DeviceKey(raw: here.county.small.randomness.bytes(32))
            let clock = here.county.small.clock.clock
            let welcome = try await joinCounty(
                here.server, kiosk, code: code, key: key, clock: clock)
            #expect(welcome.provision.trust == prepared.trust)
            #expect(welcome.provision.authority == prepared.authority)
            #expect(welcome.provision.server == here.server)
            #expect(welcome.provision.oneTimeCode == "")
            // Somebody in between who does not know the code has nothing to answer.
            let asked = try Registration(
                kiosk: kiosk, key: key, at: clock.now(), secret: try code.secret(for: kiosk))
            let forged = try JoinAnswer(welcome, to: asked, secret: [1, 2, 3])
            #expect(forged.opened(by: try code.secret(for: kiosk), asked: asked) == nil)
        }
    }

    @Test func `a spare stands in for a broken box, and the lost tail has its numbers`()
        async throws
    {
        let county = try await TestCounty()
        let broken = try await county.device("H41992500001", operator: ("D0001", "246810"))
        try await broken.visit(try county.small.member(.liGuihua), fen: 1_200)
        try await broken.night()
        let held = try broken.desk.journal.head().sequence
        let lost = try await broken.visit(try county.small.member(.wangDashan), fen: 800)
        let kiosk = broken.desk.journal.kiosk

        await #expect(throws: OfficeFault.lastSeenBeforeHeld(kiosk, held: held)) {
            try await county.office.replace(kiosk, lastSeen: held - 1, server: "")
        }
        let provision = try await county.office.replace(
            kiosk, lastSeen: lost.header.sequence, server: "")
        let old = try #require(provision.replaces)
        #expect(old.kiosk == kiosk && old.through == held)
        #expect(old.lost == (held + 1)...lost.header.sequence)
        #expect(provision.desk.kiosk != kiosk)
        #expect(provision.desk.institution == broken.desk.provision.desk.institution)
        // The old box, should it turn up, is told to stop.
        let wire = county.wire(broken.desk)
        await #expect(throws: ParcelFault.revokedDevice(kiosk)) {
            try await broken.desk.night(wire)
        }
    }
}
