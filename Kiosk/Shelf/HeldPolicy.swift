import Cataloguing
import Checking
import Foundation
import Rules
import Syncing
import Vocabulary

/// The policy sections parsed, held in memory while the device runs.
struct HeldPolicy: Sendable {
    var version = 0
    var rules = Rulebook(region: "", parameters: [])
    var items: [CatalogueItem] = []
    var catalogue = Catalogue.empty
    var knowledge = KnowledgeBase()
    /// What visits may be charged with and diagnosed as, to be searched.
    var search = HeldSearch()
    /// What the office signed of it.
    private var statement: [UInt8]?

    /// - Parameter read: the rules where they were read already; else they are read from the shelf.
    init(_ shelf: Shelf, rules read: Rulebook? = nil) throws {
        version = try shelf.held(.policy).version
        statement = try shelf.statement(.policy)
        guard let texts = try shelf.section(SectionName.rules) else { return }
        rules = try read ?? HeldPolicy.rules(texts)
        items = try Lines.decode(
            CatalogueItem.self, from: try shelf.section(SectionName.catalogue) ?? [])
        let terms = Catalogue(items)
        search = try HeldSearch(items, terms, shelf)
        catalogue = terms.or(Catalogue(naming: search.lists.map(\.directory)))
        if let table = try shelf.section(SectionName.knowledge) {
            knowledge = KnowledgeBase(
                try KnowledgePoint.table(csv: String(decoding: table, as: UTF8.self)))
        }
    }

    /// Reads the policy again where another one was signed; a usual night brings none.
    mutating func refresh(_ shelf: Shelf, rules: Rulebook?) throws {
        guard try statement == nil || statement != shelf.statement(.policy) else { return }
        self = try HeldPolicy(shelf, rules: rules)
    }

    private static func rules(_ texts: [UInt8]) throws -> Rulebook {
        try Rulebook.parse(
            region: "county", files: try CompactJSON.decode([String: String].self, from: texts))
    }

    /// Whether this software can read the policy sections of a bulletin.
    ///
    /// - Returns: its rules; `nil` where it brings none.
    static func check(_ fetched: Fetched) throws -> Rulebook? {
        let rules = try fetched.sections[SectionName.rules].map { try Self.rules($0) }
        if let rows = fetched.sections[SectionName.catalogue] {
            _ = try Lines.decode(CatalogueItem.self, from: rows)
        }
        if let rows = fetched.sections[SectionName.diagnoses] {
            _ = try Lines.decode(Diagnosis.self, from: rows)
        }
        if let table = fetched.sections[SectionName.knowledge] {
            _ = try KnowledgePoint.table(csv: String(decoding: table, as: UTF8.self))
        }
        for kind in ListKind.allCases {
            guard let bytes = fetched.sections[SectionName.directory(kind.rawValue)] else {
                continue
            }
            guard Directory(bytes: Data(bytes))?.kind == kind else {
                throw DocumentFault.malformed
            }
        }
        for (name, bytes) in fetched.sections where name.hasPrefix("desk/") {
            _ = try CompactJSON.decode(DeskAssignment.self, from: bytes)
        }
        return rules
    }

    /// Items in force on a day that match what was typed, the clinic's own first.
    func items(matching typed: String, on day: Day, limit: Int) -> [CatalogueItem] {
        search.items(matching: typed, on: day, limit: limit)
    }

    func diagnoses(matching typed: String, limit: Int) -> [Diagnosis] {
        search.diagnoses.matches(typed, limit: limit)
    }

    func diagnosis(_ code: String) -> Diagnosis? { search.diagnoses[code] }
}
