import Collecting
import Vocabulary

/// One household's contribution on one receipt of the desk's block.
public struct ContributionReceipt: Hashable, Sendable, Codable {
    public var identity: String
    /// 票据代码 and 票据号码.
    public var code: String
    public var number: Int
    public var household: String
    public var year: Int
    public var lines: [Line]
    public var tenders: [String: Money]
    public var total: Money

    public struct Line: Hashable, Sendable, Codable {
        public var person: PersonNumber
        public var standard: Money
        public var relief: Money
        /// Add-ons and lost subsidies, never subsidised; absent where there are none.
        public var extra: Money?
        public var title: Title?

        enum CodingKeys: String, CodingKey {
            case person = "psn"
            case standard = "std"
            case relief = "rel"
            case extra = "add"
            case title
        }

        /// What is charged before the subsidy.
        public var charged: Money { standard + (extra ?? .zero) }
        public var paid: Money { charged - relief }
    }

    enum CodingKeys: String, CodingKey {
        case identity = "id"
        case code, number
        case household = "hh"
        case year, lines
        case tenders = "paid"
        case total
    }

    public init(identity: String, contribution: Contribution, block: ReceiptBlock, number: Int) {
        self.identity = identity
        code = block.code
        self.number = number
        household = contribution.household
        year = contribution.year
        lines = contribution.dues.map {
            Line(
                person: $0.person, standard: $0.standard, relief: $0.relief,
                extra: $0.extra == .zero ? nil : $0.extra, title: $0.title)
        }
        tenders = journalKeys(contribution.tenders)
        total = contribution.total
    }
}

/// A receipt taken back: the number stays used, the money is returned.
public struct ContributionVoid: Hashable, Sendable, Codable {
    public var identity: String
    public var voids: Int
    public var code: String
    public var number: Int
    public var year: Int
    public var persons: [PersonNumber]
    public var tenders: [String: Money]
    public var reason: String

    enum CodingKeys: String, CodingKey {
        case identity = "id"
        case voids, code, number, year
        case persons = "psn"
        case tenders = "paid"
        case reason
    }

    public init(
        identity: String, of receipt: ContributionReceipt, sequence: Int, reason: String
    ) {
        self.identity = identity
        voids = sequence
        code = receipt.code
        number = receipt.number
        year = receipt.year
        persons = receipt.lines.map(\.person)
        tenders = receipt.tenders.mapValues { -$0 }
        self.reason = reason
    }
}
