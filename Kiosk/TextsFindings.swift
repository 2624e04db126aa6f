import Checking
import Rules

// What a review rule has found: what is the matter, the figures, and what the doctor may do now.
extension Texts {
    static func sentence(for finding: Finding) -> String {
        let figure = { finding.evidence[$0] ?? "" }
        return matter(finding, figure) + nextStep(finding)
    }

    private static func matter(_ finding: Finding, _ figure: (String) -> String) -> String {
        switch finding.check {
        case .notCovered: "此人今天不能报销。"
        case .kindNotRecognised: "此人没有这一类门诊的认定，请改按普通门诊。"
        case .schemeMismatch: "这种药由\(scheme(figure("only")))支付，医保不付，请删去。"
        case .itemOutOfScope: "本机构不能开这个项目，请删去，或转到上级医院。"
        case .levelTooLow: "这种药限\(level(figure("only")))医院用，请换药，或转到上级医院。"
        case .visitWayMismatch: "这种药只在住院时报销，请换药。"
        case .sexMismatch where !figure("diagnosis").isEmpty:
            "诊断 \(figure("diagnosis")) 与性别不符，请核对诊断和本人。"
        case .sexMismatch: "只限\(figure("only") == "1" ? "男" : "女")性用，请删去，并核对是不是本人。"
        case .ageMismatch: "限\(ages(figure("only")))用，此人 \(figure("age")) 岁。"
        case .ageForbidden: "\(ages(figure("not")))禁用，此人 \(figure("age")) 岁，请换药。"
        case .diagnosisMissing: "诊断不在这种药的报销范围里，有相应的病请先加诊断。"
        case .priceAboveLimit:
            "单价 \(figure("price")) 元超过限价 \(figure("limit")) 元，超出的由个人付。"
        case .priceAbovePurchase:
            "单价 \(figure("price")) 元高于采购价 \(figure("purchase")) 元，零差率药品请按采购价卖。"
        default: quantity(finding, figure)
        }
    }

    private static func quantity(_ finding: Finding, _ figure: (String) -> String) -> String {
        switch finding.check {
        case .supplyTooLong:
            "开了 \(figure("days")) 天，一般不超过 \(figure("limit")) 天。"
        case .supplyBeyondLongest:
            "开了 \(figure("days")) 天，最多 \(figure("limit")) 天，请减少数量。"
        case .repeatedSupply: "\(figure("last")) 开的还剩 \(figure("left")) 天。"
        case .courseTooLong: "累计 \(figure("days")) 天，最多报销 \(figure("limit")) 天。"
        case .tooFrequent:
            "\(window(figure("window"))) \(figure("count")) 次，最多 \(figure("limit")) 次。"
        case .tooManyDrugs:
            "开了 \(figure("count")) 种药，一般不超过 \(figure("limit")) 种。"
        case .secondConsultFee: "一般诊疗费\(window(figure("window")))只收一次，请删去这一行。"
        case .consultFeeBundle: "一般诊疗费已经包含这一项，请删去这一行。"
        case .suppliesApart: "普通耗材不能单独收费，请删去这一行。"
        case .repeatedCharge: "与“\(figure("item"))”重复收费，只能留一个，请删去一行。"
        case .secondOperation: "同一切口的第二个手术（\(figure("group"))）要按规定折价。"
        default: clinic(finding, figure)
        }
    }

    private static func clinic(_ finding: Finding, _ figure: (String) -> String) -> String {
        switch finding.check {
        case .operatorNotAllowed where !figure("suspended").isEmpty:
            "您 \(figure("suspended")) 前停职或不在岗，不能结算，请换人登录。"
        case .operatorNotAllowed:
            "您的执业证 \(figure("licensed")) 到期，不能结算，请先到县里更新。"
        case .agreementEnded: "本机构协议 \(figure("through")) 到期，不能结算，请联系县医保局。"
        case .accountGoods: "个人账户不能买这一项，请改收现金或删去。"
        case .manyCards:
            "\(figure("minutes")) 分钟内 \(figure("people")) 个人刷卡，请确认都是本人来的。"
        case .nightSettlement: "现在 \(figure("time"))，夜间结算会被县里核查，请留好病历。"
        case .sameBill: "\(figure("time")) 给此人结算过一样的一单，请确认不是重复录入。"
        case .traceCodeMissing where figure("code").isEmpty: "没有扫追溯码。"
        case .traceCodeMissing: "追溯码“\(figure("code"))”不对，应是 20 位，请重扫。"
        case .traceCodeSoldTwice: "追溯码 \(figure("code")) 卖过一次了，请核对药盒。"
        default: "县里合并后会核查这一条。"
        }
    }

    /// A warning may be passed with a reason; a stop may not.
    private static func nextStep(_ finding: Finding) -> String {
        guard finding.severity == .warn, finding.stage == .settling else { return "" }
        switch finding.check {
        case .supplyTooLong, .repeatedSupply, .tooManyDrugs, .ageMismatch, .diagnosisMissing,
            .courseTooLong, .levelTooLow, .visitWayMismatch:
            return "仍开药请写原因。"
        default: return "仍要结算请写原因。"
        }
    }

    /// Who says so, as a small line beneath.
    static func basis(_ finding: Finding) -> String {
        guard let citation = finding.citation, !citation.source.isEmpty else { return "" }
        return "依据：\(citation.source)"
    }

    private static func scheme(_ word: String) -> String {
        switch word {
        case "workInjury": "工伤保险"
        case "maternity": "生育保险"
        default: "其他险种"
        }
    }

    private static func level(_ word: String) -> String {
        switch word {
        case "3": "三级"
        case "2": "二级以上"
        default: "一级以上"
        }
    }

    private static func ages(_ word: String) -> String {
        word.split(separator: ";").map { group in
            switch group {
            case "newborn": "新生儿"
            case "infant": "婴幼儿"
            case "child": "儿童"
            case "working": "就业年龄的人"
            default: "年龄 \(group) "
            }
        }.joined(separator: "、")
    }

    private static func window(_ text: String) -> String {
        switch Window(text) {
        case .visit, .hours: "一次就诊"
        case .day: "一天"
        case .month: "一个月"
        case .quarter: "一个季度"
        case .year: "一年"
        case .days(let count): " \(count) 天内"
        case nil: ""
        }
    }
}
