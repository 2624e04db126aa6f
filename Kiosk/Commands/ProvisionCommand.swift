import ArgumentParser
import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

struct ProvisionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provision",
        abstract: "Set up this device from the county's file; the key is made here and stays here.")

    @OptionGroup var data: DataFolder
    @Argument(help: "The file the county gave for this device.") var file: String

    func run() async throws {
        try await orSay {
            let bytes = try readFile(file, limit: 1 << 20)
            let provision = try CompactJSON.decode(Provision.self, from: bytes)
            if let held = try? readFile(data.provisionPath, limit: 1 << 20) {
                let old = try CompactJSON.decode(Provision.self, from: held)
                guard old.desk.kiosk == provision.desk.kiosk else {
                    throw Journal.Fault.otherKiosk(
                        expected: provision.desk.kiosk, found: old.desk.kiosk.rawValue)
                }
            }
            try makeFolder(data.path)
            try writeFile(data.provisionPath, bytes, secret: true)
            let desk = try data.openDesk()
            say(Texts.provisioned(provision.desk, hex(desk.key.publicKey)))
        }
    }
}
