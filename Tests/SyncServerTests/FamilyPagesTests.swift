import DemoCounty
import Identifying
import Journaling
import SmallCounty
import Testing
import Vocabulary

@testable import SyncServer

/// What the office reads of a visit that a relative's account paid for.
@Suite struct FamilyPagesTests {
    @Test
    func `the entry says whose account paid, the owner's page what, and nothing of the illness`()
        async throws
    {
        try await withPages { test, browser in
            var (browser, person) = (browser, try test.county.member(.liGuihua))
            let owner = try #require(
                test.county.members.first {
                    $0.scheme == .employee && $0.account > Money(fen: 1_000)
                })
            person.familyAccounts = [owner.number]
            let linked = person
            try test.office.store.write { try $0.put([linked]) }
            let kiosk = try await PagesKiosk(test, at: "H41992500001")
            let entry = try await kiosk.visit(linked, packs: 2, price: 390, paidBy: owner)
            try await kiosk.send()

            _ = try await browser.signIn(PagesOffice.first)
            let page = try await browser.get(
                "/entries/\(kiosk.journal.kiosk)/\(entry.header.sequence)"
            ).text
            #expect(page.contains("家人个人账户支付（家庭共济）") && page.contains("其中家人账户"))
            #expect(page.contains(memberHref(owner.number, 2026)))
            let theirs = try await browser.get(memberHref(owner.number, 2026)).text
            #expect(theirs.contains("家人就诊，从这个账户付") && theirs.contains("7.80"))
            #expect(!theirs.contains("I10.x00x002") && !theirs.contains("高血压"))
            let own = try await browser.get(memberHref(linked.number, 2026)).text
            #expect(own.contains("可用家人账户") && own.contains(owner.number.rawValue))
        }
    }
}
