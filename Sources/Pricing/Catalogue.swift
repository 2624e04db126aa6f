import Vocabulary

/// A drug or service of the catalogue (目录) with the terms in force from one day on.
public struct CatalogueItem: Hashable, Sendable, Codable {
    /// National code (医保目录编码).
    public var code: String
    public var name: String
    /// Pinyin initials of the name, lower case.
    public var initials: String
    public var specification: String
    public var unit: String
    public var itemClass: ItemClass
    /// Own share first (先行自付比例); 0 for class A, 1 outside the catalogue.
    public var ownShare: Share
    /// Price limit at this institution level (限价); `nil` where there is none.
    public var priceLimit: Money?
    /// The clinic's usual price.
    public var price: Money
    public var feeType: FeeType
    /// Days one unit lasts at the usual dose; `nil` for services.
    public var daysPerUnit: Int?
    /// First day these terms hold.
    public var validFrom: Day
    /// Marks such as "essential", "central", "infusion".
    public var flags: [String]

    enum CodingKeys: String, CodingKey {
        case code = "med_list_codg"
        case name, initials
        case specification = "spec"
        case unit
        case itemClass = "chrgitm_lv"
        case ownShare = "selfpay_prop"
        case priceLimit = "pric_uplmt_amt"
        case price = "pric"
        case feeType = "med_chrgitm_type"
        case daysPerUnit = "days_per_unit"
        case validFrom = "valid_from"
        case flags
    }

    public init(
        code: String, name: String, itemClass: ItemClass, ownShare: Share, priceLimit: Money?,
        price: Money, feeType: FeeType, validFrom: Day
    ) {
        self.code = code
        self.name = name
        self.initials = ""
        self.specification = ""
        self.unit = ""
        self.itemClass = itemClass
        self.ownShare = ownShare
        self.priceLimit = priceLimit
        self.price = price
        self.feeType = feeType
        self.validFrom = validFrom
        self.flags = []
    }
}

/// Looks up an item's terms on a day; a value, so that pricing reads no store.
public struct Catalogue: Sendable {
    public let item: @Sendable (_ code: String, _ day: Day) -> CatalogueItem?

    public init(item: @escaping @Sendable (String, Day) -> CatalogueItem?) { self.item = item }

    /// A catalogue held in memory; several rows of one code are its terms through time.
    public init(_ items: [CatalogueItem]) {
        let versions = Dictionary(grouping: items, by: \.code)
            .mapValues { $0.sorted { $0.validFrom < $1.validFrom } }
        self.init { code, day in versions[code]?.last { $0.validFrom <= day } }
    }

    public static let empty = Catalogue { _, _ in nil }
}
