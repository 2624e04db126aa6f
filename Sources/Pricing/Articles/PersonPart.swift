import Vocabulary

/// 个人负担: the total less the fund, by subtraction, so that the parts always sum.
func personPart(_ amounts: Amounts) -> Reason {
    Reason(
        .personPart, amount: amounts.personPart,
        "\(amounts.total) - \(amounts.fundTotal) = \(amounts.personPart)")
}
