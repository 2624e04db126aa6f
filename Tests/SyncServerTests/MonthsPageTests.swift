import Foundation
import Journaling
import Merging
import Pricing
import SmallCounty
import Testing
import Vocabulary

@testable import SyncServer

@Suite struct MonthsPageTests {
    /// 2026-11 is over; one clinic has spoken since, the other and the desk have not.
    private func over(_ test: PagesOffice) async throws {
        let clinics = [
            try await PagesKiosk(test, at: "H41992500001"),
            try await PagesKiosk(test, at: "H41992500002"),
        ]
        let desk = try await PagesKiosk(test, at: "H41992590001")
        let people = test.county.members
        for clinic in clinics { try await clinic.visit(people[0], packs: 100, price: 390) }
        try await desk.collect(people[1], year: 2027, number: 10_001)
        for box in clinics + [desk] { try await box.send() }
        test.county.clock.advance(seconds: 20 * 86_400)
        try await clinics[0].send()
    }

    @Test func `two clerks close a month from the page, and what that does stands there`()
        async throws
    {
        try await withPages { test, browser in
            var browser = browser
            try await over(test)
            _ = try await browser.signIn(PagesOffice.first)
            let first = try await browser.get("/").text
            #expect(first.contains(Texts.openMonths(Month(number: 2026 * 12 + 10))))
            #expect(first.contains("href=\"/months\""))
            let open = try await browser.get("/months").text
            #expect(open.contains("月结不能撤销") && open.contains(Texts.page["monthOpen"] ?? "?"))
            #expect(open.contains(Texts.balances(.zero)) && !open.contains("■"))
            // The contribution lies at the desk, and both silent boxes at least eight days.
            #expect(open.contains(Texts.unheard(2)) && open.contains("400.00 元"))
            #expect(open.contains(Texts.missing(8)))
            let asked = try await browser.post(
                "/months", ["month": "2026-11", "pin": PagesOffice.first.1])
            #expect(asked.location == "/months?month=2026-11")
            let waiting = try await browser.get(asked.location).text
            #expect(waiting.contains("提出月结，等另一位经办人确认"))
            #expect(!waiting.contains("name=\"pin\""))
            let again = try await browser.post(
                "/months", ["month": "2026-11", "pin": PagesOffice.first.1])
            #expect(again.text.contains("提出和确认不能是同一个人"))

            _ = try await browser.signIn(PagesOffice.second)
            #expect(
                try await browser.get("/months").text.contains(Texts.page["confirmMonth"] ?? "?"))
            _ = try await browser.post(
                "/months", ["month": "2026-11", "pin": PagesOffice.second.1])
            let november = Month(number: 2026 * 12 + 10)
            #expect(try test.office.store.read { try $0.closings().isClosed(november) })
            let closed = try await browser.get("/months?month=2026-11").text
            #expect(closed.contains("钱芳 C0102 于") && !closed.contains("name=\"pin\""))
            #expect(!(try await browser.get("/").text.contains("href=\"/months\">去处理")))
        }
    }

    @Test func `an auditor looks, and the month that runs is not closed`() async throws {
        try await withPages { test, browser in
            var browser = browser
            try await over(test)
            _ = try await browser.signIn(PagesOffice.auditor)
            #expect(!(try await browser.get("/months").text.contains("name=\"pin\"")))
            _ = try await browser.signIn(PagesOffice.first)
            let wrong = try await browser.post("/months", ["month": "2026-11", "pin": "000000"])
            #expect(wrong.text.contains("role=\"alert\""))
            #expect(wrong.text.contains(Texts.page["monthOpen"] ?? "?"))
            let running = try await browser.get("/months?month=2026-12").text
            #expect(running.contains(Texts.page["monthNotOver"] ?? "?"))
            #expect(!running.contains("name=\"pin\""))
            let early = try await browser.post(
                "/months", ["month": "2026-12", "pin": PagesOffice.first.1])
            #expect(early.text.contains("还没有过完"))
        }
    }

    @Test func `what a silent kiosk may hold is its usual day for every day that is missing`()
        async throws
    {
        try await withPages { test, browser in
            var browser = browser
            let clinic = try await PagesKiosk(test, at: "H41992500001")
            let entry = try await clinic.visit(
                test.county.members[0], packs: 200, price: 390)
            guard case .visit(let visit) = entry.fact else { return }
            try await clinic.send()
            test.county.clock.advance(seconds: 20 * 86_400)
            _ = try await browser.signIn(PagesOffice.auditor)
            // One visit in thirty days, eight days without a word.
            let expected = Money(fen: visit.amounts.fundTotal.fen * 8 / 30)
            #expect(expected > .zero)
            let page = try await browser.get("/months").text
            #expect(page.contains(Texts.perhaps(expected, .zero)))
        }
    }
}
