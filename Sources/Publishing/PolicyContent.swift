import Cataloguing
import Foundation
import Checking
import Pricing
import Rules
import Syncing
import Vocabulary

/// Everything a policy bulletin carries, as the office edits it.
public struct PolicyContent: Sendable, Equatable {
    /// All terms of all items through time.
    public var catalogue: [CatalogueItem]
    public var diagnoses: [Diagnosis]
    /// Rule files of the region: path → text.
    public var rules: [String: String]
    /// Knowledge points (知识点) for the review rules.
    public var knowledge: [KnowledgePoint]

    /// National lists: what exists and is called what. They say nothing of money.
    public var directories: [Directory]

    public init(
        catalogue: [CatalogueItem], diagnoses: [Diagnosis], rules: [String: String],
        knowledge: [KnowledgePoint] = [], directories: [Directory] = []
    ) {
        self.catalogue = catalogue
        self.diagnoses = diagnoses
        self.rules = rules
        self.knowledge = knowledge
        self.directories = directories
    }

    /// What a bill is priced with: the county's terms, and for what it has none the national lists,
    /// where all is by the person.
    public var lookup: Catalogue { Catalogue(catalogue).or(Catalogue(naming: charged)) }

    private var charged: [Directory] {
        ListKind.charged.compactMap { kind in directories.first { $0.kind == kind } }
    }

    public func rulebook() throws(RuleFaults) -> Rulebook {
        try Rulebook.parse(region: "county", files: rules)
    }

    /// The rulebook, once nothing in it is meaningless to the software that reads it.
    ///
    /// - Throws: ``RuleFaults`` with every fault; asked before anything new is signed.
    @discardableResult
    public func checkedRulebook() throws(RuleFaults) -> Rulebook {
        let (book, unreadable) = Rulebook.read(region: "county", files: rules)
        let broken = Set(unreadable.map { folder(of: $0.file) })
        let faults =
            unreadable
            + policyFaults(book, files: rules).filter { fault in
                // What is missing beside a file that could not be read is perhaps in that file.
                !broken.contains(folder(of: fault.file)) && !broken.contains(fault.file)
            }
        guard faults.isEmpty else { throw RuleFaults(faults: faults) }
        return book
    }

    /// The sections' bytes by name, the same bytes for the same content.
    public func sections() throws -> [String: [UInt8]] {
        let rows = catalogue.sorted { ($0.code, $0.validFrom) < ($1.code, $1.validFrom) }
        var sections = [
            SectionName.catalogue: try Lines.encode(rows),
            SectionName.diagnoses: try Lines.encode(diagnoses.sorted { $0.code < $1.code }),
            SectionName.rules: try CompactJSON.encode(rules),
            SectionName.knowledge: Array(KnowledgePoint.csv(knowledge).utf8),
        ]
        for directory in directories {
            sections[SectionName.directory(directory.kind.rawValue)] = Array(directory.bytes)
        }
        return sections
    }

    public init(sections: [String: [UInt8]]) throws {
        catalogue = try Lines.decode(
            CatalogueItem.self, from: sections[SectionName.catalogue] ?? [])
        diagnoses = try Lines.decode(Diagnosis.self, from: sections[SectionName.diagnoses] ?? [])
        rules = try CompactJSON.decode(
            [String: String].self, from: sections[SectionName.rules] ?? Array("{}".utf8))
        directories = ListKind.allCases.compactMap { kind in
            sections[SectionName.directory(kind.rawValue)].flatMap {
                Directory(bytes: Data($0))
            }
        }
        let table = sections[SectionName.knowledge].map { String(decoding: $0, as: UTF8.self) }
        knowledge = try table.map { try KnowledgePoint.table(csv: $0) } ?? []
    }
}

private func folder(of file: String) -> String {
    file.split(separator: "/").dropLast().joined(separator: "/")
}
