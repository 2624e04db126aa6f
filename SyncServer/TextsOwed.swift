import Journaling
import Merging
import Settling
import Vocabulary

// What a person is owed after a year was priced again, and how it is settled.
extension Texts {
    static let owedHeading = "重算差额的结清"
    static let owedColumns = ["日期", "涉及就诊", "原因", "金额", "已结清", "未结清"]
    static let settledLabel = "结清的差额"
    static let nobodySettled = "还没有"

    static func owedSentence(_ open: Money) -> String {
        let rest =
            open == .zero
            ? "都已结清。"
            : open > .zero
                ? "还应补给本人 \(yuan(open))，下次就诊时抵付。"
                : "本人还应退回 \(yuan(-open))，下次就诊时按规定收取。"
        return "全年重算后由本人承担或应补给本人的差额，在下次就诊时结清，不动那次就诊的价格。" + rest
    }

    static func owedReason(_ word: String) -> String {
        Adjustment.Reason(rawValue: word).map(why)
            ?? Clash.Kind(rawValue: word).map(\.words.name) ?? word
    }

    static func owedAmount(_ amount: Money) -> String {
        amount > .zero ? "应补给本人" : "应由本人退回"
    }
}
