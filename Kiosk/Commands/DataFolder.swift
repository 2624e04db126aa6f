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

    func openDesk() throws -> Desk {
        guard let bytes = try? readFile(provisionPath, limit: 1 << 20) else {
            throw Refusal.notProvisioned(path)
        }
        let provision = try CompactJSON.decode(Provision.self, from: bytes)
        return try Desk(
            provision: provision, folder: path, clock: .system, randomness: .system,
            uptime: Uptime.system)
    }

    /// Does an errand here, or hands it to the process that serves this folder.
    func errand(_ name: String, _ input: [UInt8] = []) async throws -> [UInt8] {
        try await ErrandPost.run(name, input, in: path) { DeskErrands(desk: try openDesk()).table }
    }

    func errand(_ name: String, with input: some Encodable) async throws -> [UInt8] {
        try await errand(name, try CompactJSON.encode(input))
    }
}

/// Runs a command's work; a fault becomes one sentence and exit status 1.
func orSay(_ work: () async throws -> Void) async throws {
    try await Hosting.run(saying: { Texts.sentence(for: $0, phone: "") }, work)
}
