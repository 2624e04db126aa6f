import Vocabulary

/// 先行自付: of a class B item the person first bears a share, half up to the fen; what is left
/// enters the scope by subtraction.
func takeOwnShareFirst(
    _ split: inout LineSplit, _ number: Int, _ item: ItemTerms, _ reasons: inout [Reason]
) {
    guard item.itemClass == .b, item.ownShare > .zero else { return }
    let base = split.inScope
    split.ownShareFirst = base.share(item.ownShare)
    reasons.append(
        Reason(
            .ownShareFirst, line: number, amount: split.ownShareFirst,
            "\(base) × \(item.ownShare.percent) = \(split.ownShareFirst)"))
}
