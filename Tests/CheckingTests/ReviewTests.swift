import Rules
import Testing
import Vocabulary

@testable import Checking

@Suite struct ReviewTests {
    @Test func `every shipped rule is understood, and every rule there is logic for is shipped`()
        throws
    {
        let files = try Scene.seedFiles()
        let rules = try Rulebook.parse(region: "seed", files: files)
        #expect(reviewFaults(rules, files: files) == [])
        for check in Check.allCases {
            #expect(rules.hasFolder(check.folder), "\(check.folder)")
        }
    }

    @Test func `a stage is named in the table or has no voice`() throws {
        var scene = try Scene()
        scene.encounter.items = [item("A", days: 20)]
        scene.set("supply_too_long/severity", "{entering: warn, settling: stop}")
        #expect(try scene.found() == ["stop supplyTooLong 1"])
        scene.stage = .entering
        #expect(try scene.found() == ["warn supplyTooLong 1"])
        scene.set("supply_too_long/severity", "{settling: stop}")
        #expect(try scene.found() == [])
    }

    @Test func `a severity may depend on the visit`() throws {
        var scene = try Scene()
        scene.encounter.items = [item("A", days: 20)]
        scene.set(
            "supply_too_long/severity",
            "[{when: {level: village}, value: stop}, {value: report}]")
        #expect(try scene.found() == ["stop supplyTooLong 1"])
        scene.encounter.level = .township
        #expect(try scene.found() == ["report supplyTooLong 1"])
    }

    @Test func `a finding cites the figure and says who set it`() throws {
        var scene = try Scene()
        scene.encounter.items = [item("A", days: 8)]
        let finding = try #require(try scene.findings().first)
        #expect(finding.evidence == ["days": "8", "limit": "7"])
        #expect(finding.citation?.parameter == "review/supply_too_long/days")
        scene.encounter.items = [item("A")]
        scene.knowledge = [
            KnowledgePoint("A", .sex, "1", batch: 1, source: "第一批")
        ]
        #expect(try scene.findings().first?.citation?.source == "第一批")
    }

    @Test func `a missing figure is named, not guessed`() throws {
        var scene = try Scene()
        scene.files["review/too_many_drugs/drugs.yaml"] = nil
        #expect(throws: RulebookFault.missing(parameter: "review/too_many_drugs/drugs")) {
            try scene.found()
        }
    }

    @Test func `all faults of a review folder come at once with file, line and remedy`() throws {
        var scene = try Scene()
        scene.set("too_many_drugs/severity", "loud")
        scene.set("second_consult_fee/window", "fortnight")
        scene.set("age_mismatch/groups", "{child: young}")
        scene.set("same_day_elsewhere/severity", "{entering: warn}")
        scene.set("many_cards/colour", "red")
        scene.set("no_such_rule/severity", "warn")
        scene.files["review/night_settlement/to_hour.yaml"] = nil
        let faults = reviewFaults(try scene.rules, files: scene.files)
        let found = faults.map { "\($0.file):\($0.line) \($0.message)" }
        #expect(
            found == [
                "review/age_mismatch/groups.yaml:6 \"young\" does not suit groups",
                "review/many_cards/colour.yaml:1 manyCards reads no figure \"colour\"",
                "review/night_settlement/to_hour.yaml:1 the file is missing",
                "review/no_such_rule/severity.yaml:1 no rule \"review/no_such_rule\"",
                "review/same_day_elsewhere/severity.yaml:6 \"entering\" does not suit severity",
                "review/second_consult_fee/window.yaml:6 \"fortnight\" does not suit window",
                "review/too_many_drugs/severity.yaml:6 \"loud\" does not suit severity",
            ])
        #expect(faults.allSatisfy { !$0.remedy.isEmpty })
    }

    /// A busy bill with something for most rules; its lines in any order are the same bill.
    @Test(arguments: 0..<200) func `the order of lines changes nothing`(seed: Int) throws {
        var chance = Chance(seed: UInt64(seed))
        var scene = try Scene(day: day("2026-06-01"))
        let codes = ["A", "B", "C", "D", "E", "001102000010000", "001204990020000", "C1402X"]
        let fees = ["09", "11", "05", "06", "08", "12", "05", "08"]
        scene.encounter.items = (0..<Int.random(in: 1...9, using: &chance)).map { _ in
            let place = Int.random(in: 0..<codes.count, using: &chance)
            return item(
                codes[place], fees[place],
                days: [nil, 5, 20, 90].randomElement(using: &chance) ?? 5,
                price: [300, 500].randomElement(using: &chance) ?? 300, limit: 400,
                traces: Bool.random(using: &chance) ? ["81234567890123456789"] : [])
        }
        scene.encounter.diagnoses = ["N40.x00"]
        scene.knowledge = [
            point("A", .sex, "1"), point("B", .age, "child"), point("C", .repeated, "D", .day),
            point("E", .repeated, "D", .visit), point("D", .operation, "x"),
            point("E", .operation, "x"), point("C", .frequency, "1", .day),
            point("A", .course, "14"), point("B", .diagnosis, "E11*"), point("A", .level, "2"),
        ]
        let first = try scene.meaning()
        scene.encounter.items.shuffle(using: &chance)
        scene.knowledge.shuffle(using: &chance)
        #expect(try scene.meaning() == first)
    }
}

extension Scene {
    /// What is found, told by the items instead of the places of their lines.
    fileprivate func meaning() throws -> [String] {
        try findings().map { finding in
            let item = finding.line.map { encounter.items[$0 - 1] }
            let evidence = finding.evidence.sorted { $0.key < $1.key }
            return "\(finding.check) \(finding.severity) \(item?.code ?? "") "
                + "\(item?.price.fen ?? 0) \(evidence)"
        }.sorted()
    }
}

/// Numbers from a seed (splitmix64).
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
