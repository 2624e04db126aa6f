import Checking
import Foundation
import HTTPTypes
import Identifying
import Journaling
import Publishing
import SmallCounty
import Testing
import Vocabulary

@testable import SyncServer

/// The review after the merge, as the office sees it.
@Suite struct PagesFindingsTests {
    @Test func `two clinics on one day are listed with both entries, a voided visit is not`()
        async throws
    {
        try await withPages { test, browser in
            var browser = browser
            try await test.plant()
            _ = try await browser.signIn(PagesOffice.auditor)
            let page = try await browser.get("/findings")
            #expect(page.status == .ok)
            #expect(page.text.contains(Texts.counted(Texts.finding(.sameDayElsewhere), 1)))
            #expect(page.text.contains("/entries/K0001/2"))
            #expect(page.text.contains("/entries/K0002/2"))
            #expect(page.text.contains("李*华") && !page.text.contains("李桂华"))
            let before = try await browser.get("/findings?to=2026-11-21&days=1")
            #expect(!before.text.contains("/entries/"))
        }
    }

    @Test func `stays and purchases are imported and held against visits`() async throws {
        try await withPages { test, browser in
            var browser = browser
            try await test.plant()
            let li = try test.county.member(named: "李桂华")
            let folder = test.folder.path
            func take(_ name: String, _ text: String) async throws -> String {
                try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
                return try await test.office.importFile(folder + "/" + name, answers: nil).kind
            }
            #expect(
                try await take(
                    "a.csv",
                    "psn_no,begndate,enddate\n\(li.number.rawValue),2026-11-20,2026-11-25\n")
                    == "stays")
            #expect(
                try await take(
                    "b.csv",
                    "institution,med_list_codg,cnt,day\n"
                        + "H41992500001,\(PagesOffice.amlodipine),99,2026-11-01\n") == "purchases")
            _ = try await browser.signIn(PagesOffice.auditor)
            let page = try await browser.get("/findings?days=7").text
            #expect(page.contains(Texts.counted(Texts.finding(.visitInHospital), 2)))
            #expect(page.contains("2026-11-20 至 2026-11-25 在住院"))
            #expect(page.contains("苯磺酸氨氯地平片：售出 100，购进 99"))
            await #expect(throws: TableFaults.self) {
                try await take("c.csv", "psn_no,begndate,enddate\nx,2026-11-20,2026-11-19\n")
            }
        }
    }

    @Test func `rebuilding keeps the visits of a day, and a voided one stays away`() async throws {
        let test = try await PagesOffice()
        let kiosk = try await PagesKiosk(test, at: "H41992500001")
        let li = try test.county.member(named: "李桂华")
        try await kiosk.visit(li, packs: 1, price: 390)
        let second = try await kiosk.visit(li, packs: 2, price: 390)
        try kiosk.void(second, reason: "测试")
        try await kiosk.send()
        let shelved = try await ContentShelf().content(test.office)
        let content = try #require(shelved)
        func visits() throws -> Int {
            let today = test.office.today
            return try MergedReview(test.office.store, content)
                .findings(from: today, to: today).visits
        }
        #expect(try visits() == 1)
        let rebuilt = try await test.office.rebuild()
        #expect(rebuilt.unchanged)
        #expect(try visits() == 1)
    }

    @Test func `knowledge points are proposed, and rules without a meaning are refused`()
        async throws
    {
        let test = try await PagesOffice()
        let table = SmallCounty.fixtures + "/knowledge/points.csv"
        _ = try await test.office.publishKnowledge(
            KnowledgeInput(
                paths: [table, table], by: PagesOffice.first.0, pin: PagesOffice.first.1))
        _ = try await test.office.release(by: PagesOffice.second.0, pin: PagesOffice.second.1)
        let content = try #require(try Office.content(test.office.store))
        #expect(Set(content.knowledge).count == Set(try readKnowledge(table)).count)

        var wrong = content
        wrong.rules["review/supply_too_long/severity.yaml"] =
            (wrong.rules["review/supply_too_long/severity.yaml"] ?? "")
            .replacingOccurrences(of: "value: warn", with: "value: shout")
        await #expect(throws: (any Error).self) {
            try await test.office.propose(
                wrong, note: "", firstDay: nil, by: PagesOffice.first.0, pin: PagesOffice.first.1)
        }
    }
}
