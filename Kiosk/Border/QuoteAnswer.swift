import Pricing
import Rules
import Vocabulary

/// One line of `kiosk quote`'s output.
struct QuoteAnswer: Encodable {
    var setlinfo: SettlementFields
    var feedetail: [Fee]
    var reasons: [ReasonAtBorder]
    var standing: StandingAtBorder

    /// One line's split; the amounts the line does not have are zero.
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
        var layer: String?
        var line: Int?
        var amount: Yuan
        var arithmetic: String
        var citations: [Citation]
    }

    init(_ quote: Quote, _ payers: Payers, _ balances: Accounts) {
        setlinfo = SettlementFields(quote, payers, balances)
        feedetail = quote.lines.map { line in
            Fee(
                med_list_codg: line.code, det_item_fee_sumamt: Yuan(line.amount),
                fulamt_ownpay_amt: Yuan(line.outside), overlmt_amt: Yuan(line.overLimit),
                preselfpay_amt: Yuan(line.ownShareFirst), inscp_scp_amt: Yuan(line.inScope))
        }
        reasons = quote.reasons.map { reason in
            ReasonAtBorder(
                article: reason.article, layer: reason.layer, line: reason.line,
                amount: Yuan(reason.amount),
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
    var cvlserv_pay: Yuan
    var hifes_pay: Yuan
    var hifmi_pay: Yuan
    var hifob_pay: Yuan
    var maf_pay: Yuan
    var oth_pay: Yuan
    var fund_pay_sumamt: Yuan
    var psn_part_amt: Yuan
    var acct_pay: Yuan
    /// Of which family accounts.
    var acct_mulaid_pay: Yuan
    var psn_cash_pay: Yuan
    var hosp_part_amt: Yuan
    /// Balance of the own account after the settlement.
    var balc: Yuan
    /// Cash to the unit that is handled at the counter; not a national field.
    var cash_due: Yuan

    init(_ quote: Quote, _ payers: Payers, _ balances: Accounts) {
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
        let fund = { Yuan(amounts.funds[$0] ?? .zero) }
        cvlserv_pay = fund(.civilServants)
        hifes_pay = fund(.employers)
        hifmi_pay = fund(.seriousIllness)
        hifob_pay = fund(.largeSum)
        maf_pay = fund(.assistance)
        oth_pay = fund(.other)
        hosp_part_amt = Yuan(amounts.institutionPart)
        acct_pay = Yuan(payers.accounts)
        acct_mulaid_pay = Yuan(payers.family.sum())
        psn_cash_pay = Yuan(payers.cash)
        balc = Yuan(balances.own - payers.own)
        cash_due = Yuan(payers.cashDue)
    }
}
