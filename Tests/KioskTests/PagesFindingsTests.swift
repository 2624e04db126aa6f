import Checking
import DemoCounty
import Foundation
import Journaling
import Syncing
import SmallCounty
import Testing
import Vocabulary

@testable import Kiosk

private let trace = "81234567890123456789"

/// Findings of the review rules, as the doctor meets them.
@Suite struct PagesFindingsTests {
    /// Opens a visit of a person for high blood pressure with one line.
    private func open(
        _ pages: Pages, _ person: String, _ code: String, days: String = "", trace: String = ""
    ) async throws -> String {
        _ = try await pages.post("/visit/patient", ["scan": person])
        _ = try await pages.post("/visit/diagnosis", ["code": "I10.x00x002"])
        _ = try await pages.post("/visit/line", ["code": code, "days": days, "trace": trace])
        return try await pages.get("/visit").html
    }

    @Test func `a drug of the other sex stops, with the source and the next step`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            let html = try await open(pages, "李桂华", "XG04CAG694E001010199153")
            #expect(html.contains("只限男性用，请删去，并核对是不是本人。"))
            #expect(html.contains("说明书：用于前列腺增生"))
            #expect(!html.contains("data-key=\"F8\""))
            let refused = try await pages.settle(["tender": "cash"])
            #expect(refused.html.contains("只限男性用"))
        }
        #expect(try browser.test.desk.journal.read { try $0.latest(["visit"], limit: 1) }.isEmpty)
    }

    @Test func `a warning is passed with a reason that stands in the journal`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            let html = try await open(pages, "李桂华", "XA10BKX057A001010199033", days: "7")
            #expect(html.contains("诊断不在这种药的报销范围里"))
            _ = try await pages.post(
                "/visit/reason", ["finding": "diagnosisMissing/1", "reason": "心衰随访中"])
            let done = try await pages.settle(["tender": "cash"])
            #expect(done.location.hasPrefix("/visit?saved="))
        }
        let kept = try browser.test.desk.journal.read { try $0.latest(["visit"], limit: 1) }
        guard case .visit(let visit)? = kept.first?.fact else {
            Issue.record("no visit")
            return
        }
        #expect(visit.overrides == [Visit.Override(rule: "diagnosisMissing/1", reason: "心衰随访中")])
    }

    @Test func `a trace code is kept with its line, and a box is not sold twice unnoticed`()
        async throws
    {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            let first = try await open(
                pages, "李桂华", "XC08CAQ866A001010199001", days: "7", trace: trace)
            #expect(first.contains("追溯码 1 个"))
            #expect(!first.contains("没有扫追溯码"))
            _ = try await pages.settle(["tender": "cash"])
            let second = try await open(
                pages, "王大山", "XC08CAQ866A001010199001", days: "7", trace: trace)
            #expect(second.contains("追溯码 \(trace) 卖过一次了"))
        }
        let kept = try browser.test.desk.journal.read { try $0.latest(["visit"], limit: 1) }
        guard case .visit(let visit)? = kept.first?.fact else {
            Issue.record("no visit")
            return
        }
        #expect(visit.lines.map(\.traces) == [[trace]])
        // A line without a code is written as it always was.
        var plain = visit.lines[0]
        plain.traces = nil
        let text = String(decoding: try CompactJSON.encode(plain), as: UTF8.self)
        #expect(!text.contains("\"t\""))
        #expect(try CompactJSON.decode(Visit.Line.self, from: Array(text.utf8)) == plain)
    }

    @Test func `an ended licence or agreement stops every settlement`() async throws {
        let test = try await TestDesk()
        let patient = try await test.desk.identify("李桂华")
        let order = test.order(for: patient)
        var person = test.session.person
        person.licensedThrough = test.desk.today.adding(days: -1)
        let session = Session(id: "s", person: person, token: "t")
        let refusal = await #expect(throws: Refusal.self) {
            try await test.desk.settle(order, paying: .all(.cash), by: session)
        }
        guard case .findings(let open)? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(open.map(\.check) == [.operatorNotAllowed])
        _ = try await test.desk.settle(order, paying: .all(.cash), by: test.session)
    }
}
