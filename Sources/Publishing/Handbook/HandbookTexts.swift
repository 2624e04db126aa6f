import Pricing
import Rules
import Vocabulary

/// Every Chinese string of the handbook, in one place: here headings and sentences, beside it words.
enum HandbookTexts {
    static let contents = "目录"
    static let review = "审核和处罚"
    static let reviewRules = "审核规则"
    static let thresholds = "各规则用到的数值"
    static let sanctions = "违约金和罚款"
    static let shared = "各险种通用"
    static let others = "其他"
    static let belonging = "就诊归哪项待遇"
    static let example = "算一张单子"
    static let history = "历次数值："
    static let comma = "、"
    static let otherwise = "其他"
    static let several = "同时符合几种"
    static let repealed = "不设"
    static let notYet = "还没有执行"
    static let none = "没有"
    static let notAsked = "—"

    static let figureColumns = ["项目", "适用", "规定", "起始日", "依据"]
    static let historyColumns = ["项目", "起始日", "规定", "状态", "依据"]
    static let thresholdColumns = ["规则", "项目", "适用", "规定", "起始日", "依据"]
    static let reviewColumns = ["规则", "说明", "录入时", "结算时", "合并后", "起始日", "依据"]
    static let holidayColumns = ["年份", "日期", "依据"]
    static let stepColumns = ["步", "做什么", "算式（元）", "依据"]

    static let reviewLead = """
        “禁止”就是不能这样结算，先改单子；“说明”就是写明原因可以继续；“提示”只告诉一声；\
        “—”是这个环节不查。录入、结算在卫生室，合并后在县局。
        """

    static let noExample = "按现有参数算不出例子：缺支付比例，或须先认定特定身份。"

    static func front(
        _ region: String, _ day: Day, parameters: Int, reviewed: (first: Day, last: Day)
    ) -> String {
        let review =
            reviewed.first == reviewed.last
            ? "\(reviewed.last)" : "\(reviewed.first) 至 \(reviewed.last)"
        return """
            # \(region) 医保政策手册

            本手册说的是 **\(dayWords(day))** 执行的规定，由 `\(region)` 的 \(parameters) 个参数\
            自动写成，依据核对于 \(review)。参数改了就运行 `make rulebook` 重写，不要在这里改。

            - 〔1〕这样的记号是依据，列在每节末尾。
            - 一项分几种情形的，从上往下看，第一个符合的算数；写明取高、取低的除外。
            - 没有列出的情形：限额就是不限，比例就是这项待遇不适用。
            - 例子是程序算的，每一步都可以用纸笔核对。例子里的单子是假设的。
            """
    }

    static func chapterName(_ number: Int, _ title: String) -> String {
        let digits = ["一", "二", "三", "四", "五", "六", "七", "八", "九"]
        return "\(number < digits.count ? digits[number] : String(number + 1))、\(title)"
    }

    static func chapter(_ number: Int, _ title: String) -> String {
        "## " + chapterName(number, title)
    }

    static func page(_ chapter: Int, _ page: Int) -> String { "\(chapter + 1).\(page + 1)" }

    static func mark(_ number: Int) -> String { "〔\(number)〕" }
    static func reviewed(_ day: Day) -> String { "（\(day) 核对）" }

    static func sources(_ reviewed: Day?) -> String {
        "依据" + (reviewed.map { "（\($0) 核对）" } ?? "") + "："
    }

    static func since(_ day: Day) -> String { "（\(day) 起）" }
    static func from(_ day: Day) -> String { "\(day) 起 " }

    static func usualStart(_ day: Day) -> String { "没有写起始日的，都从 \(day) 起。" }

    static func standing(_ from: Day, current: Day?) -> String {
        guard let current else { return "将来" }
        if from == current { return "现行" }
        return from < current ? "以前" : "将来"
    }

    static func covers(_ visits: [String]) -> String {
        visits.isEmpty ? "" : "适用：\(visits.joined(separator: "；"))。"
    }

    static let consultLead = "适用：收一般诊疗费的就诊。这笔费用单独算，不和其他费用合在一起。"

    static func follows(_ benefits: [String]) -> String {
        benefits.isEmpty
            ? "现在没有待遇用到这一层。"
            : "接在这些待遇之后算：\(benefits.map(folder).joined(separator: "、"))。"
    }

    static func picked(_ pick: Parameter.Pick) -> String? {
        switch pick {
        case .first: nil
        case .highest: "取高"
        case .lowest: "取低"
        }
    }
}

// Figures.
extension HandbookTexts {
    /// "300 元", "0.01 元".
    static func yuan(_ money: Money) -> String {
        let text = money.description
        return (text.hasSuffix(".00") ? String(text.dropLast(3)) : text) + " 元"
    }

    static func band(_ low: Money?, _ high: Money?) -> String {
        switch (low, high) {
        case (nil, let high?): "\(yuan(high))及以下的部分"
        case (let low?, let high?): "\(yuan(low))以上至 \(yuan(high))的部分"
        case (let low?, nil): "\(yuan(low))以上的部分"
        case (nil, nil): ""
        }
    }

