import Vocabulary

// Closing months, in words.
extension Texts {
    static let monthWords = [
        "closing": "月结",
        "closingLead":
            "月结把这个月已收到的账定下来：定了就不再变。以后才到的记录、后来查出的差额，都记在下一个没结的月份并注明“迟到”。月结不能撤销，所以要两位经办人：一位提出，另一位确认。",
        "closingNext": "先看哪些终端还没有报来，再由一位经办人提出、另一位确认。",
        "monthNotOver": "这个月还没有过完，不能月结。",
        "monthOpen": "还没有人提出月结。",
        "proposeMonth": "提出月结",
        "proposeMonthLead": "核对下面的终端和试算平衡表后，输入本人密码。提出之后账目照常进来，等另一位经办人确认才定下。",
        "confirmMonth": "确认月结",
        "confirmMonthLead": "确认后立即生效：先记完所有未记的调整，再把这个月定下来。不能撤销。",
        "allHeard": "● 所有终端在月末之后都联系过县局，没有账留在外面。",
    ]

    static let unheardColumns = ["单位", "最后联系", "最近一笔", "代收未缴", "估计未报"]

    static func monthHeading(_ month: Month) -> String { "月结 · \(month)" }

    static func month(_ month: Month, isClosed: Bool) -> String {
        "\(month)" + (isClosed ? " 已结" : " 未结")
    }

    static func openMonths(_ first: Month) -> String { "个月份未月结，最早 \(first)" }

    static func closingAsked(_ person: String, _ at: Instant) -> String {
        "\(person) 于 \(at) 提出月结，等另一位经办人确认。"
    }

    static func closedBy(_ person: String, _ at: Instant) -> String {
        "\(person) 于 \(at) 确认月结。"
    }

    static func unheard(_ count: Int) -> String {
        "月末之后还没有联系的终端" + (count == 0 ? "" : " \(grouped(count)) 台")
    }

    static func unheardSentence(_ days: Int) -> String {
        "“代收未缴”是已报来、还没有上缴的参保费；“估计未报”按最近一笔之前 \(days) 天的日均乘以缺的天数，只供参考。"
    }

    static func missing(_ days: Int) -> String { days == 0 ? "" : "到月末缺 \(days) 天" }

    static func perhaps(_ fund: Money, _ contributions: Money) -> String {
        "基金 \(yuan(fund))，收缴 \(yuan(contributions))"
    }
}
