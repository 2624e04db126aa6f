import Foundation
import SmallCounty
import Testing
import Vocabulary

@testable import Cataloguing

@Suite struct TermsTests {
    static let header =
        "编码,名称,甲乙类,先行自付比例,职工先行自付比例,限价,村卫生室限价,单价,费用类别,开始日期,结束日期,替代编码,限定支付范围,限定诊断,基药,集采"

    private func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

    private func items(_ rows: String...) throws -> [CatalogueItem] {
        try CatalogueItem.table(csv: ([Self.header] + rows).joined(separator: "\n"))
    }

    private func faults(_ rows: String...) -> [CatalogueFault] {
        do {
            _ = try CatalogueItem.table(csv: ([Self.header] + rows).joined(separator: "\n"))
            return []
        } catch { return error.faults }
    }

    @Test func `the catalogue of before reads as before`() throws {
        let text = try String(
            contentsOfFile: SmallCounty.fixtures + "/catalogue/items.csv", encoding: .utf8)
        let items = try CatalogueItem.table(csv: text)
        #expect(items.count == 376)
        #expect(items.allSatisfy { $0.ownShares.isEmpty && $0.priceLimits.isEmpty })
        let first = try #require(items.first)
        #expect(first.has(.essential) && first.has(.central))
        #expect(first.priceLimit == Money(fen: 420))
        #expect(first.priceLimit(at: .village) == Money(fen: 420))
    }

    @Test func `shares by scheme and limits by level`() throws {
        let item = try #require(
            try items("X1,安和颗粒,乙类,10%,0.05,12.60,9.90,8.80,西药费,2025/1/1,,,限二级,E11;E14,是,0").first)
        #expect(item.itemClass == .b)
        #expect(item.ownShare(of: .resident) == Share("0.1"))
        #expect(item.ownShare(of: .employee) == Share("0.05"))
        #expect(item.priceLimit(at: .village) == Money(fen: 990))
        #expect(item.priceLimit(at: .third) == Money(fen: 1260))
        #expect(item.has(.essential) && !item.has(.central))
        #expect(item.isOpened(by: ["I10.x00", "E11.900"]) == true)
        #expect(item.isOpened(by: ["I10.x00"]) == false)
    }

    @Test func `a row of the bulletin holds nothing empty and comes back the same`() throws {
        let item = try #require(
            try items("X1,安和颗粒,乙类,10%,0.05,12.60,9.90,8.80,09,2025-01-01,2026-01-01,X2,限二级,E11,1,1")
                .first)
        let bytes = try CompactJSON.encode(item)
        #expect(try CompactJSON.decode(CatalogueItem.self, from: bytes) == item)
        let bare = CatalogueItem(
            code: "X", name: "甲", itemClass: .a, ownShare: .zero, priceLimit: nil,
            price: Money(fen: 1), feeType: .other, validFrom: day("2025-01-01"))
        let text = String(decoding: try CompactJSON.encode(bare), as: UTF8.self)
        #expect(!text.contains("\"\"") && !text.contains("[]") && !text.contains("{}"))
        #expect(try CompactJSON.decode(CatalogueItem.self, from: Array(text.utf8)) == bare)
    }

    @Test func `a limit of a level nobody knows is refused`() throws {
        let text =
            #"{"chrgitm_lv":"01","med_chrgitm_type":"09","med_list_codg":"X","name":"甲","pric":1,"pric_uplmt_by_hosp_lv":{"9":1},"selfpay_prop":0,"valid_from":"2025-01-01"}"#
        #expect(throws: (any Error).self) {
            try CompactJSON.decode(CatalogueItem.self, from: Array(text.utf8))
        }
    }

    // Code A ends on 30 June and becomes B, which is dearer from September on and becomes C.
    @Test(arguments: [
        ("2025-06-30", "A", 100), ("2025-07-01", "B", 200), ("2025-09-01", "B", 300),
        ("2026-01-01", "C", 400),
    ]) func `an old code resolves to its successor`(_ on: String, _ code: String, _ fen: Int) throws
    {
        let catalogue = Catalogue(
            try items(
                "A,安和,甲,0,,,,1,09,2025-01-01,2025-06-30,B,,,,",
                "B,安和,甲,0,,,,2,09,2025-07-01,,,,,,",
                "B,安和,甲,0,,,,3,09,2025-09-01,2025-12-31,C,,,,",
                "C,安和,甲,0,,,,4,09,2026-01-01,,,,,,"))
        let item = catalogue.item("A", day(on))
        #expect(item?.code == code)
        #expect(item?.price == Money(fen: fen))
    }

    @Test func `an item that ended without successor is gone`() throws {
        let catalogue = Catalogue(try items("A,安和,甲,0,,,,1,09,2025-01-01,2025-06-30,,,,,"))
        #expect(catalogue.item("A", day("2025-06-30")) != nil)
        #expect(catalogue.item("A", day("2025-07-01")) == nil)
    }

    @Test func `all faults of all rows are told, with what stands there`() {
        let found = faults(
            "X1,安和,丁,0.1,,,,1,09,2025-01-01,,,,,,",
            "X2,,甲,2,,-1,,abc,99,2025-13-01,2024-01-01,X9,,,或许,",
            "编 码,安和,甲,0,,,,1,09,2025-02-01,2025-01-01,,,,,",
            "X1,安和,甲,0,,,,1,09,2025-01-01,,X2,,,,",
            "X4,安和,甲,0,,,,1,09,2025-01-01,,,,,,", "X4,安和,甲,0,,,,2,09,2025-01-01,,,,,,")
        let told = found.map { "\($0.row) \($0.column) \($0.problem.rawValue)" }
        #expect(
            told == [
                "2 甲乙类 notAClass", "3 名称 empty", "3 先行自付比例 notAShare", "3 单价 notAnAmount",
                "3 费用类别 notAFeeType", "3 开始日期 notADay", "3 限价 notAnAmount", "4 编码 notACode",
                "5 替代编码 replacedWithoutEnd", "7 编码 twice",
            ])
        #expect(found[0].found == "丁")
    }

    @Test func `codes replaced in a circle are refused`() {
        let found = faults(
            "A,安和,甲,0,,,,1,09,2025-01-01,2025-06-30,B,,,,",
            "B,安和,甲,0,,,,1,09,2025-01-01,2025-06-30,A,,,,")
        #expect(found.map(\.problem) == [.replacedInCircle, .replacedInCircle])
        #expect(found.map(\.row) == [2, 3])
    }

    @Test func `a missing column is named with the headings that would do`() throws {
        #expect {
            _ = try CatalogueItem.table(csv: "编码,名称,医保编码\nX,甲,Y")
        } throws: { error in
            let faults = (error as? CatalogueFaults)?.faults ?? []
            return faults.first?.problem == .columnTwice
                && faults.contains { $0.column == "price" && $0.expected.contains("单价") }
        }
    }
}
