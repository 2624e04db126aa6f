import Allotting
import Pricing
import Vocabulary

/// The county gives one device rights to people's yearly limits.
public struct Allotment: Hashable, Sendable, Codable {
    /// Made before it was written; of rights drawn for a visit, the name of the request, so that
    /// asking twice draws once.
    public var identity: String
    public var holder: KioskID
    public var year: Int
    public var expires: Instant
    public var rows: [Row]

    public struct Row: Hashable, Sendable, Codable {
        public var owner: PersonNumber
        public var limit: Counter
        /// In fen, or times.
        public var amount: Money

        enum CodingKeys: String, CodingKey {
            case owner = "psn"
            case limit = "lim"
            case amount = "n"
        }

        public init(owner: PersonNumber, limit: Counter, amount: Int) {
            self.owner = owner
            self.limit = limit
            self.amount = Money(fen: amount)
        }
    }

    enum CodingKeys: String, CodingKey {
        case identity = "id"
        case holder = "at"
        case year, rows
        case expires = "exp"
    }

    /// No entry gives more: every fold of one of its people reads all of it, so it stays small.
    public static let mostRows = 16

    public init(
        identity: String, holder: KioskID, year: Int, expires: Instant, rows: [Row]
    ) {
        self.identity = identity
        self.holder = holder
        self.year = year
        self.expires = expires
        self.rows = rows
    }

    /// The rights given, each named by its place.
    public var rights: [Right] {
        rows.enumerated().map { place, row in
            Right(
                id: "\(identity).\(place)", holder: holder, owner: row.owner, year: year,
                limit: row.limit, amount: row.amount.fen, expires: expires)
        }
    }
}

/// Rights that come to an end: released by their holder, or expired.
public struct RightsClosed: Hashable, Sendable, Codable {
    public var identity: String
    public var holder: KioskID
    public var year: Int
    /// The holder's last entry that may have spent them; absent where the holder writes this itself
    /// and so has spent nothing of them later.
    public var through: Int?
    public var rows: [Row]

    public struct Row: Hashable, Sendable, Codable {
        public var owner: PersonNumber
        public var right: String

        enum CodingKeys: String, CodingKey {
            case owner = "psn"
            case right = "r"
        }

        public init(owner: PersonNumber, right: String) {
            self.owner = owner
            self.right = right
        }
    }

    enum CodingKeys: String, CodingKey {
        case identity = "id"
        case holder = "at"
        case year, through, rows
    }

    public init(identity: String, holder: KioskID, year: Int, through: Int?, rows: [Row]) {
        self.identity = identity
        self.holder = holder
        self.year = year
        self.through = through
        self.rows = rows
    }

    /// - Parameter sequence: where this stands in its own journal.
    public func closings(at sequence: Int) -> [Closing] {
        rows.map { Closing(right: $0.right, holder: holder, through: through ?? sequence) }
    }
}

/// What a visit took of rights, and within which bound it was priced.
public struct VisitRights: Hashable, Sendable, Codable {
    /// By limit, what could have been taken.
    public var held: [String: Money]
    public var parts: [Part]
    /// By limit, what was paid without a right.
    public var floors: [String: Money]?

    public struct Part: Hashable, Sendable, Codable {
        public var right: String
        public var amount: Money
        /// Whose right it is; absent where it is the patient's own.
        public var owner: PersonNumber?

        enum CodingKeys: String, CodingKey {
            case right = "r"
            case amount = "n"
            case owner = "psn"
        }
    }

    enum CodingKeys: String, CodingKey {
        case held
        case parts = "of"
        case floors = "free"
    }

    public init(_ taking: Taking, of patient: PersonNumber) {
        func named(_ amounts: [Counter: Int]) -> [String: Money] {
            Dictionary(amounts.map { ($0.key.description, Money(fen: $0.value)) }) { a, _ in a }
        }
        held = named(taking.held)
        parts = taking.parts.map {
            Part(
                right: $0.right, amount: Money(fen: $0.amount),
                owner: $0.owner == patient ? nil : $0.owner)
        }
        floors = taking.floors.isEmpty ? nil : named(taking.floors)
    }

    /// The bound, to price the visit again as the kiosk did.
    public var bounds: Bounds {
        var held: [Counter: Int] = [:]
        for (name, amount) in self.held {
            if let counter = Counter(name) { held[counter] = amount.fen }
        }
        return Bounds(held: held)
    }

    /// What was paid of a limit without a right.
    public func floor(_ limit: Counter) -> Int { floors?[limit.description]?.fen ?? 0 }

    var isPlausible: Bool {
        parts.count <= VisitRights.mostParts
            && (parts.map(\.amount) + held.values + (floors ?? [:]).values)
                .allSatisfy { $0 >= .zero }
    }

    /// No visit takes of more rights: every owner's year is folded with it.
    static let mostParts = 256
}

extension Visit {
    /// What it spent, by the journal it stands in.
    public func spendings(of holder: KioskID, at sequence: Int) -> [Spending] {
        (rights?.parts ?? []).map {
            Spending(
                right: $0.right, amount: $0.amount.fen, holder: holder, sequence: sequence)
        }
    }
}
