import Identifying
import Vocabulary

/// How a person is reached, as somebody at a desk was told; no money hangs on it.
public struct ContactChange: Hashable, Sendable, Codable {
    public var identity: String
    public var person: PersonNumber
    /// What holds from now on; what is left out stays as it is.
    public var now: ContactDetails
    /// What the desk knew until then of what it changed: tells whether it knew of another's change.
    public var before: ContactDetails

    enum CodingKeys: String, CodingKey {
        case identity = "id"
        case person = "psn"
        case now, before
    }

    public init(
        identity: String, person: PersonNumber, now: ContactDetails, before: ContactDetails
    ) {
        self.identity = identity
        self.person = person
        self.now = now
        self.before = before
    }
}

/// Telephone and village group, each absent where it is not said.
public struct ContactDetails: Hashable, Sendable, Codable {
    /// Digits, with hyphens between them or a plus before; empty for somebody without a telephone.
    public var phone: String?
    /// Village group (村民小组), 1…n.
    public var group: Int?

    enum CodingKeys: String, CodingKey {
        case phone = "tel"
        case group = "grp"
    }

    public init(phone: String? = nil, group: Int? = nil) {
        self.phone = phone
        self.group = group
    }

    public var isEmpty: Bool { phone == nil && group == nil }

    /// Whether it could be dialled and stands on a roll; an empty telephone could.
    public var isPlausible: Bool {
        (phone.map(Self.canBeDialled) ?? true) && (group.map { (1...99).contains($0) } ?? true)
    }

    private static func canBeDialled(_ phone: String) -> Bool {
        let digits = phone.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let others = phone.filter { !$0.isASCII || !$0.isWholeNumber }
        return phone.isEmpty
            || (phone.utf8.count <= 20 && digits.count >= 5
                && others.allSatisfy { "+-".contains($0) })
    }
}

extension Member {
    /// Takes over what was said of how the person is reached.
    public mutating func reach(_ details: ContactDetails) {
        phone = details.phone ?? phone
        home.group = details.group ?? home.group
    }
}
