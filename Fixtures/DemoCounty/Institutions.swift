import Vocabulary

/// A village clinic, a township desk or the county office.
public struct Institution: Hashable, Sendable {
    /// What kind of place it is, as the file writes it.
    public enum Kind: String, Sendable { case village, township, county }

    public let code: String
    public let name: String
    public let kind: Kind
    /// Nine-digit division and name of the township; empty for the county office.
    public let township: String
    public let townshipName: String
    public let village: String
    public let phone: String

    public static let header = "code,name,kind,level,township,township_name,village,phone"

    /// One line of institutions.csv; the county office treats nobody and has no level.
    public var line: String {
        let level = kind == .county ? "" : kind.rawValue
        return [code, name, kind.rawValue, level, township, townshipName, village, phone]
            .joined(separator: ",")
    }

    static func all(in townships: [Township]) -> [Institution] {
        townships.flatMap { township in township.villages.map { clinic(of: $0, in: township) } }
            + townships.enumerated().map { desk(of: $1, number: $0 + 1) } + [office]
    }

    private static func clinic(of village: Village, in township: Township) -> Institution {
        Institution(
            code: code(village.number), name: village.name + "卫生室", kind: .village,
            township: township.division, townshipName: township.name, village: village.name,
            phone: phone(village.number))
    }

    private static func desk(of township: Township, number: Int) -> Institution {
        Institution(
            code: code(90_000 + number), name: township.name + "医保服务站", kind: .township,
            township: township.division, townshipName: township.name, village: "",
            phone: phone(9_000 + number))
    }

    private static let office = Institution(
        code: code(99_999), name: Figures.countyName + "医疗保障局", kind: .county,
        township: "", townshipName: "", village: "", phone: phone(9_999))

    private static func code(_ serial: Int) -> String { "H" + Figures.county + digits(serial, 5) }

    /// No telephone area is called 0000, so that nobody is rung by mistake.
    private static func phone(_ serial: Int) -> String { "0000-866" + digits(serial, 4) }
}

/// Somebody who works with the kiosk, with a pin for demonstrations.
public struct Operator: Hashable, Sendable {
    public let id: String
    public let name: String
    public let role: Role
    /// Code of the institution.
    public let institution: String
    public let pin: String

    public static let header = "id,name,role,institution,pin"

    /// One line of operators.csv.
    public var line: String {
        [id, name, role.rawValue, institution, pin].joined(separator: ",")
    }
}

extension Operator {
    /// The first doctor, collector and clerks are fixed, so that handbooks can name them.
    static func all(
        at institutions: [Institution], names: NameBook, _ chance: inout SeededGenerator
    ) -> [Operator] {
        var posts: [(role: Role, institution: String)] = []
        for place in institutions {
            for role in roles(at: place, &chance) { posts.append((role, place.code)) }
        }
        var counts: [Role: Int] = [:]
        return posts.map { post in
            counts[post.role, default: 0] += 1
            let id = letter(post.role) + digits(counts[post.role, default: 0], 4)
            let year = chance.within(1965...1998)
            let sex: Sex = chance.chance(5_000) ? .male : .female
            let name = names.fullName(names.surnames.draw(&chance), sex: sex, bornIn: year, &chance)
            let pin = digits(chance.below(1_000_000), 6)
            let known = fixed[id]
            return Operator(
                id: id, name: known?.name ?? name.text, role: post.role,
                institution: post.institution, pin: known?.pin ?? pin)
        }
    }

    private static func roles(
        at place: Institution, _ chance: inout SeededGenerator
    ) -> [Role] {
        switch place.kind {
        case .village:
            Array(repeating: .villageDoctor, count: chance.chance(4_500) ? 2 : 1)
        case .township: [.townshipCollector, .townshipCollector]
        case .county:
            Array(repeating: .countyClerk, count: 4) + [.auditor, .administrator]
        }
    }

    private static func letter(_ role: Role) -> String {
        switch role {
        case .villageDoctor: "D"
        case .townshipCollector: "T"
        case .countyClerk: "C"
        case .auditor: "A"
        case .administrator: "M"
        }
    }

    private static let fixed: [String: (name: String, pin: String)] = [
        "D0001": ("王医生", "246810"), "T0001": ("刘会计", "135790"),
        "C0001": ("张科长", "112233"), "C0002": ("何主任", "445566"),
    ]
}
