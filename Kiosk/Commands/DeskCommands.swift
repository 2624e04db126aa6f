import ArgumentParser
import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Send the journal to the county and fetch tonight's bulletins.")

    @OptionGroup var data: DataFolder
    @Flag(help: "Print the report as JSON.") var json = false
    @Option(help: "Minutes to keep trying while the county cannot be reached.")
    var keepTrying = 0

    func run() async throws {
        try await orSay {
            let answer = try await persist()
            if json { return put(answer + [0x0A]) }
            let report = try CompactJSON.decode(NightReport.self, from: answer)
            say(Texts.night(report))
        }
    }
}

extension SyncCommand {
    /// What arrived in one attempt stays for the next.
    private func persist() async throws -> [UInt8] {
        let clock = Clock.system
        let end = clock.now().adding(seconds: keepTrying * 60)
        var failures = 0
        while true {
            do { return try await data.errand("sync") } catch let fault as HTTPRequest.Fault {
                guard clock.now() < end, fault.isOfTheLine else { throw fault }
                failures += 1
                let pause = CourierPlan.pause(failures, .system)
                try await Task.sleep(for: .seconds(min(pause, 60)))
            }
        }
    }
}

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write what the county has not signed for as parcels onto a stick.")

    @OptionGroup var data: DataFolder
    @Argument(help: "Folder on the stick.") var folder: String

    func run() async throws {
        try await orSay {
            put(
                try await data.errand("export", with: FolderInput(folder: absolute(folder))) + [
                    0x0A
                ])
        }
    }
}

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read acknowledgements and bulletins from a stick.")

    @OptionGroup var data: DataFolder
    @Argument(help: "Folder on the stick.") var folder: String

    func run() async throws {
        try await orSay {
            put(
                try await data.errand("import", with: FolderInput(folder: absolute(folder))) + [
                    0x0A
                ])
        }
    }
}

struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Drop every cache of the journal and replay it; must change nothing.")

    @OptionGroup var data: DataFolder

    func run() async throws {
        try await orSay {
            let answer = try await data.errand("rebuild")
            put(answer + [0x0A])
            let unchanged = try CompactJSON.decode([String: Bool].self, from: answer)["unchanged"]
            if unchanged != true { throw ExitCode.failure }
        }
    }
}

struct Do: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "do",
        abstract: "Do what the screens do, scripted: JSON on standard input, JSON out.",
        discussion: """
            Errands: identify, visit, void, household, collect, close, status. The PIN goes in the \
            JSON, never on the command line.
            """)

    @OptionGroup var data: DataFolder
    @Argument(help: "Name of the errand.") var errand: String

    func run() async throws {
        try await orSay {
            let wordless = errand == "status"
            let input = wordless ? Data() : FileHandle.standardInput.readDataToEndOfFile()
            put(try await data.errand(errand, Array(input)) + [0x0A])
        }
    }
}
