import Allotting
import Cataloguing
import DemoCounty
import Identifying
import Journaling
import Pricing
import Publishing
import Settling
import SmallCounty
import Testing
import Vocabulary

@testable import Kiosk

/// What a desk may spend of a relative's account, and what a settlement takes of it.
@Suite struct FamilyAccountTests {
    private static let owner = PersonNumber(rawValue: "41992500009999")

    private func account(_ balance: Int?, rights: Int?) throws -> FamilyAccount {
        let (owner, kiosk) = (try #require(Self.owner), try #require(KioskID(rawValue: "K0001")))
        let day = try #require(Day("2026-11-22"))
        let holdings = rights.map { rights in
            Holdings(
                of: kiosk,
                [
                    Right(
                        id: "a.0", holder: kiosk, owner: owner, year: 2026, limit: .ownAccount,
                        amount: rights, expires: Instant(startOf: day.adding(days: 9)))
                ], spent: [], closed: [], limits: [.ownAccount], on: day,
                latest: Instant(startOf: day))
        }
        return FamilyAccount(
            owner: owner, name: "张三", balance: balance.map { Money(fen: $0) },
            holdings: holdings)
    }

    @Test(
        arguments: [
            // Balance on the roll, rights held, what is kept; what may be spent here, what once drawn.
            (1_000, nil, 0, 1_000, 1_000), (1_000, nil, 300, 700, 700), (-50, nil, 0, 0, 0),
            (1_000, 400, 0, 400, 1_000), (1_000, 400, 700, 300, 300), (1_000, 0, 0, 0, 1_000),
            (200, 400, 0, 200, 200),
            // Of another township: rights alone vouch for it, and the county knows the rest.
            (nil, nil, 0, 0, 0), (nil, 400, 0, 400, Money.largest.fen),
        ] as [(Int?, Int?, Int, Int, Int)])
    func `what may be spent`(
        balance: Int?, rights: Int?, kept: Int, here: Int, drawable: Int
    ) throws {
        let account = try account(balance, rights: rights)
        #expect(account.here(keeping: Money(fen: kept)).fen == here)
        #expect(account.drawable(keeping: Money(fen: kept)).fen == drawable)
    }

    @Test(
        arguments: [
            // The own account, the relative's, cash, in fen of an own part of 10.00; what is wrong.
            (0, [600], 400, nil), (300, [600], 100, nil), (300, [700], 0, nil),
            (0, [601], 399, "short"), (0, [600], 300, "sum"), (0, [0], 1_000, "sign"),
            (0, [-1], 1_001, "sign"), (500, [300, 300], -100, "cash"), (0, [300, 300], 400, nil),
            (0, [300, 301], 399, "short"),
        ] as [(Int, [Int], Int, String?)])
    func `each account is held to its balance, and the sums to the fen`(
        own: Int, family: [Int], cash: Int, fault: String?
    ) throws {
        let owner = try #require(Self.owner)
        let quote = try quote()
        #expect(quote.amounts.personPart.fen == 1_000)
        let payments = family.map { FamilyPayment(owner: owner, amount: Money(fen: $0)) }
        func settled() throws(Settlement.Fault) -> Settlement {
            try settle(
                quote, tenders: [.account: Money(fen: own), .cash: Money(fen: cash)],
                account: Money(fen: 300), family: payments,
                balances: [owner: Money(fen: own == 300 ? 700 : 600)])
        }
        guard let fault else {
            let settlement = try settled()
            #expect(settlement.family == payments)
            #expect(settlement.postings.sum { $0.amount } == .zero)
            let drawn = settlement.postings.filter { $0.account == .personAccount }
            #expect(drawn.sum { $0.amount }.fen == own + family.reduce(0, +))
            return
        }
        do throws(Settlement.Fault) {
            _ = try settled()
            Issue.record("\(own) \(family) \(cash) was settled")
        } catch {
            let kind =
                switch error {
                case .familyAccountShort: "short"
                case .tendersDoNotSum: "sum"
                case .negativeFamilyPayment: "sign"
                case .negativeTender: "cash"
                default: "\(error)"
                }
            #expect(kind == fault)
            #expect(Texts.settlement(error).hasSuffix("。"))
        }
    }

    @Test func `accounts together pay no more than accounts may`() throws {
        let owner = try #require(Self.owner)
        let quote = try quote(over: ["390/account/pays_for": "[outside]"])
        #expect(quote.paying.byAccounts == .zero)
        #expect(throws: Settlement.Fault.self) {
            try settle(
                quote, tenders: [.cash: Money(fen: 900)],
                family: [FamilyPayment(owner: owner, amount: Money(fen: 100))],
                balances: [owner: Money(fen: 100)])
        }
    }

    /// 10.00 below the deductible: all of it is the person's.
    private func quote(over rules: [String: String] = [:]) throws -> Quote {
        let content = try SmallCounty(people: 2).content(over: rules)
        let line = Bill.Line(
            code: "X", quantity: .one, price: Money(fen: 1_000),
            ownTerms: ItemTerms(itemClass: .a, ownShare: .zero))
        let day = try #require(Day("2026-11-22"))
        return try price(
            Bill(
                day: day, scheme: .resident, kind: .outpatient, level: .village, lines: [line]),
            by: try content.rulebook(), catalogue: .empty, given: Standing(year: 2026))
    }
}
