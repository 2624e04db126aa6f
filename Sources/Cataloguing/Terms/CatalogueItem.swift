import Vocabulary

/// A drug or service of the catalogue (目录) with the terms in force from one day on.
public struct CatalogueItem: Hashable, Sendable {
    /// National code (医保目录编码).
    public var code: String
    public var name: String
    /// Pinyin initials of the name, lower case.
    public var initials = ""
    public var specification = ""
    public var unit = ""
    public var itemClass: ItemClass
    /// Own share first (先行自付比例); 0 for class A, 1 outside the catalogue.
    public var ownShare: Share
    /// Own shares of the schemes that differ from ``ownShare``.
    public var ownShares: [Scheme: Share] = [:]
    /// Price limit (限价) of the levels that have none of their own; `nil` where there is none.
    public var priceLimit: Money?
    /// Price limits of the institution levels that differ from ``priceLimit``.
    public var priceLimits: [InstitutionLevel: Money] = [:]
    /// The clinic's usual price; zero for an item that nobody has priced (``Mark/unlisted``).
    public var price: Money
    public var feeType: FeeType
    /// Days one unit lasts at the usual dose; `nil` for services.
    public var daysPerUnit: Int?
    /// For whom or what the fund pays (限制使用范围), in the words of the catalogue.
    public var restriction = ""
    /// Beginnings of the diagnosis codes the restriction comes down to; empty where it names none.
    public var restrictedTo: [String] = []
    /// First day these terms hold.
    public var validFrom: Day
    /// Last day these terms hold; `nil` until further notice.
    public var validTo: Day?
    /// The code that takes this one's place the day after ``validTo``.
    public var replacedBy: String?
    /// Marks such as "essential", "central", "infusion"; see ``Mark``.
    public var flags: [String] = []

    public init(
        code: String, name: String, itemClass: ItemClass, ownShare: Share, priceLimit: Money?,
        price: Money, feeType: FeeType, validFrom: Day
    ) {
        self.code = code
        self.name = name
        self.itemClass = itemClass
        self.ownShare = ownShare
        self.priceLimit = priceLimit
        self.price = price
        self.feeType = feeType
        self.validFrom = validFrom
    }

    /// Marks that rules and pages ask for; others may stand beside them.
    public enum Mark: String, Sendable, CaseIterable {
        /// 基本药物.
        case essential
        /// 集采: bought centrally at the price agreed.
        case central
        /// 谈判药品.
        case negotiated
        /// 特药.
        case special
        /// Known by name only: no terms of the county, so all by the person and no usual price.
        case unlisted
    }

    public func has(_ mark: Mark) -> Bool { flags.contains(mark.rawValue) }

    /// Own share first of a scheme.
    public func ownShare(of scheme: Scheme) -> Share { ownShares[scheme] ?? ownShare }

    /// Price limit at an institution level; `nil` where there is none.
    public func priceLimit(at level: InstitutionLevel) -> Money? {
        priceLimits[level] ?? priceLimit
    }

    /// Whether one of the diagnoses opens a restricted item; `nil` where the restriction is words
    /// only, and a person decides.
    public func isOpened(by diagnoses: [String]) -> Bool? {
        if restriction.isEmpty && restrictedTo.isEmpty { return true }
        guard !restrictedTo.isEmpty else { return nil }
        return diagnoses.contains { code in restrictedTo.contains { code.hasPrefix($0) } }
    }
}
