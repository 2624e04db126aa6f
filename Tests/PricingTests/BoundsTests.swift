import Cataloguing
import Pricing
import Rules
import Testing
import Vocabulary

/// What is refused before anything is priced, to the fen and to the piece.
@Suite struct BoundsTests {
    let rules: Rulebook

    init() throws { rules = try written(["390/outpatient/rate": "0.5"]) }

    private func line(
        _ fen: Int, times quantity: Quantity = .one, _ terms: ItemTerms? = nil
    ) -> Bill.Line {
        Bill.Line(
            code: "Y", quantity: quantity, price: Money(fen: fen),
            ownTerms: terms ?? ItemTerms(itemClass: .a, ownShare: .zero))
    }

    @Test func `as many lines as there may be, and one more`() throws {
        var bill = try outpatientBill()
        bill.lines = Array(repeating: line(100), count: 200)
        #expect(try quoted(bill, rules).amounts.fundTotal.fen == 10_000)
        bill.lines.append(line(100))
        #expect(throws: PricingFault.tooManyLines(201)) { try quoted(bill, rules) }
    }

    @Test func `a million yuan for a piece, and a fen more`() throws {
        var bill = try outpatientBill(100)
        bill.lines.append(line(100_000_000))
        #expect(try quoted(bill, rules).amounts.fundTotal.fen == 50_000_050)
        bill.lines[1].price = Money(fen: 100_000_001)
        #expect(throws: PricingFault.amountTooLarge(line: 2)) { try quoted(bill, rules) }
    }

    @Test func `ten million yuan for a line, and a fen more`() throws {
        var bill = try outpatientBill(100)
        bill.lines.append(line(100_000_000, times: Quantity(10)))
        #expect(try quoted(bill, rules).amounts.total.fen == 1_000_000_100)
        // 999,830.03 yuan × 10.0017, rounded to the fen.
        bill.lines[1] = line(99_983_003, times: try #require(Quantity("10.0017")))
        #expect(bill.lines[1].amount.fen == 1_000_000_001)
        #expect(throws: PricingFault.amountTooLarge(line: 2)) { try quoted(bill, rules) }
    }

    @Test(arguments: [(0, false), (1, true), (400, true), (401, false)])
    func `sessions and admissions that can be`(number: Int, isPlausible: Bool) {
        var visit = Bill.Visit()
        visit.sessions = number
        #expect(visit.isPlausible == isPlausible)
        visit.sessions = nil
        visit.admission = number
        #expect(visit.isPlausible == isPlausible)
    }

    @Test func `nobody settled less than nothing elsewhere`() throws {
        var bill = try outpatientBill(100)
        bill.visit.settled = ["hifp_pay": Money(fen: -1)]
        #expect(throws: PricingFault.implausibleVisit) { try quoted(bill, rules) }
        bill.visit.settled = ["hifp_pay": .zero]
        #expect(try quoted(bill, rules).amounts.fundTotal == .zero)
        bill.visit.settled = ["somebody": .zero]
        #expect(throws: PricingFault.implausibleVisit) { try quoted(bill, rules) }
    }

    @Test func `an unknown item is named by its line`() throws {
        var bill = try outpatientBill(100)
        bill.lines.append(Bill.Line(code: "Y", quantity: .one, price: .zero))
        #expect(throws: PricingFault.unknownItem(line: 2, code: "Y")) { try quoted(bill, rules) }
    }

    @Test func `a further layer names its fund, a deductible its period`() throws {
        let layered = try written([
            "390/outpatient/rate": "0.5", "390/outpatient/layers": "[extra]",
            "390/layers/extra/rate": "0.5",
        ])
        let fault = PricingFault.rules(.missing(parameter: "390/layers/extra/fund"))
        #expect(throws: fault) { try quoted(try outpatientBill(100), layered) }
        let daily = try written([
            "390/outpatient/rate": "0.5", "390/outpatient/deductible": "1.00",
            "390/outpatient/deductible_period": "day",
        ])
        let kind = PricingFault.rules(.kind(parameter: "390/outpatient/deductible_period"))
        #expect(throws: kind) { try quoted(try outpatientBill(100), daily) }
    }
}
