import ArgumentParser
import Foundation
import Hosting
import Syncing
import Vocabulary

/// The folder the county office keeps everything in.
struct OfficeFolder: ParsableArguments {
    @Option(name: .customLong("data"), help: "Folder of the county's database and keys.")
    var path = "county-data"
    @Option(help: "Six-digit division code of the county; needed once, at the first import.")
    var county: String?

    @Option(
        help: """
            Name of the journal this office writes its decisions into; each process that shares a \
            PostgreSQL server with others has its own.
            """)
    var journal = Office.ownJournal

    func openOffice() throws -> Office {
        try Office(
            folder: path, county: county, clock: .system, randomness: .system,
            database: try database(), ownJournal: journal)
    }

    /// Where the county's database is: a connection string in the environment or in a file of the
    /// data folder, never on the command line; without either a file of SQLite in the folder.
    private func database() throws -> String? {
        if let address = ProcessInfo.processInfo.environment["SYNCSERVER_DATABASE"] {
            return address
        }
        let file = path + "/database.conf"
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let text = String(decoding: try readFile(file), as: UTF8.self)
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Does an errand here, or hands it to the process that serves this folder.
    func errand(_ name: String, _ input: [UInt8] = []) async throws -> [UInt8] {
        try await ErrandPost.run(name, input, in: path) {
            OfficeErrands(office: try openOffice()).table
        }
    }

    func errand(_ name: String, with input: some Encodable) async throws -> [UInt8] {
        try await errand(name, try CompactJSON.encode(input))
    }
}

/// Runs a command's work; a fault becomes one sentence and exit status 1.
func orSay(_ work: () async throws -> Void) async throws {
    try await Hosting.run(saying: Texts.sentence, work)
}

/// A PIN typed or piped on standard input; never on the command line.
func readPIN() throws -> String {
    if isatty(0) == 1 { say("PIN:") }
    guard let pin = readLine(strippingNewline: true), !pin.isEmpty else {
        throw OfficeFault.wrongPIN
    }
    return pin
}
