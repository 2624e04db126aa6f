import Foundation
import Hosting
import Identifying
import Rules
import SmallCounty
import Testing
import Vocabulary
import Yams

/// The published examples of `Fixtures/examples/contributions.yaml`.
struct Examples: Decodable {
    let due: [DueExample]
    let funding: [FundingExample]
    let waiting: [WaitingExample]
    let incentive: [IncentiveExample]
    let credit: [CreditExample]
    let deadlines: [DeadlineExample]

    static let all: Examples = {
        do {
            let bytes = try readFile(SmallCounty.fixtures + "/examples/contributions.yaml")
            return try YAMLDecoder().decode(Examples.self, from: Data(bytes))
        } catch {
            fatalError("Fixtures/examples/contributions.yaml: \(error)")
        }
    }()
}

/// Shown by its id in the output of the tests.
protocol Example: Decodable, Sendable, CustomTestStringConvertible {
    var id: String { get }
}

extension Example {
    var testDescription: String { id }
}

/// An amount as the examples write it.
struct Yuan: Decodable, Sendable, Equatable {
    let money: Money

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let money = Money(yuan: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: text)
        }
        self.money = money
    }
}

/// "2025..2030".
struct Years: Decodable, Sendable {
    let years: [Int]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        let ends = text.split(separator: ".").compactMap { Int($0) }
        guard ends.count == 2, ends[0] <= ends[1] else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: text)
        }
        years = Array(ends[0]...ends[1])
    }
}

struct DueExample: Example {
    let id, region: String
    let year: Int
    let titles: [String]
    let tier: String?
    let birth, on: Day?
    let relief, pays: Yuan
    let extra, not: Yuan?
}

struct FundingExample: Example {
    let id, region: String
    let year: Int
    let individual, fiscal, total: Yuan
    let percent: Int
}

struct WaitingExample: Example {
    let id, region: String
    let `switch`: [String: String]?
    let missed: [Int]
    let repaired: [Int]?
    let joins: Int
    let paid, from: Day
    let months: Int
    let not: Int?
}

struct IncentiveExample: Example {
    let id, region: String
    let ceiling, amount: Yuan
    let insured: Years
    let claimFree, used: Years?
    let gap: Int?
    let year: Int
}

struct CreditExample: Example {
    let id: String
    let pick: String?
    let age: Int
    let base, amount: Yuan
}

struct DeadlineExample: Example {
    let id, limit, from: String
    let moment: String?
    let day, lateFrom: Day?
    let uncertain: Bool?
}

/// A region's rules with some switches turned: file name to value.
func rulebook(_ region: String, _ switches: [String: String] = [:]) throws -> Rulebook {
    if switches.isEmpty, let whole = wholeRulebooks[region] { return whole }
    var files = try readRuleFolder(SmallCounty.fixtures + "/rules/" + region)
    for (name, value) in switches {
        let path = "390/contribution/\(name).yaml"
        let old = try #require(files[path], "\(region) has no \(name)")
        files[path] = old.replacing(#/    value: .*/#, with: "    value: \"\(value)\"")
    }
    return try Rulebook.parse(region: region, files: files)
}

/// Read once: hundreds of cases ask the same two regions.
private let wholeRulebooks: [String: Rulebook] = ["seed-2025", "national-2025"].reduce(into: [:]) {
    books, region in
    let files = try? readRuleFolder(SmallCounty.fixtures + "/rules/" + region)
    books[region] = files.flatMap { try? Rulebook.parse(region: region, files: $0) }
}

/// An invented member born on a day, with the years paid and nothing else.
func member(born: String = "1980-03-05", paid: [Int] = []) throws -> Member {
    let number = try #require(PersonNumber(rawValue: "41992500000000000001"))
    var member = Member(
        number: number, identity: try IdentityNumber(first17: "41992519800305001"), name: "甲",
        initials: "j", scheme: .resident,
        home: Home(
            township: "419925101", village: "黄坳村", group: 1, household: "1", isHead: true),
        coverage: Coverage(paidYears: paid), credential: 1)
    member.birth = try day(born)
    return member
}

func day(_ text: String) throws -> Day { try #require(Day(text)) }
