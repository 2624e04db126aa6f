import Foundation
import SmallCounty
import Testing
import Vocabulary

@testable import Cataloguing

/// Public lists at their real size, where the machine has them: SHARED_DATA, or beside the checkout.
@Suite struct RealListsTests {
    static let folder =
        ProcessInfo.processInfo.environment["SHARED_DATA"]
        ?? URL(fileURLWithPath: SmallCounty.fixtures).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/data").path

    static func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + name)
    }

    private func read(_ name: String, _ kind: CatalogueFile.Kind?) throws -> CatalogueFile {
        let data = try Data(contentsOf: URL(fileURLWithPath: Self.folder + "/" + name))
        return try CatalogueFile(name: name, bytes: Array(data), kind: kind)
    }

    @Test(.enabled("the public ICD-10 list is not here") { has("icd10-nhsa-2.0.csv") })
    func `ICD-10 is imported whole`() throws {
        guard case .diagnoses(let rows, _) = try read("icd10-nhsa-2.0.csv", .diagnoses) else {
            throw Samples.Failed()
        }
        #expect(rows.count == 30_501)
        #expect(rows.allSatisfy { !$0.initials.isEmpty })
        #expect(rows.contains { $0.code == "A15.000x010" && $0.name.contains(",") })
    }

    @Test(.enabled("the public list of drug codes is not here") { has("drug-codes.csv") })
    func `drug codes are imported whole`() throws {
        guard case .list(let directory, _) = try read("drug-codes.csv", .list(.drugs)) else {
            throw Samples.Failed()
        }
        #expect(directory.count == 13_738)
        let entry = directory.entry("XA02AXX095A001010103357", on: Samples.today)
        #expect(entry?.name == "小儿大黄碳酸氢钠片")
        let index = DirectoryIndex(directory)
        #expect(
            index.matches("xedhtsqnp", on: Samples.today, limit: 1).map(\.entry.name)
                == ["小儿大黄碳酸氢钠片"])
    }

    @Test(
        .enabled("the public list of chronic diseases is not here") {
            has("chronic-disease-codes.csv")
        })
    func `chronic diseases are recognised and imported whole`() throws {
        guard case .list(let directory, _) = try read("chronic-disease-codes.csv", nil) else {
            throw Samples.Failed()
        }
        #expect(directory.kind == .chronicDiseases && directory.count == 46)
    }

    @Test(.enabled("the public list of services is not here") { has("service-items.csv") })
    func `services are imported whole`() throws {
        guard case .list(let directory, _) = try read("service-items.csv", .list(.services)) else {
            throw Samples.Failed()
        }
        #expect(directory.count == 2_333)
    }

    /// The interface's own table of columns: what a layout calls a code or a name is called so.
    @Test(
        .enabled("the interface's columns are not here") {
            has("interface-catalogue-columns.csv")
        }, arguments: ListKind.allCases)
    func `columns are those of the interface`(_ kind: ListKind) throws {
        let text = try String(
            contentsOfFile: Self.folder + "/interface-catalogue-columns.csv", encoding: .utf8)
        let table = try CSVTable(text, needs: ["infno", "col", "name"])
        let names = table.rows.filter { $0[0] == kind.rawValue }.map { $0[3] }
        let layout = kind.layout
        #expect(names.count == layout.columns)
        #expect(names[layout.code - 1].contains("代码") || names[layout.code - 1].contains("编码"))
        for column in layout.names + layout.aliases {
            #expect(names[column - 1].contains("名"), "\(names[column - 1])")
        }
        if let column = layout.inForce { #expect(names[column - 1] == "有效标志") }
        if let column = layout.from {
            #expect(["开始日期", "开始时间", "生效时间"].contains(names[column - 1]))
        }
        if let column = layout.to { #expect(["结束日期", "结束时间", "失效时间"].contains(names[column - 1])) }
        if let column = layout.mnemonic { #expect(names[column - 1] == "拼音助记码") }
        if let column = layout.maker { #expect(names[column - 1] == "生产企业名称") }
        if let column = layout.restriction { #expect(names[column - 1].contains("范围")) }
        for column in layout.unit { #expect(names[column - 1].contains("单位")) }
        for column in layout.specification {
            #expect(names[column - 1].contains("规格"), "\(names[column - 1])")
        }
    }
}
