import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

/// What a device says of itself, and what it is told, is from whom it seems to be.
@Suite struct RegistrationTests {
    let county: SmallCounty
    private let kiosk: KioskID
    private let key: DeviceKey
    private let secret = [UInt8](repeating: 7, count: 32)

    init() throws {
        county = try SmallCounty(people: 1)
        kiosk = try #require(KioskID(rawValue: "K0001"))
        key = try DeviceKey(raw: county.randomness.bytes(32))
    }

    private func registration(at seconds: Int = 0) throws -> Registration {
        try Registration(
            kiosk: kiosk, key: key, at: county.clock.clock.now().adding(seconds: seconds),
            secret: secret)
    }

    @Test func `a registration is signed and proven whole`() throws {
        let genuine = try registration()
        let other = try DeviceKey(raw: county.randomness.bytes(32))
        #expect(genuine.isSigned && genuine.isProven(by: secret))
        #expect(!genuine.isProven(by: [UInt8](repeating: 8, count: 32)))
        let changes: [(inout Registration) -> Void] = [
            { $0.kiosk = .nobody }, { $0.publicKey = hex(other.publicKey) },
            { $0.stickKey = other.stickPublicKey }, { $0.at = $0.at.adding(seconds: 1) },
        ]
        for (place, change) in changes.enumerated() {
            var changed = genuine
            change(&changed)
            #expect(!changed.isSigned && !changed.isProven(by: secret), "\(place)")
        }
        // Whoever has the key alone, or the code alone, has not both.
        var keyless = genuine
        keyless.publicKey = hex(other.publicKey)
        keyless.signature = try Registration(
            kiosk: kiosk, key: other, at: genuine.at, secret: []
        ).signature
        #expect(!keyless.isSigned)
        var proofless = genuine
        proofless.proof = String(repeating: "0", count: 64)
        #expect(!proofless.isSigned)
    }

    @Test func `a welcome is from who knows the code, and to this registration`() throws {
        let asked = try registration()
        let desk = DeskAssignment(
            kiosk: kiosk, institution: "H41992500001", name: "", level: .village,
            township: SmallCounty.township, townshipName: "", phone: "", blocks: [])
        let welcome = Welcome(
            provision: Provision(
                trust: county.trust, desk: desk, server: "", oneTimeCode: ""),
            certificate: DeviceCertificate(pem: "", serial: "1", expires: asked.at))
        let answer = try JoinAnswer(welcome, to: asked, secret: secret)
        #expect(answer.opened(by: secret, asked: asked) == welcome)
        #expect(answer.opened(by: [1], asked: asked) == nil)
        #expect(answer.opened(by: secret, asked: try registration(at: 1)) == nil)
        var altered = answer
        altered.welcome = answer.welcome.replacing("\"serial\":\"1\"", with: "\"serial\":\"2\"")
        #expect(altered != answer && altered.opened(by: secret, asked: asked) == nil)
    }

    @Test(arguments: [(nil, nil), (4, nil), (5, nil), (6, 6...6), (8, 6...8)])
    func `lost is what was seen and nobody has`(lastSeen: Int?, lost: ClosedRange<Int>?) {
        #expect(Predecessor(kiosk: kiosk, through: 5, lastSeen: lastSeen).lost == lost)
    }

    @Test func `a certificate is renewed in its last third`() {
        let now = county.clock.clock.now()
        let third = DeviceCertificate.daysValid * 86_400 / 3
        for (left, isDue) in [(third, false), (third - 1, true), (0, true)] {
            let certificate = DeviceCertificate(
                pem: "", serial: "", expires: now.adding(seconds: left))
            #expect(certificate.isDue(at: now) == isDue)
        }
    }
}
