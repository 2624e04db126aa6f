import DemoCounty
import Foundation
import Identifying
import Vocabulary

/// The fixtures beside the sources, wherever the tests are started.
let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures").path

func demoCounty(seed: UInt64 = 2026) throws -> County {
    guard let day = Day("2026-11-22") else { throw Unexpected.calendar }
    return County.generate(seed: seed, on: day, names: try NameBook(fixtures: fixtures))
}

enum Unexpected: Error { case calendar, enough }

/// Everything the tests ask of the whole county, gathered in one walk because a second one would
/// take as long again.
struct Survey: Sendable {
    let county: County
    private(set) var households = 0
    private(set) var people = 0
    private(set) var identities = Set<IdentityNumber>()
    private(set) var numbers = Set<PersonNumber>()
    private(set) var householdNumbers = Set<String>()
    private(set) var credentials: [Bool]
    private(set) var incoherent: [String] = []
    private(set) var perTownship: [String: Int] = [:]
    private(set) var counts: [String: Int] = [:]

    static let whole = Result { try Survey() }

    private init() throws {
        county = try demoCounty()
        credentials = Array(repeating: false, count: Figures.insured)
        county.forEachHousehold { note($0) }
    }

    private mutating func note(_ household: Household) {
        households += 1
        householdNumbers.insert(household.number)
        if let fault = household.fault { incoherent.append("\(household.number): \(fault)") }
        for member in household.members { note(member) }
    }

    private mutating func note(_ member: Member) {
        people += 1
        identities.insert(member.identity)
        numbers.insert(member.number)
        credentials[member.credential] = true
        perTownship[member.home.township, default: 0] += 1
        for trait in traits(of: member) { counts[trait, default: 0] += 1 }
    }

    private func traits(of member: Member) -> [String] {
        let coverage = member.coverage
        let year = county.day.year
        return member.titles.map(\.rawValue) + member.recognitions.map(\.disease)
            + [
                member.scheme.rawValue,
                member.familyDoctor ? "familyDoctor" : nil,
                coverage.died == nil ? nil : "died",
                coverage.moved == nil ? nil : "moved",
                coverage.suspended == nil ? nil : "suspended",
                coverage.waitingUntil == nil ? nil : "waiting",
                coverage.paidYears.contains(year) ? nil : "unpaid",
                coverage.paidYears.contains(year + 1) ? "paidAhead" : nil,
                county.day.days(since: member.birth) < 90 ? "newborn" : nil,
            ].compactMap { $0 }
    }
}

extension Household {
    /// What does not fit together, if anything.
    var fault: String? {
        guard members.filter(\.home.isHead).count == 1 else { return "not one head" }
        guard members.allSatisfy({ $0.home.household == number }) else { return "two numbers" }
        for (older, younger) in [(Kin.elder, Kin.adult), (.adult, .child), (.elder, .child)] {
            let gap = ages(of: younger, minus: older)
            if gap < 18 * 365 { return "\(older) only \(gap) days older than \(younger)" }
        }
        let surnames = Set(zip(members, kin).filter { $1 != .child }.compactMap { $0.0.name.first })
        let children = zip(members, kin).filter { $1 == .child }.compactMap { $0.0.name.first }
        return surnames.isSuperset(of: children) ? nil : "a child with a foreign surname"
    }

    /// Days between the youngest of one generation and the oldest of the next.
    private func ages(of younger: Kin, minus older: Kin) -> Int {
        let last = zip(members, kin).filter { $1 == older }.map(\.0.birth.number).max()
        let first = zip(members, kin).filter { $1 == younger }.map(\.0.birth.number).min()
        guard let last, let first else { return .max }
        return first - last
    }
}
