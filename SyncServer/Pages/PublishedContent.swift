import Cataloguing
import Pricing
import Publishing
import Rules
import Vocabulary

/// A policy version with its rulebook parsed and its items at hand.
struct PublishedContent: Sendable {
    let version: Int
    let content: PolicyContent
    let rules: Rulebook
    let catalogue: Catalogue
    private let diagnoses: [String: String]

    init(version: Int, content: PolicyContent, rules: Rulebook) {
        self.version = version
        self.content = content
        self.rules = rules
        catalogue = Catalogue(content.catalogue)
        diagnoses = Dictionary(
            content.diagnoses.map { ($0.code, $0.name) }, uniquingKeysWith: { $1 })
    }

    func diagnosis(_ code: String) -> String { diagnoses[code] ?? code }

    /// All terms of the items that match a code, a name or initials, oldest first.
    func items(matching text: String, limit: Int) -> [[CatalogueItem]] {
        let sought = text.lowercased()
        let found = content.catalogue.filter {
            $0.code.lowercased().hasPrefix(sought) || $0.name.contains(text)
                || $0.initials.hasPrefix(sought)
        }
        let versions = Dictionary(grouping: found, by: \.code)
        return versions.values.map { $0.sorted { $0.validFrom < $1.validFrom } }
            .sorted { ($0[0].name, $0[0].code) < ($1[0].name, $1[0].code) }
            .prefix(limit).map { $0 }
    }
}
