import Journaling
import Pricing
import Settling
import Vocabulary

/// A settled visit: the clinic earned the total; the funds, the person's tenders and the clinic
/// itself bear it.
///
/// What the clinic gave of what the county owed the person it claims from the county, and what it took
/// of what the person owed it owes: the person's account against the drawer, never against a fund.
func book(_ visit: Visit) -> Booking? {
    let amounts = visit.amounts
    let account = visit.paidByAccounts
    let owed = visit.tenders[Settlement.owedWord] ?? .zero
    let claimed = amounts.fundTotal + account + owed
    var lines: [(Account, Money)] = [
        (.clinicIncome, -amounts.total), (.clinicReceivable, claimed),
        (.clinicBears, amounts.institutionPart),
        (.clinicPayable, -claimed), (.personalAccount, account),
    ]
    lines += amounts.funds.map { (.fund($0.key.rawValue), $0.value) }
    lines += inHand(visit.tenders)
    if owed != .zero { lines.append((.person, owed)) }
    return Booking(lines)
}

/// Money that lies at the desk, by tender.
func inHand(_ tenders: [String: Money]) -> [(Account, Money)] {
    tenders.compactMap { word, amount in
        switch Tender(rawValue: word) {
        case .cash: (.cashDrawer, amount)
        case .bankCard: (.bankCard, amount)
        case .account, nil: nil
        }
    }
}
