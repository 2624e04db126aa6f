import Identifying
import Journaling
import Merging
import Vocabulary

// Column heads and sentences of the lists.
extension Texts {
    static let quietColumns = ["单位", "最后联系", "电话"]
    static let dayColumns = ["乡镇", "门诊结算", "基金支付", "缴费票据", "收缴金额"]
    static let kioskColumns = ["单位", "状态", "最后联系", "已收记录", "最近一笔", "电话"]
    static let setAsideColumns = ["记录", "单位", "原因"]
    static let entryColumns = ["笔号", "时间", "事项", "参保人", "金额", "基金支付", "经办人"]
    static let lineColumns = ["项目", "规格", "数量", "单价", "金额"]
    static let payerColumns = ["姓名", "标准", "资助", "实缴"]
    static let memberColumns = ["姓名", "身份证号码", "住址", "性别年龄"]
    static let memberClashColumns = ["冲突", "涉及单位", "金额"]
    static let clashColumns = ["冲突", "参保人", "业务日", "涉及单位", "金额"]
    static let historyColumns = ["日期", "单位", "事项", "总金额", "已结算基金", "应付基金", "差额"]
    static let counterColumns = ["类别", "起付线已负担", "基金已支付"]

    static func ledgerColumns(_ grouping: Grouping) -> [String] {
        let first =
            switch grouping {
            case .day: "日期"
            case .township: "乡镇"
            case .kiosk: "单位"
            }
        return [first, "门诊结算", "总金额", "基金支付", "个人支付", "缴费票据", "收缴金额"]
    }

    static func grouping(_ grouping: Grouping) -> String {
        switch grouping {
        case .day: "按日"
        case .township: "按乡镇"
        case .kiosk: "按单位"
        }
    }

    static func ledgerLead(_ place: String, _ from: Day, _ to: Day) -> String {
        from == to ? "\(place)，\(from)" : "\(place)，\(from) 至 \(to)，共 \(to.days(since: from) + 1) 天"
    }

    static func dayHeading(_ day: Day) -> String { "\(day) 全县业务" }
    static func weekBefore(_ day: Day) -> String { "小字是上周同日（\(day)）。作废已冲减。" }
    static func lastWeek(_ figure: String) -> String { "上周 \(figure)" }

    static func kioskLead(_ count: Int, _ days: Int) -> String {
        "共 \(count) 台。超过 \(days) 天没有联系的标为“多日未联系”。"
    }

    static func quietKiosks(_ days: Int) -> String { "台终端超过 \(days) 天没有联系" }
    static func forkedAt(_ sequence: Int) -> String { "从第 \(sequence) 笔起" }

    static func kioskSentence(
        _ kiosk: KioskID, _ through: Int, _ contact: String, _ phone: String
    ) -> String {
        "终端 \(kiosk)，已收 \(grouped(through)) 笔，最后联系：\(contact)。" + ring(phone)
    }

    private static func ring(_ phone: String) -> String { phone.isEmpty ? "" : "电话 \(phone)。" }

    static func dayTotals(_ sum: DayRow) -> String {
        "门诊 \(grouped(sum.visits)) 笔，基金 \(yuan(sum.fund))，个人 \(yuan(sum.person))；"
            + "缴费票据 \(grouped(sum.receipts)) 张，\(yuan(sum.contributions))。"
    }

    static func entryNumber(_ reference: EntryReference) -> String {
        "\(reference.kiosk) 第 \(grouped(reference.sequence)) 笔"
    }

    static func number(_ sequence: Int) -> String { "第 \(grouped(sequence)) 笔" }
    static func andOthers(_ name: String, _ count: Int) -> String { "\(name) 等 \(count) 人" }

    static func entryHeading(_ placed: Placed) -> String {
        kind(placed.entry.fact) + " · " + entryNumber(placed.reference)
    }

