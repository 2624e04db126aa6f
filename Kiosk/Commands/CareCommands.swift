import ArgumentParser
import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look this device over and say what is wrong and what to do.",
        discussion: "Changes nothing. Exit status 1 where something must be mended.")

    @OptionGroup var data: DataFolder
    @Option(help: "Receipt printer device to look at.") var printer: String?
    @Flag(help: "Print the findings as JSON.") var json = false

    func run() async throws {
        try await orSay {
            let items = try await look()
            if json {
                put(try CompactJSON.encode(items) + [0x0A])
            } else {
                put(Array((items.map(Texts.line).joined(separator: "\n") + "\n").utf8))
            }
            if !items.isSound { throw ExitCode.failure }
        }
    }

    /// A desk that does not open is looked at from outside, and the reason is the first finding.
    private func look() async throws -> [CheckItem] {
        _ = try data.provision()
        do {
            let input = try CompactJSON.encode(DoctorInput(printer: printer))
            return try CompactJSON.decode(
                [CheckItem].self, from: try await data.errand("doctor", input, mayChange: false))
        } catch {
            let reason = CheckItem(
                name: "opening", state: .bad, says: Texts.sentence(for: error, phone: ""))
            return [reason]
                + FolderCheckup(folder: data.path, credentials: DataFolder.credentials).items
        }
    }
}

struct Rekey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rekey",
        abstract: "Seal everything this device keeps under a new key.",
        discussion: """
            The key in the data folder is replaced at once. Where the operating system keeps the \
            key, --out writes the new keys for it, and the next start seals everything anew.
            """)

    @OptionGroup var data: DataFolder
    @Option(help: "Write the keys to this file (mode 0600) for the credential store.")
    var out: String?

    func run() async throws {
        try await orSay {
            let answer = try await data.errand("rekey", with: RekeyInput(out: out.map(absolute)))
            say(Texts.rekeyed(try CompactJSON.decode(RekeyReport.self, from: answer)))
        }
    }
}

struct SetAside: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-aside",
        abstract: "Keep the journal under another name and go on in a new one.",
        discussion: """
            For a journal whose key cannot be found again, or one the county calls forked. Nothing \
            is deleted. Stop the program that serves this folder first.
            """)

    @OptionGroup var data: DataFolder

    func run() async throws {
        try await orSay {
            var box = try Box(
                provision: try data.provision(), folder: data.path,
                credentials: DataFolder.credentials, clock: .system, randomness: .system,
                mayMakeKey: true)
            try box.giveUpJournal()
            for aside in box.told { say(Texts.told(aside)) }
            _ = try data.openDesk()
        }
    }
}
