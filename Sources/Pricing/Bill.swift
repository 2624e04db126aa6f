import Cataloguing
import Vocabulary

/// What a visit is charged, before anybody has said who pays.
public struct Bill: Sendable, Equatable {
    /// Day of service: chooses the policy, whenever the bill is priced.
    public var day: Day
    public var scheme: Scheme
    public var kind: VisitKind
    public var level: InstitutionLevel
    public var lines: [Line]

    /// More lines than any prescription pad holds; a longer bill is a fault of the sender.
    public static let mostLines = 200

    /// No unit price is higher: a million yuan.
    public static let mostPrice = Money(fen: 100_000_000)

    public init(
        day: Day, scheme: Scheme, kind: VisitKind, level: InstitutionLevel, lines: [Line]
    ) {
        self.day = day
        self.scheme = scheme
        self.kind = kind
        self.level = level
        self.lines = lines
    }

    /// One charged item (费用明细 feedetail).
    public struct Line: Sendable, Equatable {
        public var code: String
        public var quantity: Quantity
        /// Unit price.
        public var price: Money
        /// Terms the line brings along where the catalogue does not know the code.
        public var ownTerms: ItemTerms?

        public init(code: String, quantity: Quantity, price: Money, ownTerms: ItemTerms? = nil) {
            self.code = code
            self.quantity = quantity
            self.price = price
            self.ownTerms = ownTerms
        }

        public var amount: Money { price.cost(of: quantity) }
    }
}

/// What decides how much of a line enters the scope.
public struct ItemTerms: Sendable, Equatable {
    public var itemClass: ItemClass
    public var ownShare: Share
    public var priceLimit: Money?

    public init(itemClass: ItemClass, ownShare: Share, priceLimit: Money? = nil) {
        self.itemClass = itemClass
        self.ownShare = ownShare
        self.priceLimit = priceLimit
    }

    /// The terms a catalogue item has for a scheme at an institution level.
    public init(_ item: CatalogueItem, scheme: Scheme, level: InstitutionLevel) {
        self.init(
            itemClass: item.itemClass, ownShare: item.ownShare(of: scheme),
            priceLimit: item.priceLimit(at: level))
    }
}
