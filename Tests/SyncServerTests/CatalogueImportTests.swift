import Cataloguing
import Foundation
import Hosting
import Merging
import Publishing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// From a downloaded file to the ledger's prices.
@Suite struct CatalogueImportTests {
    /// A row of 1305 (医疗服务项目), 19 columns.
    private func services(_ rows: [(String, String)]) -> [UInt8] {
        let lines = rows.map { code, name in
            (1...19).map { column in
                [1: code, 3: "次", 7: "1", 10: name, 12: "2021-03-01"][column] ?? "null"
            }.joined(separator: "\t")
        }
        return Array(lines.joined(separator: "\n").utf8)
    }

    @Test func `an import is published, released, and prices the ledger`() async throws {
        let county = try await TestCounty()
        let imported = ImportedCatalogue(office: county.office.folder)
        try imported.keep(
            try CatalogueFile(
                name: "1305.txt", bytes: services([("009900000000001", "虚构推拿")]), kind: nil))
        let terms = """
            编码,名称,甲乙类,自付比例,居民自付比例,单价,费用类别,开始日期
            XZ99AAA0001,安和颗粒,乙,0.2,0.1,8.00,西药费,2025-01-01
            """
        try imported.keep(
            try CatalogueFile(name: "a.csv", bytes: Array(terms.utf8), kind: nil))
        let (clerk, other) = (TestCounty.clerks[0], TestCounty.clerks[1])
        _ = try await county.office.publishImported(
            ImportedInput(by: clerk.0, pin: clerk.1))
        _ = try await county.office.release(by: other.0, pin: other.1)
        let catalogue = await county.office.policy.catalogue
        let day = county.office.today
        #expect(catalogue.item("XZ99AAA0001", day)?.ownShare(of: .resident) == Share("0.1"))
        let named = try #require(catalogue.item("009900000000001", day))
        #expect(named.name == "虚构推拿" && named.itemClass == .outside && named.unit == "次")
        // What the table does not name is no longer the county's.
        #expect(catalogue.item("XC08CAQ866A001010199001", day) == nil)
        // What is kept of the other kinds stays: nothing was imported in its place.
        let content = try #require(try Office.content(county.office.store))
        #expect(content.diagnoses.count == 329)
        #expect(content.directories.map(\.kind) == [.services])
    }

    @Test func `the person who releases sees what the lists and terms change`() throws {
        let small = try SmallCounty()
        let before = try small.content()
        var after = before
        after.directories = [Directory(.services, [DirectoryEntry(code: "1", name: "虚构推拿")])]
        after.catalogue[0].ownShares = [.employee: .zero]
        after.catalogue[0].restriction = "限二级"
        let changes = try PolicyDifference(before: before, after: after).changes()
        #expect(changes.contains { $0.name == "医疗服务项目目录" && $0.after == "1 条" })
        #expect(
            changes.contains {
                $0.after.contains("职工先自付 0%") && $0.after.contains("限制范围 限二级")
            })
    }

    @Test func `every problem has words and a remedy`() {
        for problem in CatalogueFault.Problem.allCases {
            let fault = CatalogueFault(file: "a.txt", row: 3, column: "单价", problem, found: "x")
            let sentence = Texts.sentence(fault)
            #expect(sentence.hasPrefix("a.txt 第 3 行 单价：“x”"))
            #expect(sentence.hasSuffix("。") && Texts.remedy(fault).hasPrefix("请"))
        }
    }
}
