import Vocabulary

extension Workings {
    /// 先行自付: of a class B item the person first bears a share, half up to the fen; what is left
    /// enters the scope by subtraction.
    mutating func takeOwnShareFirst(
        _ split: inout LineSplit, _ number: Int, _ terms: ItemTerms
    ) {
        guard split.itemClass == .b, terms.ownShare > .zero else { return }
        let base = split.inScope
        split.ownShareFirst = base.share(terms.ownShare)
        reasons.append(
            Reason(
                .ownShareFirst, line: number, amount: split.ownShareFirst,
                "\(base) × \(terms.ownShare.percent) = \(split.ownShareFirst)"))
    }
}
