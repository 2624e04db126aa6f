import Cataloguing
import Foundation
import Hosting
import Publishing
import Vocabulary

/// What was imported and waits to be published: one file a list in the office's folder, each whole.
struct ImportedCatalogue {
    let folder: String

    init(office: String) { folder = office + "/catalogue" }

    private var terms: String { folder + "/terms.ndjson" }
    private func diagnoses(_ kind: ListKind) -> String {
        folder + "/diagnoses-\(kind.rawValue).ndjson"
    }
    private func list(_ kind: ListKind) -> String { folder + "/list-\(kind.rawValue).txt" }

    /// Keeps a checked file in the place of what was imported of its kind before.
    func keep(_ file: CatalogueFile) throws {
        try makeFolder(folder)
        switch file {
        case .terms(let items): try writeFile(terms, try Lines.encode(items))
        case .diagnoses(let rows, let kind):
            try writeFile(diagnoses(kind), try Lines.encode(rows))
        case .list(let directory, _):
            try writeFile(list(directory.kind), Array(directory.bytes))
        }
    }

    /// The content with everything imported in the place of what it had of the same kind.
    ///
    /// Diagnoses are one list to a doctor: a code that two lists name counts as the first says.
    func applied(to content: PolicyContent) throws -> PolicyContent {
        var content = content
        if let bytes = try kept(terms) {
            content.catalogue = try Lines.decode(CatalogueItem.self, from: bytes)
        }
        let diagnoses = try ListKind.allCases.compactMap { try kept(self.diagnoses($0)) }
            .flatMap { try Lines.decode(Diagnosis.self, from: $0) }
        if !diagnoses.isEmpty {
            var seen: Set<String> = []
            content.diagnoses = diagnoses.filter { seen.insert($0.code).inserted }
        }
        for kind in ListKind.allCases {
            guard let bytes = try kept(list(kind)) else { continue }
            guard let directory = Directory(bytes: Data(bytes)) else {
                throw FileFault(path: list(kind), message: "is damaged; import the list again")
            }
            content.directories.removeAll { $0.kind == kind }
            content.directories.append(directory)
        }
        return content
    }

    private func kept(_ path: String) throws -> [UInt8]? {
        FileManager.default.fileExists(atPath: path) ? try readFile(path) : nil
    }
}

extension CatalogueFile {
    /// The kind as one asks for it.
    var kindName: String {
        switch self {
        case .terms: "terms"
        case .diagnoses(_, let kind): kind.rawValue
        case .list(let directory, _): directory.kind.rawValue
        }
    }

    var count: Int {
        switch self {
        case .terms(let items): items.count
        case .diagnoses(let rows, _): rows.count
        case .list(let directory, _): directory.count
        }
    }

    /// Rows of the file that are no longer in force.
    var passedOver: Int {
        if case .list(_, let passedOver) = self { return passedOver }
        return 0
    }
}

extension Office {
    /// Publishes what was imported as a change of the policy in force; another clerk releases it.
    func publishImported(_ input: ImportedInput) throws -> Proposal {
        guard let content = try Office.content(store) else { throw OfficeFault.noPolicy }
        return try propose(
            try ImportedCatalogue(office: folder).applied(to: content),
            note: Texts.importedCatalogue, firstDay: nil, by: input.by, pin: input.pin)
    }
}
