import Vocabulary

extension Workings {
    /// 个人负担: the total less the funds and the institution, by subtraction, so that the parts
    /// always sum.
    mutating func personPart(_ amounts: Amounts) {
        let institution =
            amounts.institutionPart > .zero ? words(" - \(amounts.institutionPart)") : ""
        say(
            .personPart, amounts.personPart,
            "\(amounts.total) - \(amounts.fundTotal)\(institution) = \(amounts.personPart)")
    }
}