    /// A rate is a share; what is added to a rate is counted in points.
    static func share(_ share: Share, _ parameter: Parameter) -> String {
        ["rate_plus", "rate_minus"].contains(parameter.name)
            ? share.percent.replacing("%", with: " 个百分点") : share.percent
    }

    static func count(_ count: Int, _ parameter: Parameter) -> String {
        if let suffix = countSuffixes[parameter.name] { return "\(count)\(suffix)" }
        return switch parameter.unit {
        case .days: "\(count) 天"
        case .months: "\(count) 个月"
        // A count of years is a span; beyond any life it names a year.
        case .years: count > 200 ? "\(count) 年度" : "\(count) 年"
        case .hours: "\(count) 小时"
        case .workingDays: "\(count) 个工作日"
        default: "\(count)"
        }
    }

    static func range(_ bounds: Condition.Bounds, of subject: Subject) -> String {
        let (prefix, unit) =
            switch subject {
            case .age: ("", " 岁")
            case .admission: ("第 ", " 次")
            default: ("", " 年")
            }
        return switch (bounds.low, bounds.high) {
        case (let low?, let high?) where low == high: "\(prefix)\(low)\(unit)"
        case (let low?, let high?): "\(prefix)\(low) 至 \(high)\(unit)"
        case (let low?, nil): "\(prefix)\(low)\(unit)及以上"
        case (nil, let high?): "\(prefix)\(high)\(unit)及以下"
        case (nil, nil): ""
        }
    }

    static func dayWords(_ day: Day) -> String { "\(day.year) 年 \(monthDay(day))" }
    static func monthDay(_ day: Day) -> String { "\(day.month) 月 \(day.parts.day) 日" }
    static func through(_ first: Day, _ last: Day) -> String {
        "\(monthDay(first))至 \(monthDay(last))"
    }
    static func year(_ year: Int) -> String { "\(year) 年" }
}

// The worked example.
extension HandbookTexts {
    static func bill(_ bill: Bill, _ facts: [Condition]) -> String {
        let lines = bill.lines.map { line in
            let itemClass = line.ownTerms.map { word($0.itemClass.rawValue, "item_class") } ?? ""
            let isConsult = line.ownTerms?.feeType == .generalConsult
            return (isConsult ? folder("consult_fee") : itemClass) + " \(line.amount) 元"
        }
        let diseases = (bill.patient.diseases ?? []).map { asked(.disease, $0) }
        let places = [
            dayWords(bill.day), word(bill.level.rawValue, "level"),
            pattern(bill.kind.rawValue, of: .kind),
        ]
        let people = facts.map(\.words).filter { !diseases.contains($0) }
        return "假设：" + (places + diseases + people).joined(separator: "，") + "；"
            + lines.joined(separator: "、") + "。今年第一次就诊。"
    }

    static func step(_ reason: Reason) -> String {
        let line = reason.line.map { "第 \($0) 行：" } ?? ""
        let layer = reason.layer.map { "\(folder($0))：" } ?? ""
        return line + layer + article(reason.article)
    }

    private static func article(_ article: Article) -> String {
        switch article {
        case .outsideCatalogue: "目录外，全部自付"
        case .abovePriceLimit: "超限价的部分自付"
        case .ownShareFirst: "乙类先自付一部分"
        case .inScope: "符合范围的费用，各行相加"
        case .institutionPart: "超过可收金额的，机构承担"
        case .settledElsewhere: "别处已经报过的"
        case .entering: "进入这一层的费用"
        case .visitCount: "还能报的次数"
        case .costLimit: "限额以内的费用"
        case .deductible: "这次自付的起付线"
        case .rate: "按比例支付"
        case .bands: "分段按比例支付"
        case .fixedAmount: "按定额支付"
        case .payLimit: "限额以内实付"
        case .heldHere: "本站手里的额度"
        case .personPart: "个人负担"
        }
    }

    static func arithmetic(_ reason: Reason) -> String {
        // A sum of no products: nothing came as far as this step.
        if reason.arithmetic.hasPrefix("0 = ") { return "没有费用进到这一步，\(reason.amount)" }
        return reason.arithmetic.replacing("min(", with: "两者取小(")
            .replacing("max(", with: "两者取大(").replacing("round(", with: "四舍五入到分(")
            .replacing("floor(", with: "舍去分以下(")
    }

    static func result(_ quote: Quote) -> String {
        let amounts = quote.amounts
        let funds = Fund.allCases.compactMap { fund in
            amounts.funds[fund].map { "\(word(fund.rawValue, "fund")) \($0) 元" }
        }
        let paid =
            funds.isEmpty ? "基金不付" : "基金付 \(amounts.fundTotal) 元（\(funds.joined(separator: "、"))）"
        let institution =
            amounts.institutionPart > .zero ? "，机构承担 \(amounts.institutionPart) 元" : ""
        return "**结果**：总额 \(amounts.total) 元，\(paid)\(institution)，"
            + "个人负担 \(amounts.personPart) 元。"
    }
}
