import ArgumentParser
import Foundation
import Hosting
import Publishing
import Rules
import Syncing
import Vocabulary

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Merge parcels, or take over roll, institutions, operators and revocations.",
        discussion: """
            Each file is recognised by what it holds and taken over whole or not at all. Of a \
            folder, such as a stick, all that devices wrote for the county is taken, and what the \
            county answers goes back onto it.
            """)

    @OptionGroup var data: OfficeFolder
    @Option(help: "Folder for acknowledgements, to go home on the stick.") var answers: String?
    @Flag(help: "Print the reports as JSON.") var json = false
    @Argument(help: "Files.") var files: [String]

    func run() async throws {
        var failed = false
        for (file, answers) in spreadOut() {
            do {
                let input = ImportInput(file: absolute(file), answers: answers.map(absolute))
                let answer = try await data.errand("import", with: input)
                if json {
                    put(answer + [0x0A])
                } else {
                    let report = try CompactJSON.decode(ImportReport.self, from: answer)
                    say("\(Texts.imported(report))（\(file)）")
                }
            } catch {
                say(Texts.sentence(for: error))
                failed = true
            }
        }
        if failed { throw ExitCode.failure }
    }

    /// The files, and where the answer to each goes.
    private func spreadOut() -> [(file: String, answers: String?)] {
        files.flatMap { file -> [(String, String?)] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
                isFolder.boolValue
            else { return [(file, answers)] }
            return stickFiles(in: file, .toCounty).values.sorted().map { ($0, answers ?? file) }
        }
    }
}

struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check and publish changes of catalogue and policy; a second person releases.",
        discussion: "The clerk's PIN is read from standard input.")

    @OptionGroup var data: OfficeFolder
    @Option(help: "Only check a folder of rules, with all faults in one go.") var check: String?
    @Option(help: "Changes as JSON: {\"prices\":[…],\"parameters\":[…],\"note\":…}.")
    var draft: String?
    @Option(help: "A whole policy: folder of rules.") var rules: String?
    @Option(help: "A whole policy: catalogue table (CSV).") var catalogue: String?
    @Option(help: "A whole policy: table of diagnoses (CSV).") var diagnoses: String?
    @Flag(help: "What catalogue import has kept, on top of the policy in force.")
    var imported = false
    @Option(
        help:
            "Knowledge points: a table, or a folder of national batches; alone or with a whole policy."
    )
    var knowledge: [String] = []
    @Option(help: "The clerk who publishes.") var by: String?
    @Option(help: "Write acknowledgements and bulletins onto a stick, into this folder.")
    var stick: String?
    @Option(help: "With --stick: only for this device.") var kiosk: String?
    @Flag(help: "Send tonight's roll and standing out now; needs no person.") var daily = false
    @Flag(help: "The next root: the clerks who have a key, and the server's key.")
    var root = false
    @Option(help: "With --root: a clerk whose key no longer counts; may be repeated.")
    var without: [String] = []
    @Flag(help: "The policy in force once more, when a root took its signers out.")
    var again = false
    @Flag(help: "With --root: a new key for the county server.") var newServiceKey = false

    func run() async throws {
        try await orSay {
            if let check { return try checkRules(check) }
            if daily { return put(try await data.errand("daily") + [0x0A]) }
            if let stick { return try await writeStick(stick) }
            guard let by else { throw ValidationError("--by names the clerk who publishes") }
            if root || again { return try await publishKeys(by: by) }
            if let draft {
                let input = PublishInput(
                    draft: try CompactJSON.decode(Draft.self, from: try readFile(draft)), by: by,
                    pin: try readPIN())
                return put(try await data.errand("publish", with: input) + [0x0A])
            }
            if imported {
                let input = ImportedInput(by: by, pin: try readPIN())
                return put(try await data.errand("publish-imported", with: input) + [0x0A])
            }
            if rules == nil, !knowledge.isEmpty { return try await publishKnowledge(by) }
            guard let rules, let catalogue, let diagnoses else {
                throw ValidationError(
                    "give --draft, --imported, --knowledge, or --rules, --catalogue and --diagnoses"
                )
            }
            let input = FoundInput(
                catalogue: absolute(catalogue), diagnoses: absolute(diagnoses),
                rules: absolute(rules), knowledge: knowledge.map(absolute), by: by,
                pin: try readPIN())
            put(try await data.errand("found", with: input) + [0x0A])
        }
    }

    private func publishKnowledge(_ by: String) async throws {
        let input = KnowledgeInput(paths: knowledge.map(absolute), by: by, pin: try readPIN())
        put(try await data.errand("knowledge", with: input) + [0x0A])
    }

    private func writeStick(_ folder: String) async throws {
        let only = kiosk.flatMap(KioskID.init(rawValue:))
        guard kiosk == nil || only != nil else {
            throw ValidationError("\(kiosk ?? "") is no device number")
        }
        let input = StickInput(kiosk: only, folder: absolute(folder))
        put(try await data.errand("stick", with: input) + [0x0A])
    }

    /// Who signs, and the policy once more by those who do.
    private func publishKeys(by id: String) async throws {
        if again {
            let input = ReleaseInput(by: id, pin: try readPIN())
            return put(try await data.errand("sign-again", with: input) + [0x0A])
        }
        let input = RootInput(
            without: without, newServiceKey: newServiceKey, by: id, pin: try readPIN())
        put(try await data.errand("root", with: input) + [0x0A])
    }

    private func checkRules(_ folder: String) throws {
        let files = try readRuleFolder(folder)
        let book = try PolicyContent(catalogue: [], diagnoses: [], rules: files).checkedRulebook()
        say("\(book.all.count) parameters, no faults")
    }
}

struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Release what another clerk published; from here on kiosks fetch it.",
        discussion: "The clerk's PIN is read from standard input.")

    @OptionGroup var data: OfficeFolder
    @Option(help: "The clerk who releases; never the one who published.") var by: String
    @Flag(help: "Release the next root instead; some changes need a third clerk.")
    var root = false

    func run() async throws {
        try await orSay {
            let input = ReleaseInput(by: by, pin: try readPIN())
            put(try await data.errand(root ? "release-root" : "release", with: input) + [0x0A])
        }
    }
}
