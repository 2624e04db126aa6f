import Rules
import Vocabulary

// Words of the rule files as people say them; a word that is not here is shown as it is written.
extension HandbookTexts {
    /// A word in its context: the subject that is asked, or the parameter that holds it.
    static func word(_ word: String, _ context: String) -> String {
        words["\(context)/\(word)"] ?? words[word] ?? word
    }

    static func word(_ word: String, of parameter: Parameter) -> String {
        // A list that explains its star itself is left as it is written.
        if parameter.description.contains("*") { return word }
        if let plain = words["\(parameter.name)/\(word)"] { return plain }
        switch parameter.unit {
        case .monthDay:
            let parts = word.split(separator: "-").compactMap { Int($0) }
            return parts.count == 2 ? "\(parts[0]) 月 \(parts[1]) 日" : word
        default: return span(word) ?? names[word] ?? words[word] ?? prefixed(word)
        }
    }

    /// "..17 years" and "days 90": ages and windows of the review rules.
    private static func span(_ text: String) -> String? {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 2 else { return nil }
        if parts[0] == "days" { return "\(parts[1]) 天内" }
        if parts[0] == "hours" { return "\(parts[1]) 小时内" }
        guard parts[0].contains(".."), let unit = ["years": "岁", "days": "天"][parts[1]] else {
            return nil
        }
        let ends = parts[0].replacing("..", with: "~").split(
            separator: "~", omittingEmptySubsequences: false)
        if ends[0].isEmpty { return "\(ends[1]) \(unit)及以下" }
        return ends[1].isEmpty ? "\(ends[0]) \(unit)及以上" : "\(ends[0]) 至 \(ends[1]) \(unit)"
    }

    private static func prefixed(_ word: String) -> String {
        word.hasSuffix("*") ? "\(word.dropLast()) 开头" : word
    }

    /// A word that is compared; one ending in `*` stands for any ending.
    static func pattern(_ text: String, of subject: Subject) -> String {
        let plain = word(text, subject.rawValue)
        guard plain == text else { return plain }
        return prefixed(text)
    }

    /// The subject where the answer alone would not say what is meant.
    static func asked(_ subject: Subject, _ answer: String) -> String {
        switch subject {
        case .age: "年龄 \(answer)"
        case .disease: "病种 \(answer)"
        case .item: "项目 \(answer)"
        case .tier: "缴费\(answer)"
        case .admission: "\(answer)住院"
        case .gapYears: "断保 \(answer)"
        case .paidYears: "连续缴费 \(answer)"
        default: answer
        }
    }

    /// A key of a table: a level, a title, a period, a group of ages.
    static func key(_ key: String) -> String {
        key == "default" ? otherwise : words["level/\(key)"] ?? words[key] ?? key
    }

    private static let keyOrder = ["village", "township", "1", "2", "3", "newborn", "infant"]

    /// Levels from the village up, then other keys, what holds for the rest last.
    static func before(_ a: String, _ b: String) -> Bool {
        func rank(_ key: String) -> Int {
            key == "default" ? 100 : keyOrder.firstIndex(of: key) ?? 50
        }
        return (rank(a), a) < (rank(b), b)
    }

    /// What stands behind a count where its unit does not say it.
    static let countSuffixes = [
        "visits_day": " 次", "visits_month": " 次", "visits_quarter": " 次", "visits_year": " 次",
        "family_accounts": " 个", "family_links": " 人", "from_hour": " 时", "to_hour": " 时",
        "percent": "%",
        "visits": " 笔", "people": " 人", "minutes": " 分钟", "drugs": " 种", "least": "%",
        "most": "%", "usual": "%", "valid_days": " 天", "drawn_days": " 天", "ahead_days": " 天",
    ]

