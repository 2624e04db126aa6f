import Allotting
import DemoCounty
import HTTPTypes
import Hosting
import Identifying
import Journaling
import Pricing
import Settling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

/// What the doctor sees where relatives' accounts pay, and what journal and paper say.
///
/// Bills are of 7.80, all of it the person's: the deductible is not reached.
@Suite struct PagesFamilyTests {
    /// A desk whose roll lets one resident pay from the account of an employee.
    private func scene(
        balance: Int, over rules: [String: String] = [:]
    ) async throws -> (browser: Browser, owner: Member) {
        let county = try SmallCounty()
        var owner = try #require(county.members.first { $0.scheme == .employee })
        owner.name = "张建国"
        owner.account = Money(fen: balance)
        owner.coverage.died = nil
        var person = try county.member(.liGuihua)
        person.familyAccounts = [owner.number]
        let browser = try await Browser(county: county.with([owner, person]))
        try await browser.test.desk.take(
            try county.policy(try county.content(over: rules), version: 2))
        return (browser, owner)
    }

    @Test func `one key pays from the relative's account, and screen, reasons and slip say whose`()
        async throws
    {
        let (browser, owner) = try await scene(balance: 500)
        try await browser.work { (pages) async throws in
            try await browser.enter(pages, packs: 2)
            let page = try await pages.get("/visit").html
            #expect(page.contains("家人 张*国 的账户 <b class=\"tabular strong\">今日在此还可用 5.00</b>"))
            #expect(page.contains("按 F9：家人 张*国 的账户付 5.00 元（今日在此可用 5.00 元），收现金 2.80 元。"))
            #expect(page.contains("共付 5.00 元，其余 2.80 元收现金"))
            #expect(page.contains("data-key=\"F9\"") && !page.contains("data-key=\"F5\""))
            #expect(!page.contains("张建国") && !page.contains(owner.number.rawValue))
            let why = try await pages.get("/visit/why").html
            #expect(why.contains("不够的由家人 张*国 的账户付") && why.contains("家庭共济账户个数"))
            let settled = try await pages.settle(["tender": "account", "given": "3"])
            #expect(settled.location.contains("change=20"))
            // The day's page tells what was paid without money in the drawer.
            #expect(
                try await pages.get("/close").html.contains(
                    "<span>家人账户付</span><b class=\"tabular\">5.00</b>"))
        }
        let (entry, visit) = try browser.lastVisit()
        #expect(visit.tenders == ["cash": Money(fen: 280), "family": Money(fen: 500)])
        #expect(visit.family == [FamilyPayment(owner: owner.number, amount: Money(fen: 500))])
        let slip = try await browser.test.desk.slip(entry.header.sequence)
        #expect(slip.payments.map(\.label) == ["现金", "家人 张*国 的账户"])
        #expect(slip.payments.map(\.value) == ["2.80", "5.00"])

