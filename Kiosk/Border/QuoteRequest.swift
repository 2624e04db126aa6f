import Pricing
import Vocabulary

/// One line of `kiosk quote`'s input, with the national field names.
struct QuoteRequest: Decodable {
    var on: Day
    var insutype: Scheme
    var med_type: VisitKind
    var hosp_lv: InstitutionLevel
    var member: Person?
    var standing: StandingAtBorder?
    var accounts: AccountsAtBorder?
    var route: String?
    var remote: String?
    var claim: String?
    var sessions: Int?
    var admission: Int?
    /// What other layers have paid already, by national field.
    var settled: [String: Yuan]?
    var feedetail: [Fee]

    /// Everything is optional: a quote needs to know only what its rules ask for.
    struct Person: Decodable {
        var birth: Day?
        var sex: Sex?
        var titles: [Title]?
        var person: String?
        var family_doctor: Bool?
        var tier: String?
        var incentive: Yuan?
        var diseases: [String]?
    }

    struct AccountsAtBorder: Decodable {
        /// Balance of the person's own account.
        var balc: Yuan?
        /// Balances of family accounts in the order of payers.
        var family: [Yuan]?
    }

    struct Fee: Decodable {
        var med_list_codg: String
        var cnt: Count?
        var pric: Yuan?
        var det_item_fee_sumamt: Yuan?
        var chrgitm_lv: ItemClass?
        var selfpay_prop: Proportion?
        var pric_uplmt_amt: Yuan?
        var med_chrgitm_type: FeeType?
    }

    func bill() throws -> Bill {
        guard feedetail.count <= Bill.mostLines else {
            throw PricingFault.tooManyLines(feedetail.count)
        }
        let lines = try feedetail.enumerated().map { index, fee in
            try fee.line(at: index)
        }
        return Bill(
            day: on, scheme: insutype, kind: med_type, level: hosp_lv, lines: lines,
            patient: member?.facts ?? Bill.Patient(), visit: try course())
    }

    private func course() throws -> Bill.Visit {
        var visit = Bill.Visit()
        visit.route = route
        visit.remote = remote
        visit.claim = claim
        visit.sessions = sessions
        visit.admission = admission
        visit.settled = settled?.mapValues(\.money)
        guard visit.isPlausible else {
            throw QuoteFault(
                "range",
                "sessions and admission are 1 to \(Bill.Visit.most), settled names fund fields",
                "sessions")
        }
        return visit
    }

    /// The balances the accounts may pay from.
    func balances() throws -> Accounts {
        let balances = Accounts(
            own: accounts?.balc?.money ?? .zero, family: (accounts?.family ?? []).map(\.money))
        guard balances.own >= .zero, balances.family.allSatisfy({ $0 >= .zero }) else {
            throw QuoteFault("range", "a balance is never negative", "accounts.balc")
        }
        return balances
    }
}

extension QuoteRequest.Person {
    fileprivate var facts: Bill.Patient {
        var facts = Bill.Patient()
        facts.birth = birth
        facts.sex = sex
        facts.titles = titles
        facts.person = person
        facts.familyDoctor = family_doctor
        facts.tier = tier
        facts.incentive = incentive?.money
        facts.diseases = diseases
        return facts
    }
}

extension QuoteRequest.Fee {
    fileprivate func line(at index: Int) throws -> Bill.Line {
        let quantity = cnt?.quantity ?? .one
        guard let price = pric?.money ?? (cnt == nil ? det_item_fee_sumamt?.money : nil) else {
            throw QuoteFault(
                "missing", "a line needs pric and cnt, or det_item_fee_sumamt alone",
                "feedetail[\(index)].pric")
        }
        guard price >= .zero, price.fen <= 100_000_000 else {
            throw QuoteFault(
                "range", "\(price) is no price between 0 and 1000000.00", "feedetail[\(index)].pric"
            )
        }
        let line = Bill.Line(
            code: med_list_codg, quantity: quantity, price: price,
            ownTerms: try terms())
        if let stated = det_item_fee_sumamt?.money, stated != line.amount {
            throw QuoteFault(
                "amount_mismatch", "\(price) × \(quantity) is \(line.amount), not \(stated)",
                "feedetail[\(index)].det_item_fee_sumamt")
        }
        return line
    }

    private func terms() throws -> ItemTerms? {
        guard let itemClass = chrgitm_lv else { return nil }
        if let limit = pric_uplmt_amt?.money, limit < .zero {
            throw QuoteFault("range", "a price limit is never negative", "feedetail.pric_uplmt_amt")
        }
        return ItemTerms(
            itemClass: itemClass, ownShare: selfpay_prop?.share, priceLimit: pric_uplmt_amt?.money,
            feeType: med_chrgitm_type ?? .other)
    }
}

/// A bad line of input: which field, what is wrong with it.
struct QuoteFault: Error, Encodable {
    let code: String
    let message: String
    let path: String

    init(_ code: String, _ message: String, _ path: String) {
        self.code = code
        self.message = message
        self.path = path
    }
}
