import Foundation
import Hosting
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// What somebody may hand over on a stick, and the reason it is refused with.
@Suite struct HostileStickTests {
    /// A good stick from the county, a device it is for, and ways to spoil it.
    struct Scene {
        let here: StickCounty
        let desk: Desk
        let good: [UInt8]
        var path: String { here.path(.fromCounty, desk.device) }

        init() async throws {
            here = try await StickCounty()
            desk = try await here.device().desk
            _ = try await desk.export(to: here.stick)
            _ = try await here.county.office.importFile(
                here.path(.toCounty, desk.device), answers: here.stick)
            good = try readStickFile(here.path(.fromCounty, desk.device))
        }

        func refusal() async -> StickFault? {
            do {
                _ = try await desk.importStick(here.stick)
                return nil
            } catch { return error as? StickFault }
        }

        func refusal(of bytes: [UInt8]) async throws -> StickFault? {
            unlink(path)
            try writeStickFile(path, bytes)
            return await refusal()
        }

        /// A stick with another label, properly sealed and signed.
        func sealed(
            _ change: (inout Envelope.Label) -> Void, by signer: DeviceKey? = nil,
            to key: String? = nil
        ) throws -> [UInt8] {
            let signer = signer ?? here.county.office.stickKey
            var label = Envelope.Label(
                direction: .fromCounty, county: SmallCounty.code, kiosk: desk.device,
                at: here.county.small.clock.clock.now(), signer: hex(signer.publicKey))
            change(&label)
            return try Envelope.seal(
                StickContents(), label, to: key ?? desk.key.stickPublicKey, by: signer)
        }
    }

    @Test func `the wrong stick is refused by its label`() async throws {
        let scene = try await Scene()
        let other = try #require(KioskID(rawValue: "K0999"))
        let stranger = try DeviceKey(raw: [UInt8](repeating: 7, count: 32))
        let cases: [(String, [UInt8], StickFault)] = [
            ("wrong county", try scene.sealed({ $0.county = "110101" }), .otherCounty("110101")),
            ("swapped between kiosks", try scene.sealed({ $0.kiosk = other }), .otherKiosk(other)),
            (
                "written for the county", try scene.sealed({ $0.direction = .toCounty }),
                .wrongDirection(.toCounty)
            ),
            ("signed by a stranger", try scene.sealed({ _ in }, by: stranger), .wrongSigner),
            (
                "signed by the device itself", try scene.sealed({ _ in }, by: scene.desk.key),
                .wrongSigner
            ),
            (
                "sealed to another", try scene.sealed({ _ in }, to: stranger.stickPublicKey),
                .sealedToAnother
            ),
        ]
        for (name, bytes, fault) in cases {
            #expect(try await scene.refusal(of: bytes) == fault, "\(name)")
        }
        #expect(try await scene.refusal(of: scene.good) == nil)
    }

    @Test func `an old stick is refused after a newer one`() async throws {
        let scene = try await Scene()
        let clock = scene.here.county.small.clock
        clock.advance(seconds: 60)
        _ = try await scene.here.county.office.writeStick(
            for: scene.desk.device, to: scene.here.stick)
        let newer = try readStickFile(scene.path)
        #expect(try await scene.refusal(of: newer) == nil)
        #expect(try await scene.refusal(of: scene.good) == .older(than: clock.clock.now()))
        // Reading the newest twice is harmless.
        #expect(try await scene.refusal(of: newer) == nil)
    }

