import Crypto
import DemoCounty
import Foundation
import Hosting
import Identifying
import Journaling
import Merging
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A county and a device that never had a network, with a folder for a stick between them.
struct StickCounty {
    let county: TestCounty
    let stick: String

    init() async throws {
        county = try await TestCounty()
        stick = county.folder.path + "/stick"
        try makeFolder(stick)
    }

    /// Prepares a device and sets it up from the stick alone.
    func device(
        replacing: KioskID? = nil, at institution: String = "H41992500001",
        operator login: (String, String) = ("D0001", "246810")
    ) async throws -> TestDevice {
        let provision = try await county.office.enroll(
            EnrollInput(
                institution: replacing == nil ? institution : nil, replace: replacing,
                stick: stick, server: ""))
        let path = stick + "/" + Envelope.fileName(.provision, provision.desk.kiosk)
        let (read, contents) = try openProvision(
            try Envelope(bytes: try readStickFile(path)),
            code: try #require(JoinCode(provision.oneTimeCode)))
        #expect(read == provision)
        let home = county.folder.path + "/" + provision.desk.kiosk.rawValue
        try makeFolder(home)
        let desk = try Desk(
            provision: read, folder: home, clock: county.small.clock.clock,
            randomness: county.small.randomness)
        try await desk.keepPredecessor(contents)
        _ = try await desk.take(contents)
        return TestDevice(
            desk: desk, session: try await desk.signIn(login.0, pin: login.1), county: county)
    }

    func path(_ direction: Envelope.Direction, _ kiosk: KioskID) -> String {
        stick + "/" + Envelope.fileName(direction, kiosk)
    }

    /// The stick goes to the county and back.
    func journey(_ device: TestDevice) async throws -> StickReport {
        _ = try await device.desk.export(to: stick)
        _ = try await county.office.importFile(
            path(.toCounty, device.desk.device), answers: stick)
        return try await device.desk.importStick(stick)
    }
}

@Suite struct StickTests {
    @Test func `a device that never had a network works and gets its acknowledgement`()
        async throws
    {
        let here = try await StickCounty()
        let device = try await here.device()
        let li = try here.county.small.member(.liGuihua)
        let visit = try await device.visit(li, fen: 1_200)
        #expect(device.desk.certificate == nil)
        // Reading the bulletins was an entry as well; one journey brings the acknowledgement home.
        let report = try await here.journey(device)
        #expect(report.acknowledgedThrough >= visit.header.sequence)
        #expect(device.desk.certificate != nil)
        let year = try here.county.office.store.read { try $0.personYear(li.number, 2026) }
        #expect(year?.claimed.total.fen == 1_200)
        // The second journey registers nothing any more, and acknowledges the rest.
        here.county.small.clock.advance(seconds: 60)
        _ = try await here.journey(device)
        here.county.small.clock.advance(seconds: 60)
        _ = try await here.journey(device)
        #expect(try await device.desk.status().allSigned)
    }

    @Test func `a spare knows what the broken box had dispensed`() async throws {
        let here = try await StickCounty()
        let broken = try await here.device()
        let li = try here.county.small.member(.liGuihua)
        try await broken.visit(li, fen: 1_200)
        _ = try await here.journey(broken)
        let held = try #require(
            try here.county.office.store.read { try $0.journal(broken.desk.device)?.through })
        let spare = try await here.device(replacing: broken.desk.device)
        #expect(spare.desk.provision.replaces?.through == held)
        #expect(try await spare.desk.readPredecessor().count == held)
        let before = try await broken.desk.identify(li.identity.description)
        let after = try await spare.desk.identify(li.identity.description)
        #expect(after.history == before.history && !after.history.isEmpty)
        #expect(after.standing == before.standing)
        try await stillThere(spare, held)
        // It works on, in a journal of its own.
        try await spare.visit(try here.county.small.member(.wangDashan), fen: 800)
        here.county.small.clock.advance(seconds: 60)
        _ = try await here.journey(spare)
        #expect(
            try here.county.office.store.read { try $0.journal(spare.desk.device) }?.through ?? 0
                > 0)
    }

    /// The file that holds the broken box's work opens with the data key in use and with none else,
    /// whatever became of the keys.
    private func stillThere(_ spare: TestDevice, _ held: Int) async throws {
        let folder = spare.desk.folder
        let old = try DataKeys.read(folder + "/data.key")
        #expect(try await spare.desk.rekey(to: nil).sealed)
        let new = try DataKeys.read(folder + "/data.key")
        #expect(throws: Journal.Fault.self) {
            try InheritedJournal(folder: folder, keys: old).lines()
        }
        let lines = try InheritedJournal(folder: folder, keys: new).lines()
        #expect(lines?.split(separator: 0x0A).count == held)
        // The power went after the new key was written and before this file was sealed with it.
        try InheritedJournal(folder: folder, keys: old).keep(try #require(lines))
        try InheritedJournal(folder: folder, keys: new + old).reseal()
        #expect(try InheritedJournal(folder: folder, keys: new).lines() == lines)
        // As boxes of the version before had it: under the device's own key.
        let device = spare.desk.key
        let before = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: device.raw),
            info: Data("village-kiosk before 1".utf8), outputByteCount: 32)
        let sealed = try AES.GCM.seal(compress(try #require(lines)), using: before)
        try writeFile(folder + "/before.sealed", Array(try #require(sealed.combined)))
        try InheritedJournal(folder: folder, keys: new).reseal(device: device)
        #expect(try InheritedJournal(folder: folder, keys: new).lines() == lines)
        // Its key was given up: nobody is kept from being served.
        try InheritedJournal(folder: folder, keys: old).keep(try #require(lines))
        try InheritedJournal(folder: folder, keys: new).reseal()
        #expect(try InheritedJournal(folder: folder, keys: new).lines() == nil)
        #expect(try readFile(Box.asideFolder(in: folder) + "/before.sealed").count > 0)
    }

    @Test func `a found stick reveals nothing`() async throws {
        let here = try await StickCounty()
        let device = try await here.device()
        let code = device.desk.provision.oneTimeCode
        for member in here.county.small.members.prefix(3) {
            _ = try? await device.visit(member, fen: 1_200)
        }
        _ = try await here.journey(device)
        var words = here.county.small.members.flatMap {
            [$0.name, $0.identity.description, $0.number.rawValue, $0.home.household]
        }
        words += [code, code.replacing("-", with: ""), "XC08CAQ866A001010199001", "王医生"]
        words += ["黄坳村卫生室", "H41992500001", "\"psn_no\"", hex(device.desk.key.raw)]
        let names = try FileManager.default.contentsOfDirectory(atPath: here.stick)
        #expect(names.count == 3)
        for name in names {
            let bytes = Data(try readFile(here.stick + "/" + name))
            for word in words { #expect(bytes.range(of: Data(word.utf8)) == nil, "\(name)") }
            // What the words would look like unpacked is sealed too: nothing in it unpacks.
            #expect(bytes.range(of: Data([0x28, 0xB5, 0x2F, 0xFD])) == nil, "\(name)")
        }
    }

    @Test func `a provisioning stick opens with its code only`() async throws {
        let here = try await StickCounty()
        let device = try await here.device()
        let path = here.path(.provision, device.desk.device)
        let envelope = try Envelope(bytes: try readStickFile(path))
        #expect(throws: StickFault.wrongCode) {
            try openProvision(envelope, code: try #require(JoinCode("0000-0000-0000")))
        }
    }
}
