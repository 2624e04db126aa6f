import Foundation
import Rules
import Testing
import Vocabulary

@testable import Checking

@Suite struct KnowledgeTests {
    static let shipped = Scene.fixtures.appendingPathComponent("knowledge/points.csv")

    @Test func `the shipped table is read and written back the same`() throws {
        let text = try String(contentsOf: Self.shipped, encoding: .utf8)
        let points = try KnowledgePoint.table(csv: text)
        #expect(points.count > 40)
        #expect(try Set(KnowledgePoint.table(csv: KnowledgePoint.csv(points))) == Set(points))
        #expect(KnowledgePoint.csv(points) == KnowledgePoint.csv(points.reversed()))
    }

    @Test func `every group of the shipped table has a meaning`() throws {
        let text = try String(contentsOf: Self.shipped, encoding: .utf8)
        let rules = try Scene().rules
        let known = try rules.folder("review/age_mismatch").table("groups", on: Scene.day)
        let points = try KnowledgePoint.table(csv: text)
        for point in points
        where [.age, .ageForbidden].contains(point.kind) {
            #expect(known[point.value] != nil, "\(point)")
        }
    }

    @Test func `a comma and a quote survive`() throws {
        let odd = KnowledgePoint("A", .operation, "胃, \"肠\"", source: "甲,乙")
        #expect(try KnowledgePoint.table(csv: KnowledgePoint.csv([odd])) == [odd])
    }

    @Test func `all faults of a table come at once by row and column`() throws {
        let text = """
            code,kind,value,window,batch,source
            A,sex,3,,0,x
            ,colour,1,,0,x
            B,cycle,1,,0,x
            C,age,child,day,0,x
            D,level,2,,one,x
            E,frequency,0,day,0,
            """
        let faults = #expect(throws: TableFaults.self) { try KnowledgePoint.table(csv: text) }
        let found = faults?.faults.map { "\($0.row) \($0.column)" }
        #expect(
            found == [
                "2 value", "3 code", "3 kind", "4 window", "5 window", "6 batch", "7 source",
                "7 value",
            ])
    }

    /// 30,000 points and a bill of five lines, as a clinic's screen asks on every key.
    @Test func `a bill is checked against thirty thousand points in no time`() throws {
        let points = (0..<30_000).map { number in
            KnowledgePoint(
                "C\(number / 2)", number % 2 == 0 ? .sex : .age, number % 2 == 0 ? "1" : "child",
                source: "测试")
        }
        let base = KnowledgeBase(points)
        var scene = try Scene()
        scene.encounter.items = [1, 5_000, 9_000, 14_999, 20_000].map { item("C\($0)", days: 5) }
        let rules = try scene.rules
        var findings = 0
        let rounds = 200
        let time = try ContinuousClock().measure {
            for _ in 0..<rounds {
                findings += try check(scene.encounter, by: rules, knowing: base).count
            }
        }
        print("five lines, \(base.count) points: \(time / rounds) a bill")
        #expect(findings == 8 * rounds)
        #expect(time / rounds < .milliseconds(20))
    }
}

/// The national batches as published, read where they lie.
@Suite struct NationalBatchTests {
    static let folder =
        (ProcessInfo.processInfo.environment["SHARED_DATA"]
            ?? Scene.fixtures.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("shared/data").path) + "/review-rules"

    static func published() throws -> [String: String]? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            print("skipped: no published batches at \(folder); set SHARED_DATA")
            return nil
        }
        return try names.filter { $0.hasSuffix(".csv") }.reduce(into: [:]) { files, name in
            files[name] = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        }
    }

    @Test func `all eight batches are read whole`() throws {
        guard let files = try Self.published() else { return }
        let points = try nationalBatches(files)
        let counts = Dictionary(grouping: points) { "\($0.batch) \($0.kind.rawValue)" }
            .mapValues(\.count)
        #expect(
            counts == [
                "1 age": 4398 + 30, "1 sex": 6472 + 390, "2 operation": 378, "3 scheme": 112,
                "4 way": 736, "5 level": 962, "6 course": 1147, "7 repeated": 900,
                "8 frequency": 67, "8 cycle": 14, "8 course": 11, "8 age": 1,
            ])
        let text = KnowledgePoint.csv(points)
        #expect(try Set(KnowledgePoint.table(csv: text)) == Set(points))
        print("national batches: \(points.count) points, \(text.utf8.count) bytes as a table")
    }

    @Test func `a published point stops and warns as it says`() throws {
        guard let files = try Self.published() else { return }
        var scene = try Scene()
        scene.knowledge = try nationalBatches(files)
        // A prostate drug and a children's syrup for a woman of 62; an injection for hospitals.
        scene.encounter.items = [
            item("XL02BBA326A001010102180"), item("ZA04CAE0023010100166"),
            item("ZC01AAA0042010105549"),
        ]
        #expect(
            try scene.found() == [
                "stop levelTooLow 3", "stop sexMismatch 1", "warn ageMismatch 2",
            ])
    }

    @Test func `faults of all files come at once`() throws {
        let files = [
            "a.csv": "药品通用名,药品说明,限定类型,限定对象\n甲,,限定性别对象,男\n丁,,限定性别对象,中\n",
            "b.csv": "药品通用名,序号,药品代码,限定类型\n乙,1,XL02BBA326A001010102180,限定性别对象\n",
            "c.csv": "序号,项目名称,备注,项目代码\n1,丙,从不,003402000320000\n合计,,,\n2,丙,支付不超过30天。,x\n",
            "d.csv": "甲,乙\n1,2\n",
        ]
        let faults = #expect(throws: BatchFaults.self) { try nationalBatches(files) }
        #expect(
            faults?.faults.map { "\($0.file) \($0.fault.row) \($0.fault.column)" } == [
                "a.csv 3 限定类型", "c.csv 2 备注", "c.csv 4 项目代码", "d.csv 1 甲",
                "b.csv 2 药品通用名", "a.csv 2 药品通用名",
            ])
    }
}