    @Test func `cut, lengthened, altered and malformed files are refused`() async throws {
        let scene = try await Scene()
        let good = scene.good
        let end = try #require(good.firstIndex(of: 0x0A))
        for count in Array(0...end) + [end + 1, end + 40, good.count / 2, good.count - 1] {
            let fault = try await scene.refusal(of: Array(good.prefix(count)))
            #expect(fault == .notAStick || fault == .cutOrDamaged, "\(count) bytes")
        }
        #expect(try await scene.refusal(of: good + [0]) == .cutOrDamaged)
        let places = Array(0...end) + stride(from: end + 1, to: good.count, by: good.count / 40)
        for place in places + [good.count - 1] {
            var altered = good
            altered[place] ^= 1
            #expect(throws: StickFault.self, "byte \(place)") { try Envelope(bytes: altered) }
        }
        let format = Envelope.format
        for text in [
            "", "\n", format, format + "\n", format + " from-county\n",
            format + " from-county 419925 K0001 x 1 ab\n",
            format + " from-county 419925 K0001 1 -1 " + String(repeating: "a", count: 64) + "\n",
            format + " from-county 419925 ../../x 1 1 " + String(repeating: "a", count: 64) + "\n",
            format + " from-county 419925 K0001 1 99999999999999999999 a\n",
            String(repeating: "A", count: 5_000),
        ] {
            #expect(throws: StickFault.notAStick, "\(text.prefix(60))") {
                try Envelope(bytes: Array(text.utf8))
            }
        }
    }

    @Test func `what is no plain file of bounded size is not even opened for reading`()
        async throws
    {
        let scene = try await Scene()
        let secret = scene.here.county.folder.path + "/secret"
        try writeFile(secret, scene.good)
        let spoil: [(String, (String) -> Bool)] = [
            ("a symbolic link", { symlink(secret, $0) == 0 }),
            ("a link to nowhere", { symlink("/nowhere", $0) == 0 }),
            ("a link to a device", { symlink("/dev/zero", $0) == 0 }),
            ("a pipe nobody writes to", { mkfifo($0, 0o600) == 0 }),
            ("a folder", { mkdir($0, 0o700) == 0 }),
        ]
        for (name, make) in spoil {
            unlink(scene.path)
            rmdir(scene.path)
            #expect(make(scene.path), "\(name)")
            let fault = await scene.refusal()
            #expect(fault == .notAFile(scene.path), "\(name)")
            #expect(throws: StickFault.notAFile(scene.path), "\(name)") {
                try readStickFile(scene.path)
            }
        }
        rmdir(scene.path)
        let large = Envelope.mostBytes + 1
        #expect(FileManager.default.createFile(atPath: scene.path, contents: nil))
        #expect(truncate(scene.path, large) == 0)
        #expect(await scene.refusal() == .tooLarge(large))
    }

    @Test func `writing onto a stick never goes through a link that lies in wait`() async throws {
        let scene = try await Scene()
        let victim = scene.here.county.folder.path + "/victim"
        try writeFile(victim, Array("untouched".utf8))
        let path = scene.here.path(.toCounty, scene.desk.device)
        unlink(path)
        #expect(symlink(victim, path + ".new") == 0 && symlink(victim, path) == 0)
        _ = try await scene.desk.export(to: scene.here.stick)
        #expect(try readFile(victim) == Array("untouched".utf8))
        _ = try Envelope(bytes: try readStickFile(path))
    }

    @Test func `the county refuses a hostile stick by the same table`() async throws {
        let scene = try await Scene()
        let office = scene.here.county.office
        let path = scene.here.path(.toCounty, scene.desk.device)
        let good = try readStickFile(path)
        let stranger = try DeviceKey(raw: [UInt8](repeating: 7, count: 32))
        func sealed(_ county: String, _ kiosk: String, by key: DeviceKey) throws -> [UInt8] {
            let label = Envelope.Label(
                direction: .toCounty, county: county,
                kiosk: try #require(KioskID(rawValue: kiosk)),
                at: scene.here.county.small.clock.clock.now(), signer: hex(key.publicKey))
            return try Envelope.seal(
                StickContents(), label, to: office.stickKey.stickPublicKey, by: key)
        }
        let mine = scene.desk.device.rawValue
        let unknown = try #require(KioskID(rawValue: "K0999"))
        let cases: [(String, [UInt8], any Error)] = [
            ("cut", Array(good.dropLast()), StickFault.cutOrDamaged),
            ("wrong way", scene.good, StickFault.wrongDirection(.fromCounty)),
            (
                "wrong county", try sealed("110101", mine, by: scene.desk.key),
                StickFault.otherCounty("110101")
            ),
            ("another's key", try sealed("419925", mine, by: stranger), StickFault.wrongSigner),
            (
                "unknown device", try sealed("419925", "K0999", by: stranger),
                ParcelFault.unknownDevice(unknown)
            ),
        ]
        for (name, bytes, expected) in cases {
            try writeStickFile(path, bytes)
            do {
                _ = try await office.importFile(path, answers: nil)
                Issue.record("\(name) was taken")
            } catch { #expect("\(error)" == "\(expected)", "\(name)") }
        }
    }

    @Test func `a stolen box's own stick, sound in every byte, is refused once it was revoked`()
        async throws
    {
        let scene = try await Scene()
        let office = scene.here.county.office
        try await office.revoke(scene.desk.device)
        await #expect(throws: ParcelFault.revokedDevice(scene.desk.device)) {
            try await office.importFile(
                scene.here.path(.toCounty, scene.desk.device), answers: nil)
        }
    }

    @Test func `the county opens no link and waits for no pipe`() async throws {
        let scene = try await Scene()
        let office = scene.here.county.office
        let path = scene.here.path(.toCounty, scene.desk.device)
        unlink(path)
        #expect(symlink(scene.path, path) == 0)
        await #expect(throws: StickFault.notAFile(path)) {
            try await office.importFile(path, answers: nil)
        }
        unlink(path)
        #expect(mkfifo(path, 0o600) == 0)
        await #expect(throws: StickFault.notAFile(path)) {
            try await office.importFile(path, answers: nil)
        }
    }
}
