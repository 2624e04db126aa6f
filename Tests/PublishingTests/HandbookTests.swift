import Foundation
import Hosting
import Publishing
import Rules
import SmallCounty
import Testing
import Vocabulary

/// The handbook of a region says what its parameters say, in words, and computes its examples.
@Suite struct HandbookTests {
    private static let root = URL(fileURLWithPath: SmallCounty.fixtures).deletingLastPathComponent()
    private static let rules = SmallCounty.fixtures + "/rules"

    private static func book(_ region: String) throws -> Rulebook {
        try Rulebook.parse(region: region, files: readRuleFolder("\(rules)/\(region)"))
    }

    private static func text(_ region: String) throws -> String {
        let book = try book(region)
        return handbook(of: book, on: book.handbookDay)
    }

    /// A region of a few files, as they would be written.
    private func small(_ values: [String: (unit: String, value: String)]) throws -> Rulebook {
        let files = values.map { path, content in
            (
                path + ".yaml",
                """
                description: 甲县\(path)
                unit: \(content.unit)
                reviewed_on: 2026-11-22
                values:
                  - from: 2025-01-01
                    value: \(content.value)
                    source: 甲县文件 1 号
                """
            )
        }
        return try Rulebook.parse(region: "small", files: Dictionary(uniqueKeysWithValues: files))
    }

    @Test(arguments: ["seed-2025", "national-2025"])
    func `the handbook that is kept says what the parameters say`(region: String) throws {
        let file = "docs/rulebook/\(region).md"
        let kept = try String(
            contentsOf: Self.root.appendingPathComponent(file), encoding: .utf8)
        let isFresh = kept == (try Self.text(region))
        #expect(isFresh, "\(file) is not what the parameters say; run: make rulebook")
    }

    @Test func `every region's handbook names every source, works an example for each benefit`()
        throws
    {
        for region in try FileManager.default.contentsOfDirectory(atPath: Self.rules) {
            let book = try Self.book(region)
            let text = handbook(of: book, on: book.handbookDay)
            for parameter in book.all {
                for value in parameter.values {
                    let isNamed = text.contains(value.source)
                    #expect(isNamed, "\(region) \(parameter.path) \(value.from)")
                }
            }
            #expect(!text.contains("算不出例子"), "\(region)")
            for link in text.split(separator: "](#").dropFirst() {
                let anchor = link.prefix { $0 != ")" }
                let places = text.ranges(of: "<a id=\"\(anchor)\"></a>").count
                #expect(places == 1, "\(region) #\(anchor)")
            }
        }
    }

    /// Words of the rule files must not reach the clerk; what the sources quote may.
    @Test func `no word of the rule files is left untranslated`() throws {
        let allowed = [
            "seed-2025", "national-2025", "make rulebook", "pick", "C", "M", "N", "D", "O", "CT",
        ]
        for region in ["seed-2025", "national-2025"] {
            let lines = try Self.text(region).split(separator: "\n").filter { line in
                !line.hasPrefix("- 〔") && !line.contains("<a id=") && !line.contains("](#")
            }
            for line in lines {
                var rest = String(line)
                for word in allowed { rest = rest.replacing(word, with: "") }
                let letters = rest.filter { $0.isASCII && $0.isLetter }
                #expect(letters.isEmpty, "\(region): \(line)")
            }
        }
    }

    @Test func `the example is worked by the engine, step by step`() throws {
        let text = try handbook(
            of: small([
                "390/outpatient/deductible": ("yuan", "50.00"),
                "390/outpatient/rate": ("share", "0.40"),
                "common/own_share_class_b": ("share", "0.25"),
            ]), on: Day(number: 20_500))
        // 80 × 25% = 20; 120 + 60 = 180; 180 - 50 = 130; 130 × 40% = 52.
        for step in ["80.00 × 25% = 20.00", "130.00 × 40% = 52.00", "200.00 - 52.00 = 148.00"] {
            #expect(text.contains(step), "\(step)")
        }
        #expect(text.contains("基金付 52.00 元（基本医保统筹基金 52.00 元），个人负担 148.00 元"))
    }

    @Test func `the bill grows until the fund pays something`() throws {
        let text = try handbook(
            of: small([
                "390/outpatient/deductible": ("yuan", "300.00"),
                "390/outpatient/rate": ("share", "0.40"),
            ]), on: Day(number: 20_500))
        #expect(text.contains("甲类 2000.00 元"))
        #expect(text.contains("1700.00 × 40% = 680.00"))
    }

    struct Wording: Sendable {
        let value: String
        let says: [String]
    }

    static let wordings = [
        Wording(
            value: "{village: 0.6, township: 0.6, default: 0.4}",
            says: [
                "| 村卫生室、乡镇卫生院 | 60% |", "| 其他 | 40% |",
            ]),
        Wording(
            value: "[{when: {age: 60.., title: subsistence}, value: 0.7}, {value: 0.5}]",
            says: [
                "年龄 60 岁及以上", "低保对象", "| 其他 | 50% |",
            ]),
        Wording(
            value: "[{when: {age: 18..59}, value: 0.7}, {when: {age: ..17}, value: 0.8}]",
            says: [
                "| 年龄 18 至 59 岁 | 70% |", "| 年龄 17 岁及以下 | 80% |",
            ]),
        Wording(
            value: "[{when: {title: veteran}, value: 0.7}, {value: 0.5}]",
            says: [
                "| veteran | 70% |"
            ]),
        Wording(
            value: "[{up_to: 3000.00, value: 0.5}, {up_to: 5000.50, value: 0.6}, {value: 0.7}]",
            says: [
                "| 3000 元及以下的部分 | 50% |", "| 3000 元以上至 5000.50 元的部分 | 60% |",
                "| 5000.50 元以上的部分 | 70% |",
            ]),
        Wording(
            value:
                "[{when: {item: \"implant*\"}, value: 0.5}, {when: {title: own_title}, value: 0.6}]",
            says: ["| 项目 implant 开头 | 50% |", "| own\\_title | 60% |"]),
        Wording(
            value: "[{when: {disease: \"E10*\"}, value: 0.5}, {value: 0.5}]", says: ["| 50% |"]),
    ]

    @Test(arguments: wordings)
    func `a value is told by its circumstances`(wording: Wording) throws {
        let text = try handbook(
            of: small(["390/outpatient/rate": ("share", wording.value)]), on: Day(number: 20_500))
        for words in wording.says { #expect(text.contains(words), "\(words)\n\(text)") }
    }

    @Test func `a day before the first value is told, not guessed`() throws {
        let rules = try small(["390/outpatient/rate": ("share", "0.40")])
        let text = handbook(of: rules, on: Day(number: 10_000))
        #expect(text.contains("还没有执行"))
        #expect(!text.contains("40%"))
    }

    @Test func `it speaks for the day after the newest value`() throws {
        let rules = try small(["390/outpatient/rate": ("share", "0.40")])
        #expect("\(rules.handbookDay)" == "2025-01-02")
    }
}
