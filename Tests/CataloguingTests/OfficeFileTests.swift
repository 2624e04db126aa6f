import Foundation
import Testing
import Vocabulary

@testable import Cataloguing

@Suite struct OfficeFileTests {
    static let table = [
        ["国家编码", "项目名称", "等级备注", "甲乙丙类", "自付比例", "最高限价", "单价", "费用类别", "生效日期"],
        ["XZ01", "安和颗粒(Ⅱ)", "", "乙类", "0.1", "12.6", "3.8999999999999999", "西药费", "45658"],
        ["", "", "", "", "", "", "", "", ""],
        ["0011020", "一般诊疗", "x", "甲", "0", "", "10", "一般诊疗费", "2025-01-01"],
    ]

    private func faults(_ bytes: [UInt8], _ name: String = "目录.xlsx") -> [CatalogueFault] {
        do {
            _ = try CatalogueFile(name: name, bytes: bytes, kind: nil)
            return []
        } catch { return error.faults }
    }

    @Test func `a workbook gives the same items as the table it shows`() throws {
        let file = try CatalogueFile(
            name: "目录.xlsx", bytes: try Samples.workbook(Self.table), kind: nil)
        guard case .terms(let items) = file else { throw Samples.Failed() }
        #expect(items.map(\.code) == ["XZ01", "0011020"])
        #expect(items[0].price == Money(fen: 390))
        #expect(items[0].priceLimit == Money(fen: 1260))
        // Day count 45658 of a spreadsheet.
        #expect(items[0].validFrom == Day("2025-01-01"))
        #expect(items[0].initials == "ahkl")
        #expect(items[1].feeType == .generalConsult)
        let csv = Self.table.map { $0.joined(separator: ",") }.joined(separator: "\r\n")
            .replacing("3.8999999999999999", with: "3.90")
        guard
            case .terms(let same) = try CatalogueFile(
                name: "目录.csv", bytes: Array(("\u{FEFF}" + csv).utf8), kind: nil)
        else { throw Samples.Failed() }
        #expect(same == items)
    }

    @Test func `faults of a workbook name the row one sees, past empty rows`() throws {
        var table = Self.table
        table[3][3] = "戊"
        let found = faults(try Samples.workbook(table))
        #expect(found.map(\.row) == [4])
        #expect(found.first?.column == "甲乙丙类" && found.first?.found == "戊")
    }

    @Test func `a national file comes zipped`() throws {
        let zipped = try Samples.zip([("1301_3301.txt", Samples.drugs)])
        guard
            case .list(let directory, _) = try CatalogueFile(
                name: "download.zip", bytes: zipped, kind: nil)
        else { throw Samples.Failed() }
        #expect(directory.kind == .drugs && directory.count == Samples.names.count)
    }

    @Test func `an archive of two tables is not guessed at`() throws {
        let zipped = try Samples.zip([("1301.txt", Samples.drugs), ("1302.txt", Samples.drugs)])
        #expect(faults(zipped).map(\.problem) == [.notOneTable])
    }

    @Test func `an archive that unfolds without measure is refused`() throws {
        let bomb = try Samples.zip([("1301.txt", [UInt8](repeating: 0x41, count: 20_000_000))])
        #expect(bomb.count < 30_000)
        #expect(faults(bomb).map(\.problem) == [.tooLarge])
        var limits = ZipArchive.Limits()
        limits.files = 1
        #expect(throws: CatalogueFaults.self) {
            try ZipArchive(try Samples.zip([("a", [1]), ("b", [2])]), limits: limits)
        }
    }

    @Test func `entities and cut archives are refused`() throws {
        let doctype = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]>"
        #expect(
            faults(try Samples.workbook(Self.table, doctype: doctype)).map(\.problem)
                == [.suspicious])
        let whole = try Samples.workbook(Self.table)
        for count in stride(from: 4, to: whole.count, by: 97) {
            #expect(!faults(Array(whole.prefix(count))).isEmpty)
        }
        var random = Seeded(state: 3)
        for _ in 0..<200 {
            var damaged = whole
            damaged[Int.random(in: 4..<damaged.count, using: &random)] ^= 0x55
            // Any answer but a crash; the archive's checksums find nearly all of it.
            _ = faults(damaged)
        }
    }

    @Test(arguments: [
        ("编号,药名\n1,2\n", CatalogueFault.Problem.kindUnknown), ("", .kindUnknown),
        ("诊断编码,诊断名称\nA,甲\nA,甲\n", .twice), ("诊断编码,诊断名称\n", .noRows),
        ("诊断编码,诊断名称\nA,甲,乙\n", .width),
    ]) func `what is no catalogue is refused`(_ text: String, _ problem: CatalogueFault.Problem) {
        #expect(faults(Array(text.utf8), "a.csv").map(\.problem) == [problem])
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        let gbk: [UInt8] = [0xB1, 0xE0, 0xC2, 0xEB, 0x2C, 0xC3, 0xFB, 0x0A]
        #expect(faults(gbk, "a.csv").map(\.problem) == [.notUTF8])
    }

    @Test(arguments: [
        ("2025-01-01", "2025-01-01"), ("2025/1/1", "2025-01-01"), ("20250101", "2025-01-01"),
        ("2025.01.01", "2025-01-01"), ("2025-01-01 10:20:30", "2025-01-01"),
        ("45658", "2025-01-01"), ("2025-02-30", nil), ("25-1-1", nil), ("二月", nil), ("2025", nil),
    ]) func `days as offices write them`(_ text: String, _ expected: String?) {
        #expect(Cataloguing.day(text)?.description == expected)
    }
}
