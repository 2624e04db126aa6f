import Vocabulary

/// An insured person as the county's roll (名册) knows them.
///
/// The JSON keys are the roll file's format; national field names are used where one exists.
public struct Member: Hashable, Sendable, Codable {
    public var number: PersonNumber
    public var identity: IdentityNumber
    public var name: String
    /// Pinyin initials of the name, lower case: 李桂华 is "lgh".
    public var initials: String
    public var sex: Sex
    public var birth: Day
    public var scheme: Scheme
    public var home: Home
    public var titles: [Title] = []
    public var recognitions: [Recognition] = []
    public var coverage: Coverage
    /// Index of the person's credential in the county's revocation bitmap.
    public var credential: Int
    /// Balance of the personal account (个人账户) when the roll was made; residents have none.
    public var account: Money = .zero
    /// The last day whose drawings the balance holds; without it, it holds none of this system's.
    public var accountAsOf: Day?
    /// Relatives whose personal accounts may pay for this person (家庭共济), in the order in which
    /// they are asked; absent where there are none.
    public var familyAccounts: [PersonNumber]?
    /// Has a contract with the village's family doctor (家庭医生签约).
    public var familyDoctor = false
    /// What the person's ceiling of the serious-illness layer is raised by (连续参保激励), fen.
    public var incentive: Money?
    /// Where the person is rung, as far as anybody said.
    public var phone: String?

    enum CodingKeys: String, CodingKey {
        case number = "psn_no"
        case identity = "certno"
        case name = "psn_name"
        case initials
        case sex = "gend"
        case birth = "brdy"
        case scheme = "insutype"
        case home, titles, recognitions, coverage, credential
        case account = "balc"
        case accountAsOf = "balc_date"
        case familyAccounts, familyDoctor, incentive
        case phone = "tel"
    }

    public init(
        number: PersonNumber, identity: IdentityNumber, name: String, initials: String,
        scheme: Scheme, home: Home, coverage: Coverage, credential: Int
    ) {
        self.number = number
        self.identity = identity
        self.name = name
        self.initials = initials
        self.sex = identity.sex
        self.birth = identity.birth
        self.scheme = scheme
        self.home = home
        self.coverage = coverage
        self.credential = credential
    }
}

/// Where a person is registered.
public struct Home: Hashable, Sendable, Codable {
    /// Nine-digit division code of the township.
    public var township: String
    public var village: String
    /// Village group (村民小组), 1…n.
    public var group: Int
    /// Household number (户号), unique in the county.
    public var household: String
    public var isHead: Bool

    public init(township: String, village: String, group: Int, household: String, isHead: Bool) {
        self.township = township
        self.village = village
        self.group = group
        self.household = household
        self.isHead = isHead
    }
}

/// A recognised chronic disease (慢特病、两病认定).
public struct Recognition: Hashable, Sendable, Codable {
    /// 慢特病 code such as M03900, or an ICD-10 category (I10, E11) for 两病.
    public var disease: String
    public var name: String
    public var kind: VisitKind
    public var from: Day

    public init(disease: String, name: String, kind: VisitKind, from: Day) {
        self.disease = disease
        self.name = name
        self.kind = kind
        self.from = from
    }
}
