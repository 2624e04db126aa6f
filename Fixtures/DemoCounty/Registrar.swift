import Identifying
import Vocabulary

/// Gives out the numbers that must be unique in the county.
struct Registrar {
    private(set) var registered = 0
    /// People already numbered, by day of birth and sex; the days begin in 1900.
    private var bornOn = [UInt16](repeating: 0, count: 2 * 60_000)

    mutating func credential() -> Int {
        defer { registered += 1 }
        return registered
    }

    /// Twenty digits that say nothing about the person.
    ///
    /// The factor has no divisor in common with 10^14, so no two people share a number.
    static func personNumber(of credential: Int) -> PersonNumber {
        let mixed = (credential + 1) * 7_385_609_310_277 % 100_000_000_000_000
        guard let number = PersonNumber(rawValue: Figures.county + digits(mixed, 14)) else {
            preconditionFailure("twenty digits are a person number")
        }
        return number
    }

    mutating func identity(born day: Day, _ sex: Sex) -> IdentityNumber {
        let slot = (day.number + 25_567) * 2 + (sex == .male ? 1 : 0)
        let count = Int(bornOn[slot])
        bornOn[slot] += 1
        precondition(count < 500, "no more than 500 births of one sex on a day")
        // 187 and 500 share no divisor: the order numbers differ and do not look counted.
        let order = (count * 187 + (day.number + 25_567) * 37) % 500 * 2 + (sex == .male ? 1 : 0)
        let (year, month, date) = day.parts
        let birth = digits(year * 10_000 + month * 100 + date, 8)
        do {
            return try IdentityNumber(first17: Figures.county + birth + digits(order, 3))
        } catch {
            preconditionFailure("a made number is valid: \(error)")
        }
    }
}

/// One person of a household before the county numbers them.
struct Draft {
    var kin: Kin
    var sex: Sex
    var birth: Day
    var name: Spelled
    var scheme = Scheme.resident
    var titles: [Title] = []
    var recognitions: [Recognition] = []
    var coverage = Coverage(paidYears: [])
    var account = Money.zero
    var familyDoctor = false
}

extension Draft {
    func registered(in home: Home, by registrar: inout Registrar) -> Member {
        let credential = registrar.credential()
        var member = Member(
            number: Registrar.personNumber(of: credential),
            identity: registrar.identity(born: birth, sex),
            name: name.text, initials: name.initials, scheme: scheme,
            home: home, coverage: coverage, credential: credential)
        member.titles = titles
        member.recognitions = recognitions
        member.account = account
        member.familyDoctor = familyDoctor
        return member
    }
}
