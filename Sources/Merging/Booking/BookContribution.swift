import Journaling
import Vocabulary

/// A household's contribution: the fund earns what is charged; the desk holds what was paid, and the
/// treasury owes the subsidy.
func book(_ receipt: ContributionReceipt) -> Booking? {
    let charged = receipt.lines.map(\.charged).sum()
    let relief = receipt.lines.map(\.relief).sum()
    let account = receipt.tenders[Tender.account.rawValue] ?? .zero
    let collected = receipt.total - account
    let lines: [(Account, Money)] = [
        (.contributionIncome, -charged), (.assistance, relief), (.personalAccount, account),
        (.remittance, collected), (.contributionsDue, -collected),
    ]
    return Booking(lines + inHand(receipt.tenders))
}
