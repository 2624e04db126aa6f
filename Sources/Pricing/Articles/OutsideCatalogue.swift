import Vocabulary

extension Workings {
    /// 全自费: an item outside the catalogue (丙类) is borne by the person whole.
    mutating func takeOutsideCatalogue(_ split: inout LineSplit, _ number: Int) {
        guard split.itemClass == .outside else { return }
        let amount = split.amount
        split.outside = amount
        say(.outsideCatalogue, line: number, amount, "\(amount)")
    }
}
