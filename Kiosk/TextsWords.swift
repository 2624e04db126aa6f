import Cataloguing
import Collecting
import Identifying
import Journaling
import Pricing
import Syncing
import Vocabulary

// Codes as words.
extension Texts {
    static func word(_ sex: Sex) -> String { sex == .male ? "男" : "女" }

    static func word(_ kind: VisitKind) -> String {
        switch kind {
        case .outpatient: "普通门诊"
        case .chronic: "门诊慢特病"
        case .twoDiseases: "两病门诊"
        case .inpatient: "住院"
        case .caseInpatient: "单病种住院"
        default: "医疗类别 \(kind.rawValue)"
        }
    }

    static func word(_ itemClass: ItemClass) -> String {
        switch itemClass {
        case .a: "甲"
        case .b: "乙"
        case .outside: "丙"
        }
    }

    static func word(_ tender: Tender) -> String {
        switch tender {
        case .cash: "现金"
        case .account: "个人账户"
        case .bankCard: "银行卡"
        }
    }

    static func word(_ role: Role) -> String {
        switch role {
        case .villageDoctor: "村医"
        case .townshipCollector: "收费员"
        case .countyClerk: "县局经办"
        case .auditor: "稽核"
        case .administrator: "管理员"
        }
    }

    static func word(_ assurance: Assurance) -> String {
        switch assurance {
        case .credential: "已验医保码"
        case .identityNumber: "按身份证号"
        case .name: "按姓名选人，请核对本人"
        }
    }

    static func word(_ title: Title) -> String {
        switch title {
        case .subsistence: "低保"
        case .destitute: "特困"
        case .lowIncome: "低收入家庭"
        case .severeDisability: "重度残疾"
        case .familyPlanning: "计生特殊家庭"
        case .orphan: "孤儿"
        case .monitored: "监测对象"
        case .subsistenceMargin: "低保边缘"
        case .milderDisability: "3–4 级残疾"
        case .student: "学生"
        default: title.rawValue
        }
    }
}

// Collection and the till.
extension Texts {
    static func collecting(_ year: Int) -> String { "收 \(year) 年度居民医保费" }

    static func receiptsLeft(_ count: Int) -> String {
        count == 0 ? "票据已用完，请向县里领新号段" : "票据还剩 \(count) 张"
    }

    static func due(_ due: Due, of member: Member) -> String {
        [titles(member, used: due.title), extra(due.extra)].filter { !$0.isEmpty }
            .joined(separator: "；")
    }

    static func extra(_ amount: Money) -> String {
        amount == .zero ? "" : "另加 \(amount)（不予资助）"
    }

    private static func titles(_ member: Member, used: Title?) -> String {
        if let used { return "\(word(used))，有资助" }
        return member.titles.map { word($0) }.joined(separator: "、")
    }

    /// What waits for somebody who missed years, and whether paying them helps.
    static func gap(_ offer: RepairOffer) -> String {
        let missed =
            "\(years(offer.missed))断保，缴 \(offer.asItIs.year) 年的 "
            + "\(offer.asItIs.benefitFrom) 起可报销"
        guard offer.worthwhile > 0 else { return missed + "，补缴不能提前" }
        let paid = offer.missed.prefix(offer.worthwhile)
        let cost = offer.prices.prefix(offer.worthwhile).sum()
        return missed + "；补缴 \(years(Array(paid)))（\(cost) 元，到县里办）可提前到 "
            + "\(offer.repaired.benefitFrom)"
    }

    static func paidHere(_ day: Day, receipt: String) -> String {
        "本台已收 \(monthDay(day))，票号 \(receipt)"
    }

    static func notDue(_ reason: NotDue) -> String {
        switch reason {
        case .alreadyPaid(let year): "\(year) 年已缴（县里名册）"
        case .died(let day): "\(day) 已死亡，不用缴"
        case .moved(let day): "\(day) 已转出，不在这里缴"
        case .paidByEmployer: "职工医保，由单位缴"
        case .outsideWindow(let from, let to): "不在缴费期（\(from) 至 \(to)）"
        case .rules: "政策没有这一年的标准，请联系县里"
        }
    }

    static func note(_ fen: Int) -> String {
        fen >= 100 ? "\(fen / 100) 元" : "\(fen / 10) 角"
    }
}

// Slips.
extension Texts {
    static let receiptCopies: [String?] = ["第一联 交款人", "第二联 财政", "第三联 业务"]

    static func entryNumber(_ number: Int) -> String { "第 \(number) 笔" }

    static func paid(_ amount: String, isReceipt: Bool) -> String {
        isReceipt ? "实收 \(amount) 元" : "个人付 \(amount) 元"
    }

    static func signature(_ name: String, head: String) -> String {
        "经办人 \(name)  账本校验 \(head)"
    }

    static func slipLine(_ line: Visit.Line, _ item: CatalogueItem?) -> String {
        let itemClass = item.map { word($0.itemClass) + "类 " } ?? ""
        return "\(itemClass)\(line.price) × \(line.quantity)\(item?.unit ?? "")"
    }

    static func receiptLine(_ line: ContributionReceipt.Line, identity: String?) -> String {
        let relief =
            line.relief > .zero
            ? "，资助 \(line.relief)" + (line.title.map { "（\(word($0))）" } ?? "") : ""
        let onTop = line.extra.map { "，\(extra($0))" } ?? ""
        return "\(identity.map { $0 + " " } ?? "")标准 \(line.standard)\(onTop)\(relief)"
    }

    static func contributionReceipt(_ year: Int) -> String { "\(year) 年度城乡居民基本医保缴费收据" }

    static func voidedBy(_ entry: Int) -> String { "已作废（第 \(entry) 笔）" }

    static func redSlip(of entry: Int) -> String { "红票 冲第 \(entry) 笔" }

    static func voidReason(_ reason: String) -> String { "作废原因：\(reason)" }

    static func voided(_ entry: Int, by other: Int) -> String {
        "第 \(entry) 笔已作废，红票是第 \(other) 笔。请把钱退给本人，收回原票。"
    }

    /// An amount in the capitals of receipts: 壹佰贰拾叁元肆角伍分.
    static func capitals(_ money: Money) -> String {
        let (yuan, rest) = abs(money.fen).quotientAndRemainder(dividingBy: 100)
        let (jiao, fen) = rest.quotientAndRemainder(dividingBy: 10)
        var text = money.fen < 0 ? "负" : ""
        if yuan > 0 || rest == 0 { text += wholeCapitals(yuan) + "元" }
        if rest == 0 { return text + "整" }
        if jiao > 0 {
            text += digits[jiao] + "角"
        } else if yuan > 0 {
            text += "零"
        }
        return text + (fen > 0 ? digits[fen] + "分" : "整")
    }

    private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

    private static func wholeCapitals(_ number: Int) -> String {
        guard number > 0 else { return "零" }
        var text = ""
        var skipped = false
        for (place, digit) in String(number).enumerated() {
            let value = digit.wholeNumberValue ?? 0
            let power = String(number).count - 1 - place
            if value > 0 {
                text += (skipped ? "零" : "") + digits[value] + ["", "拾", "佰", "仟"][power % 4]
                skipped = false
            } else {
                skipped = true
            }
            let isGroupEnd = power % 4 == 0 && power > 0
            let hasDigits = number / power10(power) % 10_000 > 0
            if isGroupEnd, hasDigits { text += ["", "万", "亿", "万亿"][power / 4] }
        }
        return text
    }

    private static func power10(_ power: Int) -> Int { (0..<power).reduce(1) { n, _ in n * 10 } }
}
