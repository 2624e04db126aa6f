import ArgumentParser
import Foundation
import Hosting
import Syncing
import Vocabulary

struct Enroll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prepare a device for an institution, replace a broken one, or revoke one.",
        discussion: """
            Prints the one-time code. Hand it over apart from the stick: by telephone, or printed. \
            A stick is sealed under the code, so whoever finds one finds nothing; a file (--out) \
            holds the code in clear and must not leave the office.
            """)

    @OptionGroup var data: OfficeFolder
    @Option(help: "Institution code.") var institution: String?
    @Option(help: "Prepare a spare for this broken device, which is revoked.")
    var replace: String?
    @Option(help: "With --replace: the highest entry number seen on a slip of the broken device.")
    var lastSeen: Int?
    @Option(help: "Give this device, which has not registered yet, a new one-time code.")
    var again: String?
    @Option(help: "Address the device will sync with.") var server = "https://127.0.0.1:8810"
    @Option(help: "Folder of a stick for the device, sealed under its code.") var stick: String?
    @Option(help: "Where to write the provisioning file, with its code in clear.")
    var out: String?
    @Option(help: "Revoke this device instead.") var revoke: String?
    @Flag(help: "Print number and code as JSON.") var json = false

    func run() async throws {
        try await orSay {
            if let revoke {
                let input = RevokeInput(kiosk: try kiosk(revoke))
                return put(try await data.errand("revoke", with: input) + [0x0A])
            }
            let input = EnrollInput(
                institution: institution, replace: try replace.map(kiosk), lastSeen: lastSeen,
                again: try again.map(kiosk), stick: stick.map(absolute), server: server)
            guard [institution, replace, again].compactMap({ $0 }).count == 1 else {
                throw ValidationError("give one of --institution, --replace, --again, --revoke")
            }
            let answer = try await data.errand("enroll", with: input)
            let provision = try CompactJSON.decode(Provision.self, from: answer)
            if let out { try writeFile(out, answer, secret: true) }
            let code = EnrolledAnswer(
                kiosk: provision.desk.kiosk, code: provision.oneTimeCode,
                replaces: provision.replaces)
            put(json ? try CompactJSON.encode(code) : Array(Texts.enrolled(provision).utf8))
            put([0x0A])
        }
    }

    private func kiosk(_ text: String) throws -> KioskID {
        guard let kiosk = KioskID(rawValue: text) else {
            throw ValidationError("\(text) is no device number")
        }
        return kiosk
    }
}

/// What `enroll --json` prints.
private struct EnrolledAnswer: Encodable {
    var kiosk: KioskID
    var code: String
    var replaces: Predecessor?
}
