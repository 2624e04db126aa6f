import Foundation
import Pricing
import Testing
import Vocabulary

/// Amounts as a journal keeps them, and their mirror image.
@Suite struct AmountsTests {
    private static let kept = """
        {"medfee_sumamt":1000,"fulamt_ownpay_amt":100,"overlmt_selfpay":60,"preselfpay_amt":40,
        "inscp_scp_amt":800,"act_pay_dedc":300,"hifp_pay":200,"maf_pay":50,"hosp_part_amt":10,
        "fund_pay_sumamt":250,"psn_part_amt":740}
        """

    @Test func `every amount stands under its national name`() throws {
        let amounts = try Self.kept.read(as: Amounts.self)
        #expect(amounts.outside.fen == 100)
        #expect(amounts.overLimit.fen == 60)
        #expect(amounts.ownShareFirst.fen == 40)
        #expect(amounts.deductible.fen == 300)
        #expect(amounts.institutionPart.fen == 10)
        #expect(amounts.funds == [.pooled: Money(fen: 200), .assistance: Money(fen: 50)])
        let again = try JSONEncoder().encode(amounts)
        #expect(try CompactJSON.decode(Amounts.self, from: again) == amounts)
    }

    @Test func `a void turns every amount round`() throws {
        let void = -(try Self.kept.read(as: Amounts.self))
        #expect(void.total.fen == -1_000)
        #expect(void.fundTotal.fen == -250)
        #expect(void.personPart.fen == -740)
    }

    @Test func `amounts agree where the parts of the lines sum to the total`() throws {
        #expect(try Self.kept.read(as: Amounts.self).agree)
        let wrong = Self.kept.replacing("\"preselfpay_amt\":40", with: "\"preselfpay_amt\":41")
        #expect(try !wrong.read(as: Amounts.self).agree)
    }

    @Test(arguments: ["\"fund_pay_sumamt\":250", "\"psn_part_amt\":740"])
    func `a sum that does not follow is refused`(field: String) {
        let wrong = Self.kept.replacing(field, with: field + "0")
        #expect(throws: DecodingError.self) { try wrong.read(as: Amounts.self) }
    }
}
