import ArgumentParser
import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every hash, signature and sum of a journal; exit 1 on any fault.")

    @OptionGroup var data: DataFolder
    @Argument(help: "A journal file by itself; the public key is taken from its first entry.")
    var journal: String?
    @Option(help: "File of the key the journal is sealed with; looked for beside it otherwise.")
    var key: String?

    func run() async throws {
        try await orSay {
            let report = try await report()
            put(try CompactJSON.encode(report) + [0x0A])
            guard report.faults.isEmpty else {
                for fault in report.faults { say(fault) }
                throw ExitCode.failure
            }
        }
    }

    private func report() async throws -> VerificationReport {
        guard let path = journal else {
            return try CompactJSON.decode(
                VerificationReport.self, from: try await data.errand("verify", mayChange: false))
        }
        guard exists(path) else { throw FileFault(path: path, message: "no such file") }
        return try onCopy(of: path) { copy in
            let file = try Journal(
                path: copy, kiosk: try Journal.owner(path: copy), keys: try keys(beside: path),
                mayCreate: false)
            let first = try file.read { try $0.entry(1) }
            guard case .opened(let opening)? = first?.fact, let key = unhex(opening.publicKey)
            else { throw FileFault(path: path, message: "has no first entry that names its key") }
            let found = try file.verify(publicKey: key)
            return VerificationReport(
                kiosk: file.kiosk, entries: found.head.sequence, head: found.head.hash,
                checkpoints: found.checkpoints, acknowledgedThrough: found.acknowledgedThrough,
                faults: found.faults)
        }
    }

    /// The key's own file, else the one of the data folder the journal lies in.
    private func keys(beside path: String) throws -> [DataKey] {
        if let key { return try DataKeys.read(key) }
        let folder = (absolute(path) as NSString).deletingLastPathComponent
        let above = (folder as NSString).deletingLastPathComponent
        let credentials = DataFolder.credentials
        return try
            (DataKeys.find(in: folder, credentials: credentials)
            ?? DataKeys.find(in: above, credentials: credentials))?.keys ?? []
    }
}
