import Allotting
import Collecting
import Pricing
import Settling
import Vocabulary

/// Section `desk/<kiosk>`: where a device stands and what it may issue.
public struct DeskAssignment: Sendable, Hashable, Codable {
    public var kiosk: KioskID
    /// National institution code and its name.
    public var institution: String
    public var name: String
    public var level: InstitutionLevel
    public var township: String
    public var townshipName: String
    /// Telephone of the township desk, for every sentence that sends somebody there.
    public var phone: String
    /// Receipt number blocks, used in order; empty for a clinic.
    public var blocks: [ReceiptBlock]
    /// Last day of the agreement (定点协议); `nil` where the county keeps none.
    public var agreementThrough: Day?
    /// Key to the county's coverage list, 32 bytes in hexadecimal; `nil` where there is no list.
    public var coverageKey: String?

    public init(
        kiosk: KioskID, institution: String, name: String, level: InstitutionLevel,
        township: String, townshipName: String, phone: String, blocks: [ReceiptBlock]
    ) {
        self.kiosk = kiosk
        self.institution = institution
        self.name = name
        self.level = level
        self.township = township
        self.townshipName = townshipName
        self.phone = phone
        self.blocks = blocks
    }

    public var recipient: Recipient {
        Recipient(kiosk: kiosk, institution: institution, township: township)
    }
}

/// First line of section `roll/<township>`, before one `Member` a line.
public struct RollHeading: Sendable, Hashable, Codable {
    public var asOf: Instant
    public var township: String
    public var count: Int

    public init(asOf: Instant, township: String, count: Int) {
        self.asOf = asOf
        self.township = township
        self.count = count
    }
}

/// First line of section `standing/<township>`: which entries the counters below include.
public struct StandingHeading: Sendable, Hashable, Codable {
    public var asOf: Instant
    /// Highest entry merged, by kiosk; a kiosk adds its own entries after that.
    public var through: [String: Int]

    public init(asOf: Instant, through: [String: Int]) {
        self.asOf = asOf
        self.through = through
    }
}

/// A row of section `standing/<township>`; people who used nothing have none.
public struct StandingRow: Sendable, Hashable, Codable {
    public var person: PersonNumber
    public var standing: Standing
    /// What adjustments give the person (negative: take back) at the next visit.
    public var owed: Money?
    /// The same sum by sum, so that a visit can name what it settles; absent where nothing is open.
    public var owing: [OwedSum]?

    enum CodingKeys: String, CodingKey {
        case person = "psn"
        case standing, owed
        case owing = "ow"
    }

    public init(person: PersonNumber, standing: Standing, owing: [OwedSum]? = nil) {
        self.person = person
        self.standing = standing
        self.owing = owing
        owed = owing.map(\.total)
    }
}

/// A row of section `allotments/<kiosk>`: a right that the kiosk holds.
public struct RightRow: Sendable, Hashable, Codable {
    public var right: String
    public var owner: PersonNumber
    public var year: Int
    public var limit: Counter
    /// What was given, in fen or times; the kiosk's own journal says what it spent of it.
    public var amount: Money
    public var expires: Instant
    /// The county asks for it back: somebody else needs it, or the person has moved.
    public var recalled: Bool?

    enum CodingKeys: String, CodingKey {
        case right = "r"
        case owner = "psn"
        case year
        case limit = "lim"
        case amount = "n"
        case expires = "exp"
        case recalled = "back"
    }

    public init(_ right: Right, recalled: Bool) {
        self.right = right.id
        owner = right.owner
        year = right.year
        limit = right.limit
        amount = Money(fen: right.amount)
        expires = right.expires
        self.recalled = recalled ? true : nil
    }

    public func right(of holder: KioskID) -> Right {
        Right(
            id: right, holder: holder, owner: owner, year: year, limit: limit,
            amount: amount.fen, expires: expires)
    }
}

/// A row of section `revocations`: a credential that is no longer good.
public struct Revocation: Sendable, Hashable, Codable {
    public var credential: Int
    public var day: Day

    public init(credential: Int, day: Day) {
        self.credential = credential
        self.day = day
    }
}

/// A row of section `devices`: whose signature a slip from another clinic carries.
public struct DeviceRow: Sendable, Hashable, Codable {
    public var kiosk: KioskID
    public var name: String
    public var publicKey: String

    public init(kiosk: KioskID, name: String, publicKey: String) {
        self.kiosk = kiosk
        self.name = name
        self.publicKey = publicKey
    }
}

/// A row of section `operators/<institution>`.
public struct Operator: Sendable, Hashable, Codable {
    public var id: String
    public var name: String
    public var role: Role
    public var institution: String
    /// scrypt of the PIN under `salt`, both in hexadecimal; the PIN itself is nowhere.
    public var salt: String
    public var verifier: String
    /// Last day of the licence (执业证), and of being off duty or suspended; `nil` where unknown.
    public var licensedThrough: Day?
    public var suspendedThrough: Day?

    public init(
        id: String, name: String, role: Role, institution: String, salt: String, verifier: String
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.institution = institution
        self.salt = salt
        self.verifier = verifier
    }
}
