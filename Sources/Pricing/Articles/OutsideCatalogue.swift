import Vocabulary

extension Workings {
    /// 全自费: an item outside the catalogue (丙类) is borne by the person whole.
    mutating func takeOutsideCatalogue(_ split: inout LineSplit, _ number: Int) {
        guard split.itemClass == .outside else { return }
        split.outside = split.amount
        reasons.append(
            Reason(.outsideCatalogue, line: number, amount: split.outside, "\(split.amount)"))
    }
}
