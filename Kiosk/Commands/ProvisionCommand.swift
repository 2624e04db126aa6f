import ArgumentParser
import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

struct ProvisionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provision",
        abstract: "Set up this device; its key is made here and stays here.",
        discussion: """
            From the county's stick, which the one-time code opens; from a file; or, with --server \
            and --kiosk, from the code alone. The code is read from standard input.
            """)

    @OptionGroup var data: DataFolder
    @Option(help: "Address of the county's server, to join by code.") var server: String?
    @Option(help: "Number the county gave this device, to join by code.") var kiosk: String?
    @Argument(help: "Folder of the county's stick, or the file the county gave.")
    var file: String?

    func run() async throws {
        try await orSay {
            if let server, let text = kiosk, let kiosk = KioskID(rawValue: text) {
                return try await join(server, kiosk)
            }
            guard let file else {
                throw ValidationError("give a stick, a file, or --server and --kiosk")
            }
            if let stick = try findStick(in: file) { return try await takeStick(stick) }
            let bytes = try readFile(file, limit: Provision.mostBytes)
            try setUp(try CompactJSON.decode(Provision.self, from: bytes))
        }
    }

    /// The one provisioning file of a stick; `nil` where a plain file was given.
    private func findStick(in path: String) throws -> String? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw StickFault.missing(path)
        }
        guard isFolder.boolValue else {
            return path.hasSuffix("." + Envelope.Direction.provision.rawValue) ? path : nil
        }
        var found = stickFiles(in: path, .provision)
        if let kiosk { found = found.filter { $0.key.rawValue == kiosk } }
        guard let only = found.values.first else { throw StickFault.missing(path) }
        guard found.count == 1 else {
            throw ValidationError("several devices are on this stick; say which with --kiosk")
        }
        return only
    }

    private func takeStick(_ path: String) async throws {
        let envelope = try Envelope(bytes: try readStickFile(path))
        try data.check(envelope.label.kiosk)
        let (provision, contents) = try openProvision(envelope, code: try readCode())
        let desk = try setUp(provision)
        try await desk.keepPredecessor(contents)
        _ = try await desk.take(contents)
    }

    private func join(_ server: String, _ kiosk: KioskID) async throws {
        let code = try readCode()
        try data.check(kiosk)
        try makeFolder(data.path)
        let key = try DeviceKey.kept(at: data.keyPath, randomness: .system)
        let welcome = try await joinCounty(server, kiosk, code: code, key: key, clock: .system)
        try setUp(welcome.provision).keep(welcome.certificate)
    }

    @discardableResult
    private func setUp(_ provision: Provision) throws -> Desk {
        try data.check(provision.desk.kiosk)
        try makeFolder(data.path)
        try writeFile(data.provisionPath, try CompactJSON.encode(provision), secret: true)
        let desk = try data.openDesk()
        say(Texts.provisioned(provision, hex(desk.key.publicKey)))
        return desk
    }

    /// Never on the command line, where other programs see it.
    private func readCode() throws -> JoinCode {
        if isatty(0) == 1 { say("登记码:") }
        guard let code = JoinCode(readLine(strippingNewline: true) ?? "") else {
            throw Refusal.codeNeeded
        }
        return code
    }
}

/// Opens a provisioning stick with the code, and sees that inside and outside agree.
func openProvision(
    _ envelope: Envelope, code: JoinCode
) throws -> (Provision, StickContents) {
    let label = envelope.label
    guard label.direction == .provision else { throw StickFault.wrongDirection(label.direction) }
    let contents = try envelope.open(under: try code.secret(for: label.kiosk))
    guard let bytes = contents.piece(StickContents.Name.provision),
        let provision = try? CompactJSON.decode(Provision.self, from: bytes)
    else { throw StickFault.cutOrDamaged }
    guard provision.desk.kiosk == label.kiosk else {
        throw StickFault.otherKiosk(provision.desk.kiosk)
    }
    guard provision.trust.county == label.county else {
        throw StickFault.otherCounty(provision.trust.county)
    }
    guard provision.stickSigner == label.signer else { throw StickFault.wrongSigner }
    return (provision, contents)
}

/// Registers by code alone over a line nobody vouches for, and believes only who knows the code.
func joinCounty(
    _ server: String, _ kiosk: KioskID, code: JoinCode, key: DeviceKey, clock: Clock
) async throws -> Welcome {
    let secret = try code.secret(for: kiosk)
    let registration = try Registration(kiosk: kiosk, key: key, at: clock.now(), secret: secret)
    let answer = try await HTTPConnection.unverified().perform(
        HTTPRequest(url: server + "/sync/join", body: try CompactJSON.encode(registration)))
    let joined = try CompactJSON.decode(JoinAnswer.self, from: answer.body)
    guard var welcome = joined.opened(by: secret, asked: registration) else {
        throw SyncFault.notTheCounty
    }
    welcome.provision.server = server
    return welcome
}
