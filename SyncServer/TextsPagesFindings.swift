import Checking
import Identifying
import Vocabulary

// What the review after the merge has found, in words for the person who follows it up.
extension Texts {
    static let findingColumns = ["结果", "参保人", "机构", "证据", "记录", "另一笔"]
    static let wholeClinic = "（机构）"

    static func findingsLead(_ visits: Int, _ findings: Int, whole: Bool) -> String {
        let lead = "审核了 \(grouped(visits)) 笔门诊，提示 \(grouped(findings)) 条。提示不是结论，请核对后再处理。"
        return whole ? lead : lead + "笔数太多，只审核了最近的一部分，请缩短日期。"
    }

    static func lastDays(_ days: Int, _ to: Day) -> String {
        days == 1 ? "\(to) 当天" : "到 \(to) 的 \(days) 天"
    }

    static func entriesInAll(_ count: Int) -> String { "共 \(grouped(count)) 笔" }

    static func severity(_ severity: Severity) -> String {
        switch severity {
        case .stop: "违规"
        case .warn: "可疑"
        case .report: "提示"
        }
    }

    static func finding(_ check: Check) -> String {
        switch check {
        case .sameDayElsewhere: "同一天两家机构就诊"
        case .visitInHospital: "住院期间门诊结算"
        case .repeatedSupply: "跨机构重复开药"
        case .manyCards: "短时间多人刷卡"
        case .nightSettlement: "夜间结算"
        case .soldMoreThanBought: "销售多于购进"
        case .costAbovePeers: "次均费用高于同级"
        case .frequencyAbovePeers: "人均次数高于同级"
        case .infusionAbovePeers: "输液占比高于同级"
        case .notCovered: "当天不能享受待遇"
        case .credentialRevoked: "挂失后仍用参保码"
        default: check.rawValue
        }
    }

    static func findingSentence(_ definition: String, _ source: String, _ check: Check) -> String {
        "\(definition)。依据：\(source)。下一步：\(followUp(check))"
    }

    private static func followUp(_ check: Check) -> String {
        switch check {
        case .sameDayElsewhere, .repeatedSupply: "打电话问本人去了哪几家、拿了什么药，再调两家的处方。"
        case .visitInHospital: "与住院医院核对入出院时间，再请卫生室说明是谁来的。"
        case .manyCards, .nightSettlement: "请卫生室说明，并抽几位参保人电话回访。"
        case .soldMoreThanBought: "带上进货票据到卫生室盘点。"
        case .notCovered: "名册够新的照付，不追究；名册过旧的核对参保状态，再裁定是否由基金支付。"
        case .credentialRevoked: "问本人是否自己就诊；冒用的裁定基金不支付，并追究使用人。"
        default: "抽查病历和处方，与同级机构的情况对照。"
        }
    }

    static func evidence(_ finding: MergedFinding, item: String) -> String {
        let figure = { finding.evidence[$0] ?? "" }
        return switch finding.check {
        case .sameDayElsewhere: "当天在 \(figure("clinics")) 家机构结算，最短相隔 \(figure("minutes")) 分钟"
        case .visitInHospital: "\(figure("from")) 至 \(figure("to")) 在住院"
        case .repeatedSupply: "\(item)，在另一家开的还剩 \(figure("left")) 天"
        case .manyCards: "\(figure("minutes")) 分钟内 \(figure("people")) 人结算"
        case .nightSettlement: "夜间 \(figure("count")) 笔，最早 \(figure("time"))"
        case .soldMoreThanBought: "\(item)：售出 \(figure("sold"))，购进 \(figure("bought"))"
        case .costAbovePeers:
            "\(figure("visits")) 笔，次均 \(yuan(fen(figure("own"))))，同级中位数 "
                + yuan(fen(figure("median")))
        case .frequencyAbovePeers:
            "人均 \(decimals(figure("own"), 1000)) 次，同级中位数 \(decimals(figure("median"), 1000)) 次"
        case .infusionAbovePeers:
            "输液 \(decimals(figure("own"), 10))%，同级中位数 \(decimals(figure("median"), 10))%"
        case .notCovered:
            exclusion(figure("why")) + "（\(figure("figures"))）；终端名册 \(figure("age")) 天前，"
                + (figure("honoured").isEmpty ? "过旧，待核" : "够新，照付")
        case .credentialRevoked:
            "\(figure("revoked")) 挂失，\(figure("used")) 使用，终端名册截至 \(figure("roll"))"
        default:
            finding.evidence.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: listComma)
        }
    }

    private static func exclusion(_ rule: String) -> String {
        switch Verdict.Rule(rawValue: rule) {
        case .death: "已死亡"
        case .move: "已转出"
        case .suspension: "暂停参保"
        case .waitingStated, .waitingComputed, .monthsBroken: "等待期内"
        case .monthUnpaid, .yearUnpaid: "当期未缴费"
        default: "不在待遇期"
        }
    }

    private static func fen(_ text: String) -> Money { Money(fen: Int(text) ?? 0) }

    /// A whole number of thousandths or tenths, with one decimal.
    private static func decimals(_ text: String, _ unit: Int) -> String {
        let tenths = (Int(text) ?? 0) * 10 / unit
        return "\(tenths / 10).\(tenths % 10)"
    }
}
