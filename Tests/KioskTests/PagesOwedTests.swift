import Collecting
import DemoCounty
import Foundation
import HTTPTypes
import Identifying
import Journaling
import Pricing
import Settling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

/// What the doctor sees of what a person is owed or owes, and what the paper says.
///
/// Bills are of 7.80, all of it the person's: the deductible is not reached.
@Suite struct PagesOwedTests {
    /// A desk that was told of one sum for one person.
    private func browser(_ fen: [Int], over rules: [String: String] = [:]) async throws -> Browser {
        let browser = try await Browser()
        let county = browser.test.county
        try await browser.test.desk.take(
            try county.policy(try county.content(over: rules), version: 2))
        let kiosk = try #require(KioskID(rawValue: "K0002"))
        let day = try #require(Day("2026-11-03"))
        let sums = fen.enumerated().map { place, fen in
            OwedSum(
                identity: "a\(place)", year: 2026, amount: Money(fen: fen),
                reason: "deductibleTwice", kiosk: kiosk, day: day)
        }
        let row = StandingRow(
            person: try county.member(.liGuihua).number, standing: Standing(year: 2026),
            owing: sums.isEmpty ? nil : sums)
        try await browser.test.desk.take(
            try county.daily(version: 2, for: "K0001", standings: [row]))
        return browser
    }

    @Test func `what the county owes pays part of the own part, and the price stays`()
        async throws
    {
        let browser = try await browser([500])
        try await browser.work { (pages) async throws in
            try await browser.enter(pages, packs: 2)
            let page = try await pages.get("/visit").html
            #expect(page.contains("县局重算后应补给本人 5.00 元"))
            #expect(page.contains("11-03 K0002的就诊，起付线重复负担"))
            #expect(page.contains("这次抵付 5.00 元，只收 2.80 元"))
            #expect(page.contains("有疑问请问两河镇医保经办，电话 0000-5550101"))
            #expect(page.contains("data-due=\"280\"") && !page.contains("/visit/owed\" value"))
            #expect(!page.contains("data-key=\"F4\""))
            let why = try await pages.get("/visit/why").html
            #expect(why.contains("7.80 - 5.00 = 2.80") && why.contains("由县局设定"))
            let settled = try await pages.settle(["tender": "cash", "given": "5"])
            #expect(settled.location.contains("change=220"))
            // The next visit is asked for nothing but its own.
            try await browser.enter(pages, packs: 2)
            #expect(!(try await pages.get("/visit").html.contains("县局重算")))
        }
        try await slipAndVoid(browser)
    }

    private func slipAndVoid(_ browser: Browser) async throws {
        let (entry, visit) = try browser.lastVisit()
        #expect(visit.amounts.personPart.fen == 780)
        #expect(visit.tenders == ["cash": Money(fen: 280), "owed": Money(fen: 500)])
        #expect(visit.settles?.map(\.identity) == ["a0"])
        let desk = browser.test.desk
        let slip = try await desk.slip(entry.header.sequence)
        #expect(slip.paid == "7.80" && slip.proof.person.fen == 780)
        #expect(slip.payments.map(\.label) == ["县局补给抵付", "这次实收", "现金"])
        #expect(slip.payments.map(\.value) == ["5.00", "2.80", "2.80"])
        #expect(slip.reasons.contains("县局重算补给 5.00：11-03 K0002的就诊，起付线重复负担"))
        #expect(slip.reasons.last == "差额有疑问请问两河镇医保经办 0000-5550101")
        #expect(try slip.escpos().count > 1000)
        let day = try await desk.till(on: desk.today)
        #expect(day.till.expected == [.cash: Money(fen: 280)] && day.owed.fen == 500)

        let void = try await desk.void(
            entry.header.sequence, reason: "错", by: browser.test.session)
        let red = try await desk.slip(void.header.sequence)
        #expect(red.payments.map(\.value) == ["-5.00", "-2.80", "-2.80"])
        #expect(red.payments.first?.label == "县局补给抵付")
        #expect(red.reasons.contains { $0.contains("恢复未结清") })
        let after = try await desk.till(on: desk.today)
        #expect(after.till.expected[.cash] == .zero && after.owed == .zero)
        #expect(try desk.journal.verify(publicKey: desk.key.publicKey).faults == [])
    }