    static func hindrance(_ reason: String) -> String {
        switch reason {
        case let text where text.hasPrefix("unknown kind"):
            "这类记录由更新的软件写成，本机还不认识。升级县局软件后重新合并即可。"
        case let text where text.hasPrefix(operatorFault):
            "经办人的岗位不办这类业务。核对属实后由两位经办人准予计入。"
        case VoidFault.unknown, VoidFault.later: "要作废的那一笔对不上，没有起作用。请打电话问是哪一笔。"
        case VoidFault.before: "那一笔早已作废，这次没有起作用，也不必再办。"
        case VoidFault.otherYear: "要作废的是另一年的结算，没有起作用。年度已换，请由县局裁定那一笔。"
        case VoidFault.ofSetAside: "要作废的那一笔本身没有计入，等那一笔处理后自动生效。"
        case ApprovalFault.own: "提出和确认是同一个人，没有起作用。请另一位经办人确认。"
        case ApprovalFault.unknown: "确认的内容与提出的不一致，没有起作用。请重新提出。"
        case "only the county decides": "这类决定只有县局能作，终端写的不起作用。"
        default: "记录内容自相矛盾。请打电话核对原始票据，并把小字告诉技术支持。"
        }
    }

    static func hindranceLead(_ reason: String) -> String { "未计入台账：" + hindrance(reason) }

    static func forkHeading(_ place: String) -> String { "\(place) 的日志分叉" }

    static func forkLead(_ first: Int, _ contact: String, _ phone: String) -> String {
        "从第 \(first) 笔起，同一笔号有不同内容：这台终端的硬盘被克隆过，或从旧备份恢复过。"
            + "各支都已永久保存，先到后到都一样：经两人决定之前，都不计入台账金额；"
            + "参保人在其中的缴费和用量照样算数，不吃亏。"
            + "下一步：打电话让该单位停用这台终端（最后联系：\(contact)）。" + ring(phone)
            + "用各支的票据逐笔核对，在本页决定哪几支计入，再为该单位登记新终端。"
    }

    static func branchName(_ place: Int) -> String {
        let names = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"]
        return (place < names.count ? names[place] : String(place + 1)) + "支"
    }

    static func branch(_ count: Int, _ sum: DayRow) -> String {
        "\(grouped(count)) 笔；门诊 \(grouped(sum.visits)) 次，基金 \(yuan(sum.fund))；"
            + "缴费 \(grouped(sum.receipts)) 张，\(yuan(sum.contributions))。"
    }

    static func standing(_ standing: Branches.Standing) -> String {
        switch standing {
        case .counts: "● 已决定计入"
        case .held: "■ 等人决定"
        case .left: "○ 已决定不计入"
        }
    }

    static let proposedToCount = "提议计入"
    static let proposedToLeave = "提议不计入"

    static func decisionWaits(_ person: String) -> String {
        "\(person) 已提出处理意见，等另一位经办人确认；确认之前不起作用。"
    }

    static func nobodyFound(_ typed: String) -> String {
        "没有找到“\(typed)”。请核对是否输全；姓名要与参保登记完全一致。"
    }

    static func found(_ count: Int) -> String { "找到 \(count) 人" }

    static func home(_ home: Home) -> String {
        "\(home.village) \(home.group) 组，户号 \(home.household)"
    }

    static func ageAndSex(_ member: Member, _ day: Day) -> String {
        "\(member.sex == .male ? "男" : "女") \(day.age(bornOn: member.birth)) 岁"
    }

    static func year(_ year: Int) -> String { "\(year) 年" }
    static func visits(_ count: Int) -> String { "有效门诊 \(count) 笔" }
    static let duplicateMark = "，重复"

    static func owed(_ amount: Money) -> String { amount > .zero ? "应补付" : "多付" }

    static func outOf(_ limit: Money?) -> String { limit.map { "全年 \(yuan($0))" } ?? "" }

    static func counter(_ name: String) -> String {
        switch name {
        case "outpatient": "普通门诊"
        case "chronic": "门诊慢特病"
        case "two_diseases": "门诊两病"
        case "inpatient": "住院"
        case "consult_fee": "一般诊疗费"
        default: name
        }
    }
}
