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
            From the county's file, or with --server and --kiosk from the one-time code alone, \
            which is read from standard input.
            """)

    @OptionGroup var data: DataFolder
    @Option(help: "Address of the county's server, to join by code.") var server: String?
    @Option(help: "Number the county gave this device, to join by code.") var kiosk: String?
    @Argument(help: "The file the county gave for this device.") var file: String?

    func run() async throws {
        try await orSay {
            if let server, let text = kiosk, let kiosk = KioskID(rawValue: text) {
                return try await join(server, kiosk)
            }
            guard let file else { throw ValidationError("give a file, or --server and --kiosk") }
            let bytes = try readFile(file, limit: Provision.mostBytes)
            try setUp(try CompactJSON.decode(Provision.self, from: bytes))
        }
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