    @Test func `what a person owes is asked for in part, or left for the next time`() async throws {
        let browser = try await browser([-500])
        try await browser.work { (pages) async throws in
            try await browser.enter(pages, packs: 2)
            // Half of the own part of 7.80.
            let page = try await pages.get("/visit").html
            #expect(page.contains("这次一并收 3.90 元，共收 11.70 元。余 1.10 元下次再结。"))
            #expect(page.contains("本人付不起，按 F4 这次不收"))
            #expect(page.contains("data-due=\"1170\""))
            _ = try await pages.post("/visit/owed", ["leave": "yes"])
            let left = try await pages.get("/visit").html
            #expect(left.contains("这次不收，下次再结") && left.contains("data-due=\"780\""))
            _ = try await pages.post("/visit/owed", ["leave": "no"])
            #expect(try await pages.get("/visit").html.contains("data-due=\"1170\""))
            // What was on the screen is what is settled.
            let stale = try await pages.send(
                "/visit/settle", "tender=cash&seen=x+780")
            #expect(stale.status == .unprocessableContent)
            _ = try await pages.settle(["tender": "cash"])
        }
        let (_, visit) = try browser.lastVisit()
        #expect(visit.tenders == ["cash": Money(fen: 1_170), "owed": Money(fen: -390)])
        #expect(visit.overrides == [])
        let patient = try await browser.test.desk.identify("李桂华")
        #expect(patient.owing.map(\.amount.fen) == [-110])
    }

    @Test func `what was left out is written down with the visit`() async throws {
        let browser = try await browser([-500])
        try await browser.work { (pages) async throws in
            try await browser.enter(pages, packs: 2)
            _ = try await pages.post("/visit/owed", ["leave": "yes"])
            _ = try await pages.settle(["tender": "cash"])
        }
        let (_, visit) = try browser.lastVisit()
        #expect(visit.settles == nil && visit.tenders == ["cash": Money(fen: 780)])
        #expect(visit.overrides.map(\.rule) == ["owed"])
    }

    @Test func `nobody leaves it out where the policy does not allow it`() async throws {
        let browser = try await browser([-500], over: ["common/owed/may_leave": "\"no\""])
        try await browser.work { (pages) async throws in
            try await browser.enter(pages, packs: 2)
            #expect(!(try await pages.get("/visit").html.contains("data-key=\"F4\"")))
            _ = try await pages.post("/visit/owed", ["leave": "yes"])
            #expect(try await pages.get("/visit").html.contains("data-due=\"1170\""))
        }
    }

    @Test func `an account pays the own part, never what is owed`() async throws {
        let browser = try await browser([])
        let (county, desk) = (browser.test.county, browser.test.desk)
        let member = try #require(
            county.members.first { $0.scheme == .employee && $0.account > Money(fen: 5_000) })
        let kiosk = try #require(KioskID(rawValue: "K0002"))
        let sum = OwedSum(
            identity: "b", year: 2026, amount: Money(fen: -200), reason: "refused", kiosk: kiosk,
            day: desk.today)
        let row = StandingRow(
            person: member.number, standing: Standing(year: 2026), owing: [sum])
        try await desk.take(try county.daily(version: 3, for: "K0001", standings: [row]))
        let patient = try await desk.patient(Identified(member: member, assurance: .name))
        let order = browser.test.order(for: patient)
        let proposal = try await desk.quote(order)
        let ownPart = proposal.quote.amounts.personPart
        #expect(proposal.asked > ownPart && proposal.account == ownPart)
        let entry = try await desk.settle(
            order, paying: .all(.account), by: browser.test.session)
        guard case .visit(let visit) = entry.fact else { return }
        #expect(visit.tenders["account"] == ownPart)
        #expect(visit.tenders["cash"] == proposal.asked - ownPart)
        #expect(visit.tenders.values.sum() == ownPart)
    }

    @Test func `where nothing is owed an entry and a slip are what they were`() async throws {
        let browser = try await browser([])
        try await browser.work { (pages) async throws in
            try await browser.enter(pages, packs: 2)
            #expect(!(try await pages.get("/visit").html.contains("县局重算")))
            _ = try await pages.settle(["tender": "cash"])
        }
        let (entry, visit) = try browser.lastVisit()
        let text = String(decoding: entry.bytes, as: UTF8.self)
        #expect(!text.contains("\"ow\"") && !text.contains("\"owed\""))
        #expect(visit.settles == nil)
        let slip = try await browser.test.desk.slip(entry.header.sequence)
        #expect(slip.payments.map(\.label) == ["现金"])
        #expect(!slip.reasons.contains { $0.contains("县局") })
    }
}
