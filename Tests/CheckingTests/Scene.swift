import Foundation
import Identifying
import Rules
import Synchronization
import Testing
import Vocabulary

@testable import Checking

/// A synthetic person at a village clinic on a day, under the seed region's rules; a test changes
/// what it is about.
struct Scene {
    var encounter: Encounter
    var files: [String: String]
    var knowledge: [KnowledgePoint] = []
    var stage = Stage.settling

    static let day = dayOf("2025-06-02")

    /// - Parameters:
    ///   - birth: eight digits.
    ///   - sex: the seventeenth digit of the identity number, odd for men.
    init(birth: String = "19630512", sex: Int = 2, day: Day = Scene.day) throws {
        let person = try Scene.member("1", birth: birth, sex: sex)
        encounter = Encounter(
            member: person, eligibility: .covered, day: day, kind: .outpatient, items: [],
            history: [])
        files = try Scene.seedFiles()
    }

    static func member(_ number: String, birth: String, sex: Int) throws -> Member {
        let identity = try IdentityNumber(first17: "999999\(birth)00\(sex)")
        return Member(
            number: try #require(PersonNumber(rawValue: number)), identity: identity, name: "某人",
            initials: "mr", scheme: .resident,
            home: Home(
                township: "999999001", village: "某村", group: 1, household: "1", isHead: true),
            coverage: Coverage(paidYears: [2025]), credential: 1)
    }

    mutating func set(_ path: String, _ value: String, unit: String = "word") {
        files["review/\(path).yaml"] = """
            description: 测试
            unit: \(unit)
            reviewed_on: 2026-11-20
            values:
              - from: 2025-01-01
                value: \(value)
                source: 测试
            """
    }

    /// Parsed once for every set of files: many seeds ask for the same.
    var rules: Rulebook {
        get throws {
            try Scene.parsed.withLock { parsed in
                if let known = parsed[files] { return known }
                let rules = try Rulebook.parse(region: "test", files: files)
                parsed[files] = rules
                return rules
            }
        }
    }

    private static let parsed = Mutex<[[String: String]: Rulebook]>([:])

    func findings() throws -> [Finding] {
        try check(encounter, at: stage, by: try rules, knowing: KnowledgeBase(knowledge))
    }

    /// "stop supplyTooLong 1": what was found, in the order of the screen.
    func found() throws -> [String] {
        try findings().map { finding in
            "\(finding.severity.rawValue) \(finding.check.rawValue)"
                + (finding.line.map { " \($0)" } ?? "")
        }
    }

    static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

    /// The seed region's review rules as they are shipped.
    static func seedFiles() throws -> [String: String] {
        let root = fixtures.appendingPathComponent("rules/seed-2025").path
        var files: [String: String] = [:]
        for case let path as String in try #require(FileManager.default.enumerator(atPath: root))
        where path.hasSuffix(".yaml") {
            files[path] = try String(contentsOfFile: root + "/" + path, encoding: .utf8)
        }
        return files
    }
}

func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

private func dayOf(_ text: String) -> Day { day(text) }

/// Beijing time on a day.
func at(_ clock: String, on day: Day = Scene.day) -> Instant {
    let parts = clock.split(separator: ":").compactMap { Int($0) }
    return Instant(startOf: day).adding(seconds: parts[0] * 3600 + parts[1] * 60)
}

/// A line: 09 is a western medicine, 05 a treatment, 12 the consult fee, 08 supplies.
func item(
    _ code: String, _ fee: String = "09", days: Int? = nil, price: Int = 500, limit: Int? = nil,
    count: Int = 1, traces: [String] = []
) -> Encounter.Item {
    var item = Encounter.Item(
        code: code, feeType: FeeType(rawValue: fee) ?? .other, price: Money(fen: price),
        priceLimit: limit.map { Money(fen: $0) }, days: days)
    item.quantity = Quantity(count)
    item.traces = traces
    return item
}

func had(
    _ code: String, _ fee: String = "09", days: Int? = nil, ago: Int, count: Int = 1
) -> Encounter.Dispensed {
    Encounter.Dispensed(
        day: Scene.day.adding(days: -ago), code: code, feeType: FeeType(rawValue: fee) ?? .other,
        days: days, quantity: Quantity(count))
}

func point(
    _ code: String, _ kind: KnowledgePoint.Kind, _ value: String, _ window: Window? = nil
) -> KnowledgePoint {
    KnowledgePoint(code, kind, value, per: window, source: "测试")
}
