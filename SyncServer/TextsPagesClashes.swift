import Merging
import Vocabulary

// Clashes in words for the person who answers for the money.
extension Texts {
    static func matters(_ kind: Clash.Kind) -> String { "件" + kind.words.name }

    static func mergeClass(_ kind: Clash.Kind) -> String {
        switch kind.mergeClass {
        case .commutes: "可自动计算：记录都有效，不分先来后到，按全年重新计算，只找差额。"
        case .rights: "超出额度：已经发生的不改，超出部分记为超支，不让患者当场退钱。"
        case .firstValidWins: "先者有效：按业务日期、终端编号、序号排在前的一笔成立，后一笔作重复处理。"
        case .personDecides: "须由人判断：系统不替您选，双方都保存。"
        }
    }

    static func refundNext(_ place: String, _ phone: String, _ receipt: String) -> String {
        "打电话给\(place)（\(phone)），为票据 \(receipt) 办理退费并收回原票据；"
            + "参保人凭成立的票据享受待遇，不受影响。"
    }

    /// What hangs on all clashes of a kind, both directions named.
    static func stake(_ kind: Clash.Kind, _ amounts: [Money]) -> String {
        let more = amounts.filter { $0 > .zero }.sum()
        let less = amounts.filter { $0 < .zero }.sum().magnitude
        return [(more, Money(fen: 1)), (less, Money(fen: -1))].filter { $0.0 > .zero }
            .map { kind.words.effect(of: $0.1) + " " + yuan($0.0) }.joined(separator: "，")
    }

    static func clashLead(_ count: Int, shown: Int) -> String {
        let all = "共 \(grouped(count)) 件。双方记录都已永久保存，点开可并排查看。"
        return shown < count ? all + "这里列出前 \(shown) 件。" : all
    }
}
