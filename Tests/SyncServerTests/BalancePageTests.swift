import Foundation
import Merging
import SmallCounty
import Testing
import Vocabulary

@testable import SyncServer

@Suite struct BalancePageTests {
    @Test func `the trial balance shows every account in words and comes to zero`() async throws {
        try await withPages { test, browser in
            var browser = browser
            try await test.plant()
            _ = try await browser.signIn(PagesOffice.auditor)
            #expect(try await browser.get("/ledger").text.contains("/ledger/balance"))
            for by in TrialBalance.By.allCases {
                let page = try await browser.get("/ledger/balance?by=\(by.rawValue)").text
                #expect(page.contains(Texts.account(.clinicPayable)), "\(by)")
                #expect(page.contains(Texts.balances(.zero)))
                #expect(!page.contains("■"))
                if let out = ProcessInfo.processInfo.environment["PAGES_OUT"] {
                    try Data(page.utf8).write(to: URL(fileURLWithPath: "\(out)/\(by).html"))
                }
            }
        }
    }

    @Test func `every account has a name and a meaning`() {
        let all: [Account] = [
            .clinicIncome, .clinicReceivable, .clinicBears, .clinicPayable, .personalAccount,
            .person, .absorbed, .cashDrawer, .bankCard, .inTransit, .cashDifference,
            .contributionsDue, .remittance, .assistance, .contributionIncome, .fund("hifp_pay"),
        ]
        for account in all {
            #expect(Texts.account(account) != account.rawValue)
            #expect(!Texts.accountMeans(account).isEmpty)
        }
    }
}
