import Pricing
import Rules
import Testing
import Vocabulary

/// Who pays the person's part: the own account, relatives' in their order, then cash.
@Suite struct FamilyPayersTests {
    /// 10.00 at a rate of a half: 5.00 are the person's.
    private func quote(_ accounts: Int?, keeps: String) throws -> Quote {
        var values = ["390/outpatient/rate": "0.5", "390/account/family_keeps": keeps]
        if let accounts { values["390/account/family_accounts"] = "\(accounts)" }
        return try quoted(try outpatientBill(1_000), try written(values))
    }

    @Test(arguments: [
        // Own balance, relatives' balances, how many may be used, what each keeps, what is asked
        // for; what the own account pays and what the relatives'.
        (100, [300, 300], nil, "0.00", nil, 100, [300, 100]),
        (100, [300, 300], 1, "0.00", nil, 100, [300]),
        (100, [300, 300], 0, "0.00", nil, 100, []),
        (0, [300, 300], 5, "1.00", nil, 0, [200, 200]),
        (0, [90, 300], 5, "1.00", nil, 0, [0, 200]),
        (600, [300], nil, "0.00", nil, 500, [0]),
        // Part of it is settled against what the county owes.
        (100, [300], nil, "0.00", 250, 100, [150]), (300, [300], nil, "0.00", 250, 250, [0]),
        (100, [300], nil, "0.00", 0, 0, [0]), (100, [300], nil, "0.00", -5, 0, [0]),
        // What the person owes is no care of any account.
        (100, [900], nil, "0.00", 9_999, 100, [400]),
    ])
    func `accounts pay in order`(
        own: Int, family: [Int], accounts: Int?, keeps: String, due: Int?, ownPays: Int,
        familyPays: [Int]
    ) throws {
        let payers = try quote(accounts, keeps: keeps).payers(
            Accounts(own: Money(fen: own), family: family.map { Money(fen: $0) }),
            of: due.map { Money(fen: $0) })
        #expect(payers.own.fen == ownPays)
        #expect(payers.family.map(\.fen) == familyPays)
    }

    @Test func `the rule that lets relatives pay is cited, and known before anything is charged`()
        throws
    {
        let quote = try quote(2, keeps: "3.00")
        #expect(quote.paying.familyCitation?.parameter == "390/account/family_accounts")
        let rules = try written([
            "390/outpatient/rate": "0.5", "390/account/family_keeps": "3.00",
            "390/account/family_accounts": "2",
        ])
        let year = try Outlook(
            for: try outpatientBill(), by: rules, given: Standing(year: 2025))
        #expect(year.familyAccounts == 2 && year.familyKeeps.fen == 300)
    }
}
