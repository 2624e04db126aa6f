import Pricing
import Rules
import Vocabulary

/// One line of `kiosk quote`'s output.
struct QuoteAnswer: Encodable {
    var setlinfo: SettlementFields
    var feedetail: [Fee]
    var reasons: [ReasonAtBorder]
    var standing: StandingAtBorder

    struct Fee: Encodable {
        var med_list_codg: String
        var det_item_fee_sumamt: Yuan
        var fulamt_ownpay_amt: Yuan
        var overlmt_amt: Yuan
        var preselfpay_amt: Yuan
        var inscp_scp_amt: Yuan
    }

    struct ReasonAtBorder: Encodable {
        var article: Article
        var line: Int?
        var amount: Yuan
        var arithmetic: String
        var citations: [Citation]
    }

    /// - Parameter balance: of the person's account; the own part is taken from it as far as it goes.
    init(_ quote: Quote, balance: Money) {
        setlinfo = SettlementFields(quote, account: min(balance, quote.amounts.personPart), balance)
        feedetail = quote.lines.map { line in
            Fee(
                med_list_codg: line.code, det_item_fee_sumamt: Yuan(line.amount),
                fulamt_ownpay_amt: Yuan(line.outside), overlmt_amt: Yuan(line.overLimit),
                preselfpay_amt: Yuan(line.ownShareFirst), inscp_scp_amt: Yuan(line.inScope))
        }
        reasons = quote.reasons.map { reason in
            ReasonAtBorder(
                article: reason.article, line: reason.line, amount: Yuan(reason.amount),
                arithmetic: reason.arithmetic, citations: reason.citations)
        }
        standing = StandingAtBorder(quote.standing)
    }
}

/// The national settlement fields (2207 `setlinfo`), in yuan.
struct SettlementFields: Encodable {
    var medfee_sumamt: Yuan
    var fulamt_ownpay_amt: Yuan
    var overlmt_selfpay: Yuan
    var preselfpay_amt: Yuan
    var inscp_scp_amt: Yuan
    var act_pay_dedc: Yuan
    var hifp_pay: Yuan
    var pool_prop_selfpay: Proportion
    var cvlserv_pay = Yuan(.zero)
    var hifes_pay = Yuan(.zero)
    var hifmi_pay = Yuan(.zero)
    var hifob_pay = Yuan(.zero)
    var maf_pay = Yuan(.zero)
    var oth_pay = Yuan(.zero)
    var fund_pay_sumamt: Yuan
    var psn_part_amt: Yuan
    var acct_pay: Yuan
    var acct_mulaid_pay = Yuan(.zero)
    var psn_cash_pay: Yuan
    var hosp_part_amt = Yuan(.zero)
    /// Balance of the account after the settlement.
    var balc: Yuan

    init(_ quote: Quote, account: Money, _ balance: Money) {
        let amounts = quote.amounts
        medfee_sumamt = Yuan(amounts.total)
        fulamt_ownpay_amt = Yuan(amounts.outside)
        overlmt_selfpay = Yuan(amounts.overLimit)
        preselfpay_amt = Yuan(amounts.ownShareFirst)
        inscp_scp_amt = Yuan(amounts.inScope)
        act_pay_dedc = Yuan(amounts.deductible)
        hifp_pay = Yuan(amounts.pooledFund)
        pool_prop_selfpay = Proportion(quote.rate)
        fund_pay_sumamt = Yuan(amounts.fundTotal)
        psn_part_amt = Yuan(amounts.personPart)
        acct_pay = Yuan(account)
        psn_cash_pay = Yuan(amounts.personPart - account)
        balc = Yuan(balance - account)
    }
}
