import Vocabulary

/// The shapes of the published tables, told by their columns.
enum Shape {
    case limitByName, codesByName, limitByItem, repeated, frequency, cycle, remark

    init?(columns: Set<String>) {
        func has(_ names: String...) -> Bool { columns.isSuperset(of: names) }
        if has("药品通用名", "限定类型", "国标代码") || has("药品通用名", "限定类型", "药品代码") {
            self = .codesByName
        } else if has("药品通用名", "限定类型") {
            self = .limitByName
        } else if has("项目名称", "限定类型", "国标代码") {
            self = .limitByItem
        } else if has("频度", "主项编码", "从项编码") {
            self = .repeated
        } else if has("限制数量", "数量单位", "项目编码") {
            self = .frequency
        } else if has("频次上限", "疗程周期", "项目代码") {
            self = .cycle
        } else if has("项目名称", "备注", "项目代码") {
            self = .remark
        } else {
            return nil
        }
    }

    var codeColumn: String {
        switch self {
        case .limitByName, .limitByItem: "国标代码"
        case .codesByName: "国标代码"
        case .repeated: "主项编码"
        case .frequency: "项目编码"
        case .cycle, .remark: "项目代码"
        }
    }

    var valueColumn: String {
        switch self {
        case .repeated: "频度"
        case .frequency: "限制数量"
        case .cycle: "疗程周期"
        default: "备注"
        }
    }

    func limit(_ field: (String) -> String) -> Limit? {
        switch self {
        case .repeated: Limit(repeated: field("频度"), beside: field("从项编码"))
        case .frequency: Limit(most: field("限制数量"), per: field("数量单位"))
        case .cycle: Limit(times: field("频次上限"), days: field("疗程周期"))
        case .remark: Limit(remark: field("备注"))
        case .limitByName, .codesByName, .limitByItem: nil
        }
    }
}

/// What a row limits, without the code it is limited for.
struct Limit: Hashable {
    let kind: KnowledgePoint.Kind
    let value: String
    var window: Window?
    let batch: Int

    private init(
        _ kind: KnowledgePoint.Kind, _ value: String, _ batch: Int, _ window: Window? = nil
    ) {
        self.kind = kind
        self.value = value
        self.window = window
        self.batch = batch
    }

    func point(_ code: String) -> KnowledgePoint {
        KnowledgePoint(
            code, kind, value, per: window, batch: batch, source: "国家医保局智能监管知识点第 \(batch) 批")
    }

    /// A kind of limit and its value in the tables' words; `nil` for words nobody has met yet.
    init?(_ kind: String, _ value: String) {
        let known: (KnowledgePoint.Kind, Int, [String: String])
        switch kind {
        case "限定性别对象": known = (.sex, 1, ["男": "1", "女": "2"])
        case "限定年龄对象":
            known = (.age, 1, ["儿童": "child", "新生儿": "newborn", "婴幼儿": "infant"])
        case "限定保险类型": known = (.scheme, 3, ["工伤": "workInjury", "生育": "maternity"])
        case "限定就医方式": known = (.way, 4, ["住院": "inpatient"])
        case "限定机构等级": known = (.level, 5, ["一级": "1", "二级": "2", "三级": "3"])
        case "限定主次操作":
            guard !value.isEmpty else { return nil }
            self.init(.operation, value, 2)
            return
        case "限定支付疗程":
            guard value.hasSuffix("天"), let days = Int(value.dropLast()), days > 0 else {
                return nil
            }
            self.init(.course, "\(days)", 6)
            return
        default: return nil
        }
        guard let word = known.2[value] else { return nil }
        self.init(known.0, word, known.1)
    }

    init?(repeated period: String, beside code: String) {
        let windows: [String: Window] = [
            "单日": .day, "单次就诊": .visit, "6小时": .hours(6), "同一小时": .hours(1),
        ]
        guard let window = windows[period], !code.isEmpty else { return nil }
        self.init(.repeated, code, 7, window)
    }

    /// So many a day; an item charged by the hour has its hours as quantity, at most 24 a day.
    init?(most: String, per unit: String) {
        guard let count = Int(most), count > 0 else { return nil }
        switch unit {
        case "日", "天": self.init(.frequency, "\(count)", 8, .day)
        case "小时": self.init(.frequency, "\(count)", 8, .day)
        default: return nil
        }
    }

    init?(times: String, days: String) {
        guard let count = Int(times), let cycle = Int(days), count > 0,
            let window = Window("days \(cycle)")
        else { return nil }
        self.init(.cycle, "\(count)", 8, window)
    }

    /// Limits that are published as a sentence.
    init?(remark: String) {
        if remark.contains("就业年龄") {
            self.init(.age, "working", 8)
            return
        }
        guard let start = remark.firstRange(of: "不超过")?.upperBound else { return nil }
        let rest = remark[start...]
        let digits = rest.prefix { $0.isNumber && $0.isASCII }
        if let days = Int(digits), rest.dropFirst(digits.count).first == "天" {
            self.init(.course, "\(days)", 8)
        } else if rest.hasPrefix("一年") {
            self.init(.course, "\(Limit.daysOfYear)", 8)
        } else {
            return nil
        }
    }

    private static let daysOfYear = 365
}
