import ArgumentParser
import Foundation
import Hosting
import Publishing
import Rules
import Vocabulary

struct RulebookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rulebook",
        abstract: "Write a region's handbook (政策手册) from its rules, as Markdown.",
        discussion: """
            Speaks for one day: the day after the newest value starts, unless --on names another. \
            Needs no data folder.
            """)

    @Option(help: "Folder of the region's rules.") var rules: String
    @Option(help: "The day it speaks for, such as 2026-11-22.") var on: String?
    @Option(help: "File to write; standard output where it is left out.") var out: String?
    @Flag(help: "Write nothing; exit 1 where the file --out differs from what would be written.")
    var check = false

    func run() async throws {
        try await orSay {
            let region = (absolute(rules) as NSString).lastPathComponent
            let book = try Rulebook.parse(region: region, files: try readRuleFolder(rules))
            let day = try on.map { text in
                guard let day = Day(text) else {
                    throw ValidationError("--on takes a day such as 2026-11-22")
                }
                return day
            }
            let text = Array(handbook(of: book, on: day ?? book.handbookDay).utf8)
            guard let out else {
                if check { throw ValidationError("--check compares with the file of --out") }
                return put(text)
            }
            if !check { return try writeFile(out, text) }
            guard try readFile(out) == text else { throw HandbookFault.stale(file: out) }
        }
    }
}

/// Why a written handbook is not good.
enum HandbookFault: Error, Equatable {
    /// The parameters have changed since it was written.
    case stale(file: String)
}
