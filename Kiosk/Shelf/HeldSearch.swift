import Cataloguing
import Foundation
import Hosting
import Syncing
import Vocabulary

/// Everything a visit page searches: the clinic's own items, the national lists, the diagnoses.
struct HeldSearch: Sendable {
    /// National lists of what can stand on a bill, in the order they are shown.
    private(set) var lists: [DirectoryIndex] = []
    private(set) var diagnoses = DiagnosisSearch([])
    private var own = OwnItems([], .empty)

    init() {}

    init(_ items: [CatalogueItem], _ terms: Catalogue, _ shelf: Shelf) throws {
        own = OwnItems(items, terms)
        diagnoses = try DiagnosisSearch(shelf)
        lists = try ListKind.charged.compactMap { try shelf.list($0) }
    }

    /// Items the county has terms for come first, whatever the lists hold.
    func items(matching typed: String, on day: Day, limit: Int) -> [CatalogueItem] {
        var found = own.matches(typed, on: day, limit: limit)
        guard found.count < limit else { return found }
        // As many more as the clinic's own may stand among.
        let matches = lists.flatMap { $0.matches(typed, on: day, limit: 2 * limit) }
        for match in matches.filter(\.atStart) + matches.filter({ !$0.atStart })
        where found.count < limit && own.terms.item(match.entry.code, day) == nil {
            found.append(match.entry.item(of: match.kind, on: day))
        }
        return found
    }
}

/// The items the county has terms and prices for, by name, pinyin and code.
struct OwnItems: Sendable {
    let terms: Catalogue
    private let codes: [String]
    private let index: TailIndex

    init(_ items: [CatalogueItem], _ terms: Catalogue) {
        self.terms = terms
        let versions = Dictionary(grouping: items, by: \.code).values.sorted {
            ($0[0].name.utf8.count, $0[0].name, $0[0].code)
                < ($1[0].name.utf8.count, $1[0].name, $1[0].code)
        }
        codes = versions.map { $0[0].code }
        index = TailIndex(
            versions.map { items in
                SearchTerms(
                    names: Array(Set(items.map(\.name))).sorted(),
                    initials: Array(Set(items.map(\.initials))).sorted(), codes: [items[0].code])
            })
    }

    func matches(_ typed: String, on day: Day, limit: Int) -> [CatalogueItem] {
        index.first(limit, matching: typed) { match in
            terms.item(codes[match.entry], day).map { [$0] } ?? []
        }
    }
}

/// The diagnoses by name, pinyin and code; the shorter name first.
struct DiagnosisSearch: Sendable {
    private let rows: [Diagnosis]
    private let places: [String: Int]
    private let index: TailIndex

    init(_ diagnoses: [Diagnosis], index made: Data? = nil) {
        let rows = diagnoses.sorted {
            ($0.name.utf8.count, $0.name, $0.code) < ($1.name.utf8.count, $1.name, $1.code)
        }
        self.rows = rows
        places = Dictionary(rows.enumerated().map { ($1.code, $0) }) { first, _ in first }
        let kept = made.flatMap(TailIndex.init(bytes:))
        if let kept, kept.entryCount == rows.count {
            index = kept
        } else {
            index = TailIndex(
                rows.map {
                    SearchTerms(names: [$0.name], initials: [$0.initials], codes: [$0.code])
                })
        }
    }

    init(_ shelf: Shelf) throws {
        let rows = try Lines.decode(
            Diagnosis.self, from: try shelf.section(SectionName.diagnoses) ?? [])
        guard let digest = try shelf.digest(ofSection: SectionName.diagnoses) else {
            self.init(rows)
            return
        }
        let path = shelf.searchFile(digest, "names")
        self.init(rows, index: mapped(path))
        if mapped(path) != index.bytes { try? shelf.keep(index.bytes, at: path) }
    }

    subscript(code: String) -> Diagnosis? { places[code].map { rows[$0] } }

    func matches(_ typed: String, limit: Int) -> [Diagnosis] {
        index.matches(typed, limit: limit).map { rows[$0.entry] }
    }
}

// Lists and indexes lie beside the shelf as files, so that they are mapped and not read; each is
// named after the digest of the section it was made from, and made again where it is missing.
extension Shelf {
    /// Rises when pinyin or the form of the index change, so that old ones are not taken.
    private static let searchVersion = 1

    func searchFile(_ digest: Fingerprint, _ ending: String) -> String {
        "\(searchFolder)/\(Shelf.searchVersion)-\(digest).\(ending)"
    }

    /// A disk without room for an index still searches, only slower to start.
    func keep(_ bytes: Data, at path: String) throws {
        try makeFolder(searchFolder)
        try writeFile(path, Array(bytes))
    }

    /// A national list ready to be searched; `nil` where the county publishes none.
    func list(_ kind: ListKind) throws -> DirectoryIndex? {
        let name = SectionName.directory(kind.rawValue)
        guard let digest = try digest(ofSection: name) else { return nil }
        let (list, index) = (searchFile(digest, "list"), searchFile(digest, "index"))
        if let bytes = mapped(list), let directory = Directory(bytes: bytes),
            let made = mapped(index).flatMap({ DirectoryIndex(directory, bytes: $0) })
        {
            return made
        }
        guard let directory = Directory(bytes: Data(try section(name) ?? [])) else { return nil }
        let made = DirectoryIndex(directory)
        try? keep(directory.bytes, at: list)
        try? keep(made.bytes, at: index)
        guard let mappedList = mapped(list).flatMap(Directory.init(bytes:)),
            let mappedIndex = mapped(index)
        else { return made }
        return DirectoryIndex(mappedList, bytes: mappedIndex) ?? made
    }

    /// Removes files of sections no longer held.
    func sweepSearch() throws {
        let held = Set(try held(.policy).sections.values.map { "\(Shelf.searchVersion)-\($0)" })
        let files = try? FileManager.default.contentsOfDirectory(atPath: searchFolder)
        for file in files ?? [] where !held.contains(String(file.prefix { $0 != "." })) {
            try? FileManager.default.removeItem(atPath: searchFolder + "/" + file)
        }
    }
}

/// A file as memory that the system may drop and read again; `nil` where there is none.
private func mapped(_ path: String) -> Data? {
    try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
}
