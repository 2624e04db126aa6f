import Checking
import Journaling
import Merging
import Vocabulary

// What the county may rule, in words for the person who answers for the money.
extension Texts {
    static func ruling(_ ruling: Ruling) -> String {
        let step = ruling.confirms != nil ? "确认：" : ruling.choice.needsSecond ? "提出：" : ""
        return "裁定：" + step + choice(ruling.choice, ruling.bearer)
    }

    static func choice(_ choice: Ruling.Choice, _ bearer: Adjustment.Bearer?) -> String {
        switch choice {
        case .stands: "核对无误，结案"
        case .refused: "基金不支付，" + bears(bearer)
        case .borne: "差额" + bears(bearer)
        case .receipt: "这一张票据成立"
        case .admitted: "核对属实，准予计入"
        case .reopened: "撤销以前的裁定"
        }
    }

    static let needsSecond = "须另一位经办人确认后生效"
    static let oneSuffices = "一人即可，不动钱"
    static let waitingColumns = ["事项", "参保人", "业务日", "金额", "单位", "下一步"]
    static let twiceColumns = ["事项", "参保人", "下一步"]

    static func waited(_ days: Int) -> String { days <= 0 ? "今天" : "等了 \(days) 天" }

    /// Said only where not all are listed.
    static func firstOf(_ count: Int, shown: Int) -> String {
        shown < count ? "共 \(grouped(count)) 件，这里列出最要紧的 \(shown) 件。" : ""
    }

    /// A review of many days is still under way.
    static func reviewing(_ days: Int, since last: Instant?) -> String {
        let shown = last.map { "审核一栏是 \($0) 的结果" } ?? "审核一栏还没有结果"
        return "正在重新审核近 \(days) 天的就诊，" + shown + "；过一会儿再打开就是新的。"
    }

    static func twiceRegistered(_ names: Int) -> String {
        names > 1 ? "一个身份证号两个姓名" : "一人登记两次"
    }

    /// Who ruled what, when, and why.
    static func ruled(_ ruling: Ruling, _ person: String, _ at: Instant) -> String {
        "\(at) \(person)：" + choice(ruling.choice, ruling.bearer) + "。理由：" + ruling.reason
    }

    /// What a year comes to as it is.
    static func yearNow(_ year: PersonYear) -> String {
        "全年基金应付 " + yuan(year.due.fund) + "（终端已结算 " + yuan(year.claimed.fund) + "）"
            + borne(year)
    }

    /// What a choice would change, from two folds of the same year.
    static func ruledEffect(_ now: PersonYear?, _ then: PersonYear?, _ refunds: [String]) -> String
    {
        guard let now, let then else { return "不影响金额。" }
        var parts: [String] = []
        if now.due.fund != then.due.fund {
            parts.append("全年基金应付 " + yuan(now.due.fund) + " 变为 " + yuan(then.due.fund))
        }
        if now.borne != then.borne { parts.append("差额" + borne(then)) }
        if now.clashes != then.clashes, !refunds.isEmpty {
            parts.append("退费：" + refunds.joined(separator: listComma))
        }
        return parts.isEmpty ? "金额与现在相同。" : parts.joined(separator: "；") + "。"
    }

    private static func borne(_ year: PersonYear) -> String {
        let parts = Adjustment.Bearer.allCases.compactMap { bearer -> String? in
            guard let amount = year.borne[bearer], amount != .zero else { return nil }
            switch bearer {
            case .fund: return "基金自担 " + yuan(amount.magnitude)
            case .clinic: return "机构承担 " + yuan(amount.magnitude)
            case .person:
                return (amount > .zero ? "补给参保人 " : "参保人退回 ") + yuan(amount.magnitude)
            }
        }
        return "：" + (parts.isEmpty ? "无差额" : parts.joined(separator: "，"))
    }

    /// The rule that held an entry up.
    static func matter(_ name: String) -> String {
        if let kind = Clash.Kind(rawValue: name) { return kind.words.name }
        if name == operatorMatter { return "经办人岗位不符" }
        return Check(rawValue: name).map(finding) ?? name
    }

    static func bears(_ bearer: Adjustment.Bearer?) -> String {
        switch bearer {
        case .fund, nil: "由基金承担"
        case .person: "由参保人下次就诊抵扣"
        case .clinic: "由机构承担"
        }
    }
}

/// The matter of an entry whose operator's post does not do what it says.
let operatorMatter = "operatorNotAllowed"