    private static let words = [
        "mode/strict": "严格分配", "mode/floor": "断网小额", "mode/optimistic": "不分配",
        "limits/paid/outpatient": "普通门诊基金支付", "limits/account/own": "个人账户余额",
        "level/village": "村卫生室", "level/township": "乡镇卫生院", "level/1": "一级医院",
        "level/2": "二级医院", "level/3": "三级医院",
        "kind/11": "普通门诊（11）", "kind/14": "门诊慢特病（14）", "kind/9901": "门诊两病（9901）",
        "kind/2101": "普通住院（2101）", "kind/2102": "单病种住院（2102）", "kind/21*": "住院（21 开头）",
        "kind/28": "日间手术（28）",
        "sex/1": "男", "sex/2": "女",
        "person/active": "在职", "person/retired": "退休", "person/adult": "成年人",
        "family_doctor/yes": "已签约家庭医生", "family_doctor/no": "未签约家庭医生",
        "route/none": "不打针不输液", "route/intramuscular": "肌肉注射", "route/infusion": "静脉输液",
        "remote/none": "本地就医", "remote/longTerm": "异地长期居住已备案", "remote/referral": "异地转诊",
        "remote/longTermNotDirect": "异地长期居住未直接结算", "remote/notFiled": "异地未备案",
        "remote/emergency": "异地急诊",
        "claim/direct": "直接结算", "claim/manual": "手工报销",
        "household/open": "全户限额未满", "household/reached": "全户限额已满",
        "tier/1": "一档", "tier/2": "二档", "tier/3": "三档", "default_tier/1": "一档",
        "item_class/01": "甲类", "item_class/02": "乙类", "item_class/03": "丙类",
        "subsistence": "低保对象", "destitute": "特困人员", "lowIncome": "低收入家庭成员",
        "severeDisability": "重度残疾人", "familyPlanning": "计生特殊家庭", "orphan": "孤儿",
        "monitored": "返贫致贫监测对象", "subsistenceMargin": "低保边缘家庭成员",
        "milderDisability": "3–4 级残疾人", "student": "学生", "civilServant": "公务员",
        "registeredPoor": "建档立卡贫困人口",
        "enters/scope": "符合范围的全部费用", "enters/total": "总费用",
        "enters/remaining": "前面各层付后所余", "enters/beyond_limit": "前面各层限额以上的费用",
        "enters/remaining_after_deductible": "前面各层付后所余，再减前面的起付线",
        "enters/nothing": "不进入",
        "hifp_pay": "基本医保统筹基金", "cvlserv_pay": "公务员医疗补助", "hifes_pay": "企业补充医疗保险",
        "hifmi_pay": "大病保险", "hifob_pay": "职工大额补助", "maf_pay": "医疗救助", "oth_pay": "其他基金",
        "deductible_period/year": "全年累计", "deductible_period/quarter": "每季度累计",
        "deductible_period/month": "每月累计", "deductible_period/visit": "每次就诊另算",
        "band_basis/year": "全年累计", "band_basis/claim": "一次一算",
        "band_from/zero": "从零起，含起付线", "band_from/deductible": "从起付线以上起",
        "band_method/marginal": "逐段计算", "band_method/whole": "全部按到达的那一段计算",
        "rounding/fund": "支付四舍五入到分", "rounding/person": "个人部分四舍五入到分，其余基金支付",
        "rounding/down": "支付舍去分以下",
        "limit_base/payout": "按支付计", "limit_base/cost": "按费用计",
        "visits_counted/paid": "基金有支付才计次", "visits_counted/all": "每次都计",
        "limit_adds_incentive/yes": "提高", "limit_adds_incentive/no": "不提高",
        "consult_fee/yes": "可以", "consult_fee/no": "不可以", "yes": "是", "no": "否",
        "pays_for/outside": "全自费", "pays_for/overLimit": "超限价", "pays_for/ownShareFirst": "先行自付",
        "pays_for/deductible": "起付线", "pays_for/share": "按比例自付",
        "at_next_visit/all": "全部结清", "at_next_visit/share": "应退的按比例收，应补的全额抵付",
        "at_next_visit/never": "就诊时不结",
        "fund": "基金", "person": "参保人", "clinic": "机构",
        "cash": "现金", "account": "个人账户", "bankCard": "银行卡",
        "death": "死亡", "duplicate": "重复缴费", "employee": "已参加职工医保", "elsewhere": "已在外地参保",
        "clerkError": "经办差错", "claimFree": "零报销激励", "continuous": "连续参保激励",
        "session": "每个治疗次", "visit": "当次就诊", "day": "一天", "month": "一个月", "quarter": "一个季度",
        "year": "一年",
        "newborn": "新生儿", "infant": "婴幼儿", "child": "儿童", "working": "就业年龄",
    ]
}
