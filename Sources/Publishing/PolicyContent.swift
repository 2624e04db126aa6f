import Cataloguing
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

    public init(catalogue: [CatalogueItem], diagnoses: [Diagnosis], rules: [String: String]) {
        self.catalogue = catalogue
        self.diagnoses = diagnoses
        self.rules = rules
    }

    public func rulebook() throws(RuleFaults) -> Rulebook {
        try Rulebook.parse(region: "county", files: rules)
    }

    /// The sections' bytes by name, the same bytes for the same content.
    public func sections() throws -> [String: [UInt8]] {
        let rows = catalogue.sorted { ($0.code, $0.validFrom) < ($1.code, $1.validFrom) }
        return [
            SectionName.catalogue: try Lines.encode(rows),
            SectionName.diagnoses: try Lines.encode(diagnoses.sorted { $0.code < $1.code }),
            SectionName.rules: try CompactJSON.encode(rules),
        ]
    }

    public init(sections: [String: [UInt8]]) throws {
        catalogue = try Lines.decode(
            CatalogueItem.self, from: sections[SectionName.catalogue] ?? [])
        diagnoses = try Lines.decode(Diagnosis.self, from: sections[SectionName.diagnoses] ?? [])
        rules = try CompactJSON.decode(
            [String: String].self, from: sections[SectionName.rules] ?? Array("{}".utf8))
    }
}
