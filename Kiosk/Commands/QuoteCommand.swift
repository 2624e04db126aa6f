import ArgumentParser
import Cataloguing
import Foundation
import Hosting
import Pricing
import Rules
import Vocabulary

struct QuoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quote",
        abstract: "Price bills: one JSON object a line on standard input, one a line out.",
        discussion: """
            Amounts in yuan as decimal text ("18.40"). A bad line is answered by a line \
            {"error": …}, the rest go on, and the exit status is 1 at the end.
            """)

    @Option(help: "Folder of the region's rules.") var rules: String
    @Option(help: "Catalogue table (CSV).") var catalogue: String?

    func run() async throws {
        try await orSay {
            let stream = QuoteStream(rules: try loadRules(), catalogue: try loadCatalogue())
            var allGood = true
            while let line = readLine(strippingNewline: true) {
                let (bytes, good) = stream.answer(Array(line.utf8))
                put(bytes + [0x0A])
                allGood = allGood && good
            }
            if !allGood { throw ExitCode.failure }
        }
    }

    /// Whoever wrote the rules is told every fault, with its file, line and remedy.
    private func loadRules() throws -> Rulebook {
        let files = try readRuleFolder(rules)
        do { return try Rulebook.parse(region: rules, files: files) } catch {
            say(error.description)
            throw ExitCode.failure
        }
    }

    private func loadCatalogue() throws -> Catalogue {
        guard let catalogue else { return .empty }
        let text = String(decoding: try readFile(catalogue), as: UTF8.self)
        return Catalogue(try CatalogueItem.table(csv: text))
    }
}
