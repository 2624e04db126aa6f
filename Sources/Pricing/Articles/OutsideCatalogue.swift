import Vocabulary

/// 全自费: an item outside the catalogue (丙类) is borne by the person whole.
func takeOutsideCatalogue(
    _ split: inout LineSplit, _ number: Int, _ item: ItemTerms, _ reasons: inout [Reason]
) {
    guard item.itemClass == .outside else { return }
    split.outside = split.amount
    reasons.append(
        Reason(.outsideCatalogue, line: number, amount: split.outside, "\(split.amount)"))
}
