import DemoCounty
import Foundation
import HTTPTypes
import Journaling
import Pricing
import SmallCounty
import Testing
import Vocabulary

@testable import Kiosk

private let amlodipine = "XC08CAQ866A001010199001"

@Suite struct PagesVisitTests {
    /// From card to a settled entry, as the keys are pressed.
    private func enter(_ pages: Pages, _ card: String) async throws {
        #expect(try await pages.post("/visit/patient", ["scan": card]).location == "/visit")
        _ = try await pages.post("/visit/diagnosis", ["code": "I10.x00x002"])
        let line = try await pages.post(
            "/visit/line", ["code": amlodipine, "quantity": "2", "price": "", "days": "7"])
        #expect(line.location == "/visit")
    }

    @Test func `a visit goes from card to receipt`() async throws {
        let browser = try await Browser()
        let card = try browser.test.county.credential(
            of: try browser.test.county.member(.liGuihua))
        try await browser.work { (pages) async throws in
            #expect(try await pages.get("/").location == "/visit")
            try await enter(pages, card)
            let page = try await pages.get("/visit")
            #expect(page.html.contains("李桂华"))
            #expect(page.html.contains("正常参保"))
            #expect(page.html.contains("名册截至 11-22，今天"))
            #expect(page.html.contains("苯磺酸氨氯地平片"))
            #expect(page.html.contains("7.80"))

            let settled = try await pages.settle(["tender": "cash", "given": "10"])
            #expect(settled.location.hasPrefix("/visit?saved="))
            #expect(settled.location.contains("change=220"))
            let next = try await pages.get(settled.location)
            #expect(next.html.contains("已保存，第"))
            #expect(next.html.contains("2.20"))
            #expect(!next.html.contains("正常参保"))
        }
        let kept = try browser.test.desk.journal.read { try $0.latest(["visit"], limit: 2) }
        #expect(kept.count == 1)
        let printed = try FileManager.default.contentsOfDirectory(atPath: browser.paper.path)
        #expect(printed.count == 1)
    }

