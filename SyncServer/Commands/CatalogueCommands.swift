import ArgumentParser
import Cataloguing
import Foundation
import Hosting
import Vocabulary

struct CatalogueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue",
        abstract: "Bring national lists and the county's own catalogue in.",
        subcommands: [CatalogueImport.self])
}

struct CatalogueImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Check files and keep them for publish --imported; all faults, or all rows.",
        discussion: """
            Takes national downloads (text or ZIP), CSV and XLSX. All files are checked before \
            anything is kept; any fault is exit status 1.
            """)

    @OptionGroup var data: OfficeFolder
    @Option(
        help: "What the files are where they do not say: terms, diagnoses, or 1301 to 1321.")
    var kind: String?
    @Flag(help: "Only check; keep nothing.") var check = false
    @Flag(help: "Print the report as JSON.") var json = false
    @Argument(help: "Files.") var files: [String]

    func run() async throws {
        try await orSay {
            let asked = try kind.map { text in
                guard let kind = CatalogueFile.Kind(text) else {
                    throw ValidationError("--kind takes terms, diagnoses, or 1301 to 1321")
                }
                return kind
            }
            var report = CatalogueReport()
            var read: [CatalogueFile] = []
            for path in files {
                do {
                    let file = try CatalogueFile(
                        name: (path as NSString).lastPathComponent, bytes: try readFile(path),
                        kind: asked)
                    report.add(path, file)
                    read.append(file)
                } catch let faults as CatalogueFaults {
                    report.faults += faults.faults
                }
            }
            if report.faults.isEmpty, !check {
                for file in read { try ImportedCatalogue(office: data.path).keep(file) }
                report.kept = true
            }
            try tell(report)
            guard report.faults.isEmpty else { throw ExitCode.failure }
        }
    }

    private func tell(_ report: CatalogueReport) throws {
        if json { return put(try CompactJSON.encode(report) + [0x0A]) }
        for file in report.files {
            let passed = file.passedOver > 0 ? ", \(file.passedOver) no longer in force" : ""
            say("\(file.kind): \(file.count)\(passed) (\(file.file))")
        }
        if !report.faults.isEmpty { say(Texts.catalogueFaults(CatalogueFaults(report.faults))) }
    }
}

/// What came of an import.
struct CatalogueReport: Encodable {
    var files: [File] = []
    var faults: [CatalogueFault] = []
    var kept = false

    struct File: Encodable {
        var file: String
        var kind: String
        var count: Int
        var passedOver: Int
    }

    private struct Fault: Encodable {
        let file: String
        let row: Int
        let column: String
        let problem: String
        let found: String
        let expected: String
        let what: String
        let remedy: String

        init(_ fault: CatalogueFault) {
            (file, row, column) = (fault.file, fault.row, fault.column)
            (problem, found, expected) = (fault.problem.rawValue, fault.found, fault.expected)
            (what, remedy) = (Texts.what(fault), Texts.remedy(fault))
        }
    }

    private enum CodingKeys: String, CodingKey { case files, faults, kept }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(files, forKey: .files)
        try object.encode(faults.map(Fault.init), forKey: .faults)
        try object.encode(kept, forKey: .kept)
    }

    /// Two files of one kind in one run would replace each other.
    mutating func add(_ path: String, _ file: CatalogueFile) {
        if let other = files.first(where: { $0.kind == file.kindName }) {
            faults.append(
                CatalogueFault(
                    file: path, row: 0, .twice, found: file.kindName, expected: other.file))
        }
        files.append(
            File(
                file: path, kind: file.kindName, count: file.count, passedOver: file.passedOver))
    }
}
