import Vocabulary

/// Looks up an item's terms on a day; a value, so that pricing reads no store.
public struct Catalogue: Sendable {
    public let item: @Sendable (_ code: String, _ day: Day) -> CatalogueItem?

    public init(item: @escaping @Sendable (String, Day) -> CatalogueItem?) { self.item = item }

    /// A catalogue held in memory; several rows of one code are its terms through time.
    ///
    /// A code whose terms have ended resolves to the code that replaced it, so that yesterday's
    /// prescription can be charged today.
    public init(_ items: [CatalogueItem]) {
        let versions = Dictionary(grouping: items, by: \.code)
            .mapValues { $0.sorted { $0.validFrom < $1.validFrom } }
        self.init { code, day in
            var code = code
            for _ in 0...Catalogue.mostReplacements {
                guard let item = versions[code]?.last(where: { $0.validFrom <= day }) else {
                    return nil
                }
                guard let last = item.validTo, last < day else { return item }
                guard let next = item.replacedBy else { return nil }
                code = next
            }
            return nil
        }
    }

    public static let empty = Catalogue { _, _ in nil }

    /// A longer chain of replaced codes is a circle.
    static let mostReplacements = 8

    /// What national lists name and the county has no terms for: all by the person.
    public init(naming directories: [Directory]) {
        self.init { code, day in directories.lazy.compactMap { $0.item(code, day) }.first }
    }

    /// What this catalogue has no terms for is looked up in another one.
    public func or(_ other: Catalogue) -> Catalogue {
        Catalogue { code, day in item(code, day) ?? other.item(code, day) }
    }
}