    @Test func `what was typed outlives the process`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            _ = try await pages.post("/visit/patient", ["scan": "李桂华"])
            _ = try await pages.post("/visit/line", ["code": amlodipine])
        }
        // New sessions, same disk.
        let again = try await Site(
            desk: browser.test.desk, printer: browser.site.printer, carrier: browser.site.carrier)
        #expect(again.sessions[""] == nil)
        try await browser.work { (pages) async throws in
            #expect(try await pages.get("/visit").html.contains("苯磺酸氨氯地平片"))
            _ = try await pages.post("/signout")
        }
        try await browser.work { (pages) async throws in
            #expect(try await pages.get("/visit").html.contains("苯磺酸氨氯地平片"))
        }
    }

    @Test func `another patient puts the draft aside and it comes back`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            _ = try await pages.post("/visit/patient", ["scan": "李桂华"])
            _ = try await pages.post("/visit/line", ["code": amlodipine])
            let other = try await pages.post("/visit/patient", ["scan": "王大山"])
            #expect(other.html.contains("李桂华 没结算的单子已放在一边"))
            let fresh = try await pages.get("/visit")
            #expect(!fresh.html.contains("苯磺酸氨氯地平片"))
            _ = try await pages.post("/visit/patient", ["scan": "李桂华"])
            #expect(try await pages.get("/visit").html.contains("苯磺酸氨氯地平片"))
        }
    }

    @Test(arguments: [
        ("", "还没有输入"), ("41992519630512002", "应是 18 位"), ("查无此人", "名册里没有"),
        ("NB1:ABC", "码没有扫全"), (String(repeating: "1", count: 28), "离线时验不了"),
        ("zzzzzz", "名册里没有"),
    ])
    func `what cannot be understood is answered by a sentence`(
        typed: String, sentence: String
    ) async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            let page = try await pages.post("/visit/patient", ["scan": typed])
            #expect(page.status == .unprocessableContent)
            #expect(page.html.contains(sentence))
            #expect(page.html.contains("value=\"\(typed)\""))
        }
    }

    @Test(arguments: [
        (Cast.zhouWenxiu, "参保暂停"), (.wuGuoqiang, "已转到外地参保"), (.zhengXiaomei, "等待期"),
        (.sunFusheng, "死亡"), (.zhaoXiaoman, "新生儿"),
    ])
    func `who is not covered is told why and what now`(
        person: Cast, sentence: String
    ) async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            _ = try await pages.post("/visit/patient", ["scan": person.rawValue])
            let page = try await pages.get("/visit")
            #expect(page.html.contains(sentence))
            #expect(person == .zhaoXiaoman || page.html.contains("0000-5550101"))
        }
    }

    @Test(arguments: [
        ("2.12345", "1.00", "7", "数量“2.12345”不对"), ("-1", "1.00", "7", "数量“-1”不对"),
        ("0", "1.00", "7", "数量“0”不对"), ("1", "1.234", "7", "单价“1.234”不对"),
        ("1", "-2", "7", "单价“-2”不对"), ("1", "99999999", "7", "单价“99999999”不对"),
        ("1", "1.00", "0", "天数“0”不对"), ("1", "1.00", "x", "天数“x”不对"),
    ])
    func `slips of the finger become sentences and stay to be mended`(
        quantity: String, price: String, days: String, sentence: String
    ) async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            _ = try await pages.post("/visit/patient", ["scan": "李桂华"])
            let page = try await pages.post(
                "/visit/line",
                ["code": amlodipine, "quantity": quantity, "price": price, "days": days])
            #expect(page.html.contains(sentence))
            #expect(page.html.contains("value=\"\(quantity)\""))
        }
    }

    @Test func `several items and several people are numbered lists without script`()
        async throws
    {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            let people = try await pages.post("/visit/patient", ["scan": "z"])
            #expect(people.html.contains("有几位，请按数字键选人"))
            #expect(people.html.contains("data-number=\"2\""))
            _ = try await pages.post("/visit/patient", ["scan": "李桂华"])
            let items = try await pages.post("/visit/line", ["item": "bhs"])
            #expect(items.html.contains("data-number=\"1\""))
            let fragment = try await pages.get("/visit/items?q=bhsaldp")
            #expect(fragment.html.contains("data-code=\"\(amlodipine)\""))
        }
    }

    @Test func `warnings ask for a reason before money is taken`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            _ = try await pages.post("/visit/patient", ["scan": "李桂华"])
            _ = try await pages.post("/visit/line", ["code": amlodipine, "days": "20"])
            let early = try await pages.settle(["tender": "cash"])
            #expect(early.html.contains("先处理这一条") || early.html.contains("还没有诊断"))
            _ = try await pages.post("/visit/diagnosis", ["diagnosis": "I10.x00x002"])
            let warned = try await pages.settle(["tender": "cash"])
            #expect(warned.html.contains("仍开药请写原因"))
            _ = try await pages.post(
                "/visit/reason", ["finding": "supplyTooLong/1", "reason": "外出务工"])
            let done = try await pages.settle(["tender": "cash"])
            #expect(done.location.hasPrefix("/visit?saved="))
        }
    }

    @Test func `why explains every step with its source`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            try await enter(pages, "李桂华")
            let page = try await pages.get("/visit/why")
            #expect(page.html.contains("年度起付线"))
            #expect(page.html.contains("培训课件"))
            #expect(page.html.contains("两者取小(300.00 - 0.00, 7.80) = 7.80"))
        }
    }

    @Test func `too little cash is refused and the account covers what it can`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            try await enter(pages, "陈建军")
            let short = try await pages.settle(["tender": "cash", "given": "1"])
            #expect(short.html.contains("收的钱不够"))
            let done = try await pages.settle(["tender": "account"])
            #expect(done.location.hasPrefix("/visit?saved="))
        }
    }

    @Test func `a visit is taken back with a reason and once`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            try await enter(pages, "李桂华")
            _ = try await pages.settle(["tender": "cash"])
            let latest = try browser.test.desk.journal.read {
                try $0.latest(["visit"], limit: 1)
            }
            let entry = try #require(latest.first).header.sequence
            #expect(try await pages.get("/recent").html.contains("李*华"))
            let blank = try await pages.post("/recent/\(entry)/void", ["reason": " "])
            #expect(blank.html.contains("作废要写原因"))
            let void = try await pages.post("/recent/\(entry)/void", ["reason": "开错药"])
            #expect(void.html.contains("已作废"))
            let again = try await pages.post("/recent/\(entry)/void", ["reason": "再来"])
            #expect(again.html.contains("已经作废过"))
            let red = try await pages.get("/slip/\(entry + 1)")
            #expect(red.html.contains("红票") && red.html.contains("-7.80"))
        }
    }
}

@Suite struct PagesDraftTests {
    @Test func `reasons move up with their lines`() async throws {
        let test = try await TestDesk()
        let patient = try await test.desk.identify("李桂华")
        var order = test.order(for: patient)
        order.lines = Array(repeating: order.lines[0], count: 3)
        order.overrides = ["supplyTooLong/1": "a", "supplyTooLong/3": "c", "tooManyDrugs": "d"]
        order.removeLine(2)
        #expect(
            order.overrides == [
                "supplyTooLong/1": "a", "supplyTooLong/2": "c", "tooManyDrugs": "d",
            ])
        order.removeLine(1)
        #expect(order.overrides == ["supplyTooLong/1": "c", "tooManyDrugs": "d"])
    }
}
