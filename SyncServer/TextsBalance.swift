import Merging
import Pricing
import Vocabulary

// The books in words.
extension Texts {
    static let balanceColumns = ["科目", "借方", "贷方"]

    static func balanceBy(_ by: TrialBalance.By) -> String {
        switch by {
        case .day: "按日"
        case .clinic: "按单位"
        case .township: "按乡镇"
        case .scheme: "按险种"
        }
    }

    static func balanceLead(_ from: Day, _ to: Day, _ groups: Int, _ sum: Money) -> String {
        guard groups > 0 else { return "\(from) 到 \(to) 没有记账。" }
        return "\(from) 到 \(to)，共 \(grouped(groups)) 组。" + balances(sum)
            + "每笔就诊、缴费、调整、作废和日结都同时记借方和贷方。"
    }

    static func balances(_ sum: Money) -> String {
        sum == .zero ? "● 借贷相等。" : "■ 借贷不等，差 \(yuan(sum))，请告诉技术支持。"
    }

    static func ofThatLate(_ amount: Money) -> String {
        "；其中月结后迟到的 \(yuan(amount))"
    }

    static func account(_ account: Account) -> String {
        if let name = account.fundName { return fundWord(name) }
        switch account {
        case .clinicIncome: return "医疗收入"
        case .clinicReceivable: return "机构应收"
        case .clinicBears: return "机构承担"
        case .clinicPayable: return "应付机构"
        case .personalAccount: return "个人账户"
        case .person: return "参保人往来"
        case .absorbed: return "基金自担"
        case .cashDrawer: return "钱箱现金"
        case .bankCard: return "银行卡收款"
        case .inTransit: return "在途现金"
        case .cashDifference: return "长短款"
        case .contributionsDue: return "代收待缴"
        case .remittance: return "应收代收款"
        case .assistance: return "财政资助应收"
        case .contributionIncome: return "参保缴费收入"
        default: return account.rawValue
        }
    }

    private static func fundWord(_ name: String) -> String {
        switch Fund(rawValue: name) {
        case .pooled: "统筹基金支出"
        case .civilServants: "公务员医疗补助支出"
        case .employers: "企业补充医疗保险支出"
        case .seriousIllness: "居民大病保险支出"
        case .largeSum: "职工大额补助支出"
        case .assistance: "医疗救助支出"
        case .other: "其他支出"
        case nil: name
        }
    }

    /// A small line beneath the name, in plain words.
    static func accountMeans(_ account: Account) -> String {
        if account.fundName != nil { return "基金为就诊支付的" }
        switch account {
        case .clinicIncome: return "机构提供医疗服务应得的总额"
        case .clinicReceivable: return "机构等着县局拨付的"
        case .clinicBears: return "由机构自己负担的"
        case .clinicPayable: return "县局还没有拨给机构的"
        case .personalAccount: return "从个人账户划走的"
        case .person: return "贷方：下次就诊应补给本人；借方：下次就诊应抵扣"
        case .absorbed: return "基金多付、由基金自己承担的"
        case .cashDrawer: return "还在钱箱里的现金"
        case .bankCard: return "刷卡收到的"
        case .inTransit: return "日结清点后交存途中的现金"
        case .cashDifference: return "清点与账面不符的"
        case .contributionsDue: return "窗口代收、还没有上缴的参保费"
        case .remittance: return "基金等着窗口上缴的参保费"
        case .assistance: return "困难群众由财政资助、等待拨付的"
        case .contributionIncome: return "当年参保缴费应收总额"
        default: return ""
        }
    }
}
