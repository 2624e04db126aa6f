import Checking
import Rules
import Vocabulary

// Names of schemes, benefits, layers and review rules, and the order in which they are told.
extension HandbookTexts {
    static func scheme(_ code: String) -> String {
        switch Scheme(rawValue: code) {
        case .resident: "城乡居民医保（\(code)）"
        case .employee: "职工医保（\(code)）"
        case nil: code
        }
    }

    static func lastWord(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// What a folder is about: a benefit, a layer, accounts; its own name where nobody named it.
    static func folder(_ path: String) -> String {
        names[lastWord(path)] ?? lastWord(path)
    }

    static let names = [
        "outpatient": "普通门诊", "consult_fee": "一般诊疗费", "two_diseases": "门诊两病",
        "chronic": "门诊慢特病", "dialysis": "门诊透析", "serious": "门诊重特大病", "inpatient": "住院",
        "case_inpatient": "单病种住院", "implant": "植入材料",
        "supplement": "大额补充", "civil_servant": "公务员补助", "serious_illness": "大病保险",
        "tilt": "倾斜救助", "assistance": "医疗救助",
        "account": "个人账户", "contribution": "参保缴费", "common": "通用开关", "deadlines": "办事期限",
        "quality": "质量指标", "clock": "机器时钟", "overpaid": "基金多付由谁承担",
        "owed": "重算差额的结清", "visit_twice": "就诊重复录入",
        "holidays": "节假日", "allotment": "年度限额的分配",
    ]

    /// What the beginning of a description ends with that only repeats the page's title.
    private static let subjects = [
        "门诊", "住院", "诊疗费", "透析", "病种", "保险", "救助", "补充", "补助",
    ]

    /// What all these descriptions begin with, as far as it names a benefit or a layer.
    static func prefix(of descriptions: [String]) -> String {
        guard var prefix = descriptions.first else { return "" }
        while !prefix.isEmpty {
            let names = subjects.contains(where: prefix.hasSuffix)
            if names, descriptions.allSatisfy({ $0.hasPrefix(prefix) && $0 != prefix }) {
                return prefix
            }
            prefix.removeLast()
        }
        return ""
    }

    private static let folderOrder = [
        "outpatient", "consult_fee", "two_diseases", "chronic", "dialysis", "serious", "inpatient",
        "case_inpatient", "supplement", "civil_servant", "serious_illness", "tilt", "assistance",
    ]

    static func sorted(folders: [String]) -> [String] {
        func rank(_ path: String) -> Int {
            folderOrder.firstIndex(of: lastWord(path)) ?? folderOrder.count
        }
        return folders.sorted { (rank($0), $0) < (rank($1), $1) }
    }

    /// Parameters as a policy document tells them: what is borne first, the rate, the limits.
    private static let parameterOrder = [
        "standard", "default_tier", "fiscal_subsidy", "window_from", "window_to",
        "waiting_months", "waiting_step_months", "newborn_days", "incentive_counted_from",
        "charge_limit", "deductible", "deductible_period", "deductible_counter", "fixed_fund",
        "fixed_person", "rate", "rate_plus", "rate_minus", "limit_session", "limit_visit",
        "limit_day", "limit_month", "limit_quarter", "limit_year", "limit_pool_year",
        "limit_household_year", "visits_day", "visits_month", "visits_quarter", "visits_year",
        "enters", "fund", "layers", "least", "usual", "most", "from_hour", "to_hour",
    ]

    static func sorted(_ parameters: [Parameter]) -> [Parameter] {
        func rank(_ parameter: Parameter) -> Int {
            parameterOrder.firstIndex(of: parameter.name) ?? parameterOrder.count
        }
        return parameters.sorted { (rank($0), $0.path) < (rank($1), $1.path) }
    }

    /// The contribution's parameters by the beginning of their names.
    static let contributionGroups: [(title: String, prefixes: [String])] = [
        (
            "缴费标准和资助",
            [
                "standard", "default_tier", "add_on", "fiscal_", "relief_", "central_", "tenders",
                "late_subsidy",
            ]
        ),
        ("缴费时间", ["window_", "reminder", "extension_", "late_"]),
        ("待遇等待期和断保", ["waiting_", "gap_", "first_gap", "change_"]),
        ("补缴", ["repair_"]),
        ("新生儿", ["newborn_"]),
        ("参保激励", ["incentive_"]),
        ("退费", ["refund_"]),
    ]

    static func severity(_ word: String) -> String {
        switch Severity(rawValue: word) {
        case .stop: "禁止"
        case .warn: "说明"
        case .report: "提示"
        case nil: word == "off" ? "停用" : word
        }
    }

    static func check(_ check: Check) -> String { checks[check] ?? check.rawValue }

    private static let checks: [Check: String] = [
        .notCovered: "未参保", .kindNotRecognised: "未认定", .schemeMismatch: "险种不符",
        .itemOutOfScope: "超出诊疗范围", .levelTooLow: "机构级别不够", .visitWayMismatch: "限住院用药",
        .sexMismatch: "性别不符", .ageMismatch: "年龄不符", .ageForbidden: "年龄禁用",
        .diagnosisMissing: "诊断不符", .priceAboveLimit: "超支付标准",
        .priceAbovePurchase: "高于采购价", .supplyTooLong: "开药天数多", .supplyBeyondLongest: "开药天数超最长",
        .repeatedSupply: "重复开药", .courseTooLong: "超疗程", .tooFrequent: "超频次",
        .tooManyDrugs: "药品种数多", .secondConsultFee: "重复收诊疗费", .consultFeeBundle: "诊疗费已含",
        .suppliesApart: "耗材另收费", .repeatedCharge: "重复收费", .secondOperation: "二次手术未折价",
        .operatorNotAllowed: "医生无资格", .agreementEnded: "协议到期", .accountGoods: "账户买日用品",
        .manyCards: "短时间多人刷卡", .nightSettlement: "夜间结算", .sameBill: "同一单重复录入",
        .traceCodeMissing: "缺追溯码",
        .traceCodeSoldTwice: "追溯码重复", .sameDayElsewhere: "同日两家就诊",
        .visitInHospital: "住院期间门诊", .credentialRevoked: "挂失后仍用参保码", .soldMoreThanBought: "销售多于购进",
        .costAbovePeers: "次均费用偏高", .frequencyAbovePeers: "就诊次数偏高",
        .infusionAbovePeers: "输液占比偏高",
    ]
}