        // Taken back, the slip says what goes back where, and the balance is there again.
        let desk = browser.test.desk
        let void = try await desk.void(entry.header.sequence, reason: "错", by: browser.test.session)
        let red = try await desk.slip(void.header.sequence)
        #expect(red.payments.map(\.value) == ["-2.80", "-5.00"])
        #expect(try await desk.till(on: desk.today).family == .zero)
        let patient = try await desk.patient(
            Identified(member: try browser.test.county.member(.liGuihua), assurance: .name))
        #expect(patient.family.map { $0.here().fen } == [500])
    }

    @Test
    func `what one visit drew is not there for the next, and the owner's visits are their own`()
        async throws
    {
        let (browser, owner) = try await scene(balance: 1_000)
        try await browser.work { (pages) async throws in
            for _ in 0..<2 {
                try await browser.enter(pages, packs: 2)
                _ = try await pages.settle(["tender": "account"])
            }
        }
        #expect(
            try browser.lastVisit().visit.tenders == [
                "cash": Money(fen: 560), "family": Money(fen: 220),
            ])
        let desk = browser.test.desk
        let patient = try await desk.patient(Identified(member: owner, assurance: .name))
        #expect(patient.account == .zero)
        #expect(patient.history.isEmpty && patient.standing.counters.isEmpty)
        #expect(try desk.lastVisit(of: owner.number) == nil)
        let verified = try desk.journal.verify(publicKey: desk.key.publicKey)
        #expect(try verified.faults.isEmpty && desk.journal.rebuild())
    }

    @Test func `what was on the screen is what is taken`() async throws {
        let (browser, _) = try await scene(balance: 500)
        try await browser.work { (pages) async throws in
            try await browser.enter(pages, packs: 2)
            let stale = try await pages.post(
                "/visit/settle", ["tender": "account", "seen": "of another account"])
            #expect(stale.status == .unprocessableContent)
            // Cash takes nothing from anybody's account.
            _ = try await pages.settle(["tender": "cash"])
        }
        let (entry, visit) = try browser.lastVisit()
        #expect(visit.family == nil && visit.tenders == ["cash": Money(fen: 780)])
        let text = String(decoding: entry.bytes, as: UTF8.self)
        #expect(!text.contains("\"fam\"") && !text.contains("\"family\""))
    }

    @Test(
        arguments: [
            // The rules, the balance; what the relative's account pays of 7.80.
            (["390/account/family_accounts": "0"], 500, nil),
            (["390/account/family_keeps": "2.00"], 500, 300),
            (["390/account/family_keeps": "9.00"], 500, nil), ([:], 900, 780), ([:], -100, nil),
        ] as [([String: String], Int, Int?)])
    func `the rules say how many accounts and what they keep`(
        rules: [String: String], balance: Int, pays: Int?
    ) async throws {
        let (browser, owner) = try await scene(balance: balance, over: rules)
        try await browser.work { (pages) async throws in
            try await browser.enter(pages, packs: 2)
            let page = try await pages.get("/visit").html
            #expect(page.contains("data-key=\"F9\"") == (pays != nil))
        }
        let desk = browser.test.desk
        let person = try browser.test.county.member(.liGuihua)
        let patient = try await desk.patient(Identified(member: person, assurance: .name))
        var order = browser.test.order(for: patient)
        order.lines[0].quantity = Quantity(tenThousandths: 20_000)
        let accounts = try await desk.quote(order).byAccounts
        #expect(accounts.family.map(\.owner) == (pays == nil ? [] : [owner.number]))
        #expect(accounts.total.fen == pays ?? 0)
    }

    @Test func `where balances are divided rights bound it, and F5 is offered`() async throws {
        let (browser, owner) = try await scene(
            balance: 5_000, over: ["common/allotment/mode": "strict"])
        let kiosk = try #require(KioskID(rawValue: "K0001"))
        let county = browser.test.county
        let right = Right(
            id: "0a0a0a0a0a0a.3", holder: kiosk, owner: owner.number, year: 2026,
            limit: .ownAccount, amount: 300,
            expires: county.clock.clock.now().adding(seconds: 86_400))
        try await browser.test.desk.take(
            try county.daily(version: 3, for: "K0001", rights: [right]))
        try await browser.work { (pages) async throws in
            try await browser.enter(pages, packs: 2)
            let page = try await pages.get("/visit").html
            #expect(page.contains("今日在此还可用 3.00，另有 47.00，在县里，联网可取"))
            #expect(page.contains("账户可能还能多付 4.80 元，要先按 F5 联网取额度"))
            #expect(page.contains("data-key=\"F5\""))
            // Nobody answers: the visit goes on with what is here.
            #expect(try await pages.post("/visit/draw").html.contains("没有取到额度"))
            _ = try await pages.settle(["tender": "account"])
        }
        let visit = try browser.lastVisit().visit
        #expect(visit.tenders == ["cash": Money(fen: 480), "family": Money(fen: 300)])
        #expect(visit.rights?.parts.map(\.owner) == [owner.number])
        #expect(visit.rights?.parts.map(\.amount.fen) == [300])
        #expect(try await browser.test.desk.holdings(of: owner.number)?.held[.ownAccount] == 0)
    }
}
