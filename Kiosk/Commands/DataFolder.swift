import ArgumentParser
import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

/// The folder a device keeps everything in.
struct DataFolder: ParsableArguments {
    @Option(name: .customLong("data"), help: "Folder of this device's journal and keys.")
    var path = "kiosk-data"

    var provisionPath: String { path + "/provision.json" }

    var keyPath: String { path + "/device.key" }

    /// A folder belongs to one device for good.
    func check(_ kiosk: KioskID) throws {
        guard let held = try? readFile(provisionPath, limit: Provision.mostBytes) else { return }
        let old = try CompactJSON.decode(Provision.self, from: held).desk.kiosk
        guard old == kiosk else {
            throw Journal.Fault.otherKiosk(expected: kiosk, found: old.rawValue)
        }
    }

    /// Where the operating system hands this service its secrets; systemd names the folder.
    static var credentials: String? {
        ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"]
    }

    func provision() throws -> Provision {
        guard let bytes = try? readFile(provisionPath, limit: 1 << 20) else {
            throw Refusal.notProvisioned(path)
        }
        return try CompactJSON.decode(Provision.self, from: bytes)
    }

    /// Opens the desk and says what had to be set aside for it.
    ///
    /// - Parameter mayChange: whether a damaged file is set aside; otherwise it is an error.
    func openDesk(mayChange: Bool = true) throws -> Desk {
        let desk = try Desk(
            provision: try provision(), folder: path, credentials: DataFolder.credentials,
            clock: .system, randomness: .system, uptime: Uptime.system, mayChange: mayChange)
        for aside in desk.told { say(Texts.told(aside)) }
        return desk
    }

    /// Does an errand here, or hands it to the process that serves this folder.
    func errand(
        _ name: String, _ input: [UInt8] = [], mayChange: Bool = true
    ) async throws -> [UInt8] {
        try await ErrandPost.run(name, input, in: path) {
            DeskErrands(desk: try openDesk(mayChange: mayChange)).table
        }
    }

    func errand(_ name: String, with input: some Encodable) async throws -> [UInt8] {
        try await errand(name, try CompactJSON.encode(input))
    }
}

/// Runs a command's work; a fault becomes one sentence and exit status 1.
func orSay(_ work: () async throws -> Void) async throws {
    try await Hosting.run(saying: { Texts.sentence(for: $0, phone: "") }, work)
}
