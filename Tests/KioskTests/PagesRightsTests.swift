import Allotting
import DemoCounty
import HTTPTypes
import Hosting
import Identifying
import Journaling
import Pricing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

/// What the doctor sees where limits are divided, and what the paper says.
@Suite struct PagesRightsTests {
    /// A desk whose policy divides limits, with rights of so many fen for one person.
    private func browser(_ fen: Int, days: Int = 30) async throws -> Browser {
        let browser = try await Browser()
        let county = browser.test.county
        let content = try county.content(over: [
            "common/allotment/mode": "strict", "390/outpatient/rate": "0.80",
            "390/outpatient/deductible": "0.00",
        ])
        try await browser.test.desk.take(try county.policy(content, version: 2))
        let kiosk = try #require(KioskID(rawValue: "K0001"))
        let right = Right(
            id: "a1b2c3d4e5f6.0", holder: kiosk, owner: try county.member(.liGuihua).number,
            year: 2026, limit: Counter(.paid, "outpatient"), amount: fen,
            expires: county.clock.clock.now().adding(seconds: days * 86_400))
        try await browser.test.desk.take(
            try county.daily(version: 2, for: "K0001", rights: fen > 0 ? [right] : []))
        return browser
    }

    @Test func `the page says what is left here today, and why less is paid`() async throws {
        let browser = try await browser(680)
        try await browser.work { (pages) async throws in
            try await browser.enter(pages, packs: 6)
            let page = try await pages.get("/visit").html
            #expect(page.contains("今日在此还可用 <b class=\"tabular strong\">6.80</b>"))
            #expect(page.contains("1993.20，在县里，联网可取"))
            // 23.40 × 80 % = 18.72, of which 6.80 are held.
            #expect(page.contains("本站今天手里的额度只够基金付 6.80 元。另有 11.92 元先由本人付"))
            #expect(page.contains("data-key=\"F5\""))
            let why = try await pages.get("/visit/why").html
            #expect(why.contains("今天在这里只能用这么多额度"))

            // Nobody answers: the visit goes on.
            let asked = try await pages.post("/visit/draw")
            #expect(asked.status == .ok && asked.html.contains("没有取到额度"))
            let settled = try await pages.settle(["tender": "cash"])
            #expect(settled.location.hasPrefix("/visit?saved="))
        }
        let desk = browser.test.desk
        let entry = try #require(try desk.journal.read { try $0.latest(["visit"], limit: 1) }.first)
        guard case .visit(let visit) = entry.fact else { return }
        #expect(visit.amounts.fundTotal.fen == 680)
        #expect(visit.rights?.parts.map(\.amount.fen) == [680])
        let slip = try await desk.slip(entry.header.sequence)
        #expect(slip.reasons.contains("本站今天可用额度 6.80，其余先自付，县里收到后补给"))
        #expect(slip.counters.contains { $0.label == "今日在此还可用" && $0.value == "0.00" })
        // Taken back, the right is there again.
        _ = try await desk.void(entry.header.sequence, reason: "错", by: browser.test.session)
        let holdings = try await desk.holdings(of: visit.person)
        #expect(holdings?.held[Counter(.paid, "outpatient")] == 680)
    }

    @Test func `with rights enough nothing is said`() async throws {
        let browser = try await browser(200_000)
        try await browser.work { (pages) async throws in
            try await browser.enter(pages, packs: 6)
            let page = try await pages.get("/visit").html
            #expect(page.contains("18.72") && page.contains("2000.00"))
            #expect(!page.contains("data-key=\"F5\"") && !page.contains("在县里，联网可取"))
        }
    }

    @Test func `a right that has run out is not spent, and one that was recalled is given back`()
        async throws
    {
        let browser = try await browser(5_000, days: 2)
        let desk = browser.test.desk
        let county = browser.test.county
        let person = try county.member(.liGuihua).number
        let yearly = Counter(.paid, "outpatient")
        #expect(try await desk.holdings(of: person)?.rights(to: yearly) == 5_000)
        county.clock.advance(seconds: 3 * 86_400)
        #expect(try await desk.holdings(of: person)?.rights(to: yearly) == 0)
        // A clock set back brings nothing back: the journal knows how late it was.
        _ = try await desk.signIn(SmallCounty.doctor.0, pin: SmallCounty.doctor.1)
        county.clock.advance(seconds: -3 * 86_400)
        #expect(try await desk.holdings(of: person)?.rights(to: yearly) == 0)
    }

    @Test func `an employee's account is spent by rights as well`() async throws {
        let browser = try await browser(0)
        let desk = browser.test.desk
        let county = browser.test.county
        let member = try #require(
            county.members.first { $0.scheme == .employee && $0.account > Money(fen: 1_000) })
        let kiosk = try #require(KioskID(rawValue: "K0001"))
        let right = Right(
            id: "0a0a0a0a0a0a.3", holder: kiosk, owner: member.number, year: 2026,
            limit: .ownAccount, amount: 500,
            expires: county.clock.clock.now().adding(seconds: 86_400))
        try await desk.take(try county.daily(version: 3, for: "K0001", rights: [right]))
        let identified = Identified(member: member, assurance: .name)
        let order = browser.test.order(for: try await desk.patient(identified))
        let proposal = try await desk.quote(order)
        #expect(proposal.account == min(proposal.quote.paying.byAccounts, Money(fen: 500)))
    }
}
