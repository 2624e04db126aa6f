import DemoCounty
import HTTPTypes
import Identifying
import Journaling
import SmallCounty
import Testing
import Vocabulary

@testable import Kiosk

@Suite struct PagesCollectionTests {
    private static let household = Cast.chenZhiyong.household

    /// The people of a household whose boxes are ticked, and the form's identity.
    private func form(_ html: String) -> (picks: [String], id: String) {
        let picks = html.matches(of: #/name="pick" value="([0-9A-Z]+)"/#).map { String($0.1) }
        let id = html.firstMatch(of: #/name="id" value="([0-9a-f]+)"/#).map { String($0.1) }
        return (picks, id ?? "")
    }

    private func collect(
        _ pages: Pages, _ form: (picks: [String], id: String), tender: String = "cash",
        given: String = ""
    ) async throws -> Pages.Answer {
        let picks = form.picks.map { "pick=\($0)" }.joined(separator: "&")
        return try await pages.send(
            "/household/\(Self.household)",
            picks + "&id=\(form.id)&tender=\(tender)&given=\(given)")
    }

    @Test func `a household is found by any member and collected once`() async throws {
        let browser = try await Browser("T0001")
        try await browser.work { (pages) async throws in
            #expect(try await pages.get("/").location == "/household")
            let found = try await pages.post("/household", ["find": "陈雨桐"])
            #expect(found.location == "/household/\(Self.household)")
            let page = try await pages.get(found.location)
            #expect(page.html.contains("重度残疾"))
            #expect(page.html.contains("这之后别的收费点可能已经收过"))
            let form = form(page.html)
            #expect(form.picks.count == 6)

            let first = try await collect(pages, form, given: "5000")
            #expect(first.location.hasPrefix("/receipt/"))
            let again = try await collect(pages, form)
            #expect(again.location.prefix(17) == first.location.prefix(17))
            let receipt = try await pages.get(first.location)
            #expect(receipt.html.contains("票据还剩 199 张"))
            #expect(receipt.html.contains("找零"))
            #expect(receipt.html.contains("第三联"))

            let paid = try await pages.get("/household/\(Self.household)")
            #expect(paid.html.contains("本台已收 11-22"))
            #expect(paid.html.contains("这一户没有要缴的"))
        }
        let kept = try browser.test.desk.journal.read {
            try $0.latest(["contribution"], limit: 5)
        }
        #expect(kept.count == 1)
    }

    @Test func `what cannot be collected is said`() async throws {
        let browser = try await Browser("T0001")
        try await browser.work { (pages) async throws in
            let page = try await pages.get("/household/\(Self.household)")
            var form = form(page.html)
            let little = try await collect(pages, form, given: "1")
            #expect(little.html.contains("收的钱不够"))
            let account = try await collect(pages, form, tender: "account")
            #expect(account.html.contains("不能用个人账户缴费"))
            form.picks = []
            #expect(try await collect(pages, form).html.contains("没有勾选"))
            let missing = try await pages.get("/household/999")
            #expect(missing.html.contains("名册里没有户号 999"))
            let doctors = try await pages.get("/visit")
            #expect(doctors.html.contains("要由村医来办"))
        }
    }

    @Test func `who missed years is told what waits and what paying them changes`() async throws {
        let browser = try await Browser("T0001", people: 240)
        try await browser.work { (pages) async throws in
            let two = try await pages.get("/household/1010010067")
            #expect(
                two.html.contains(
                    "2025 年、2026 年断保，缴 2027 年的 2027-05-01 起可报销；"
                        + "补缴 2025 年（400.00 元，到县里办）可提前到 2027-04-01"))
            let one = try await pages.get("/household/1010010038")
            #expect(one.html.contains("2026 年断保，缴 2027 年的 2027-04-01 起可报销，补缴不能提前"))
            let none = try await pages.get("/household/\(Self.household)")
            #expect(!none.html.contains("断保"))
        }
    }

    @Test func `what the desk collected after a break is waited for in the new year`() async throws
    {
        let test = try await TestDesk("T0001", county: try SmallCounty(people: 240))
        let household = try await test.desk.household("1010010067", year: 2027)
        let row = try #require(household.rows.first { $0.gap != nil })
        _ = try await test.desk.collect(
            [row.member.number], of: "1010010067", year: 2027, id: "1234567890abcdef",
            paying: .all(.cash), by: test.session)
        let newYear = try #require(Day("2027-01-10"))
        test.county.clock.set(Instant(startOf: newYear).adding(seconds: 36_000))
        let patient = try await test.desk.identify(row.member.number.rawValue)
        let until = try #require(Day("2027-05-01"))
        #expect(patient.eligibility == .waiting(until: until))
        #expect(patient.verdict.rule == .waitingComputed)
        let sentence = try #require(Texts.obstacle(patient.verdict, phone: "1"))
        #expect(sentence.contains("2027-05-01 起可以") && sentence.contains("2025 年、2026 年没有缴费"))
    }

    @Test func `a receipt is taken back and its number stays used`() async throws {
        let browser = try await Browser("T0001")
        try await browser.work { (pages) async throws in
            let page = try await pages.get("/household/\(Self.household)")
            _ = try await collect(pages, form(page.html))
            let latest = try browser.test.desk.journal.read {
                try $0.latest(["contribution"], limit: 1)
            }
            let entry = try #require(latest.first).header.sequence
            let void = try await pages.post("/recent/\(entry)/void", ["reason": "重复"])
            #expect(void.html.contains("已作废"))
            let red = try await pages.get("/receipt/\(entry + 1)")
            #expect(red.html.contains("红票") && red.html.contains("负"))
            let second = try await pages.get("/household/\(Self.household)")
            #expect(second.html.contains("票据还剩 199 张"))
        }
    }
}

@Suite struct PagesCloseTests {
    @Test func `a difference needs a sentence, and the machine stays on until signed`()
        async throws
    {
        let browser = try await Browser(online: true)
        try await browser.work { (pages) async throws in
            let short = try await pages.post("/close", ["n10000": "1"])
            #expect(short.html.contains("清点比账上多 100.00 元"))
            #expect(short.html.contains("value=\"1\""))
            let bad = try await pages.post("/close", ["n10000": "1.5"])
            #expect(bad.status == .unprocessableContent)
            let done = try await pages.post("/close", ["n10000": "1", "sentence": "备用金"])
            #expect(done.location == "/close")
            let waiting = try await pages.get("/close")
            #expect(waiting.html.contains("笔只在这台机器上"))
            #expect(!waiting.html.contains("今天可以关机了"))
            let sent = try await pages.post("/status/send")
            #expect(sent.html.contains("上报完成"))
            #expect(try await pages.get("/close").html.contains("今天可以关机了"))
        }
    }

    @Test func `an unreachable county loses nothing and is a sentence`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            let answer = try await pages.post("/status/send")
            #expect(answer.html.contains("县里连不上，数据都在本机，稍后再试"))
            #expect(answer.html.contains("未上报"))
            #expect(answer.html.contains("离线"))
        }
    }
}
