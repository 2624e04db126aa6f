import Vocabulary

/// A row of the directory: what exists and is called what. It says nothing of money.
public struct DirectoryEntry: Hashable, Sendable {
    public var code: String
    public var name: String
    /// Generic and trade names that differ from ``name``.
    public var aliases: [String] = []
    public var specification = ""
    public var unit = ""
    public var maker = ""
    public var validFrom: Day?
    public var validTo: Day?
    /// National 拼音助记码, where there is one.
    public var mnemonic = ""
    public var restriction = ""
    /// Raw values of ``CatalogueItem/Mark``.
    public var marks: [String] = []

    public init(code: String, name: String) {
        self.code = code
        self.name = name
    }

    public func isInForce(on day: Day) -> Bool {
        validFrom ?? day <= day && validTo ?? day >= day
    }

    /// The entry on a bill: outside the county's catalogue, so all by the person, and without a
    /// usual price.
    public func item(of kind: ListKind, on day: Day) -> CatalogueItem {
        var item = CatalogueItem(
            code: code, name: name, itemClass: .outside, ownShare: .one, priceLimit: nil,
            price: .zero, feeType: feeType(of: kind), validFrom: validFrom ?? day)
        // Many makers sell under one name: only both together tell which box it is.
        item.specification = [specification, maker].filter { !$0.isEmpty }.joined(separator: " ")
        item.unit = unit
        item.initials = mnemonic
        item.restriction = restriction
        item.validTo = validTo
        item.flags = marks + [CatalogueItem.Mark.unlisted.rawValue]
        return item
    }

    private func feeType(of kind: ListKind) -> FeeType {
        switch kind {
        // Codes of Western medicines begin with X, of patent medicines with Z.
        case .drugs: code.hasPrefix("Z") ? .patentMedicine : .westernMedicine
        case .herbalPieces, .granules: .herbalPieces
        case .preparations: .patentMedicine
        case .supplies: .supplies
        default: .other
        }
    }
}

// As a line of the directory: fields between tabs, empty ones at the end left out.
extension DirectoryEntry {
    static let fieldCount = 11
    private static let separator: Character = "\u{1F}"

    /// No line is longer; the limit is far above what the lists hold.
    static let mostBytes = 4_000

    var line: String {
        let fields = [
            code, name, aliases.joined(separator: String(DirectoryEntry.separator)), specification,
            unit, maker, validFrom.map(packed) ?? "", validTo.map(packed) ?? "", mnemonic,
            restriction, marks.joined(separator: ";"),
        ]
        let used = (fields.lastIndex { !$0.isEmpty } ?? 0) + 1
        return fields[..<used].joined(separator: "\t")
    }

    /// `nil` for a line that this module has not written.
    init?(line: some Sequence<UInt8>) {
        let fields = Array(line).split(
            separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        guard (2...DirectoryEntry.fieldCount).contains(fields.count) else { return nil }
        func field(_ place: Int) -> String { place < fields.count ? fields[place] : "" }
        self.init(code: field(0), name: field(1))
        aliases = field(2).split(separator: DirectoryEntry.separator).map(String.init)
        (specification, unit, maker) = (field(3), field(4), field(5))
        (validFrom, validTo) = (unpacked(field(6)), unpacked(field(7)))
        (mnemonic, restriction) = (field(8), field(9))
        marks = field(10).split(separator: ";").map(String.init)
    }
}

private func packed(_ day: Day) -> String { day.description.filter { $0 != "-" } }

private func unpacked(_ text: String) -> Day? { text.isEmpty ? nil : day(text) }
