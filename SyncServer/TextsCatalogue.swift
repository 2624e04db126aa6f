import Cataloguing
import Vocabulary

// Catalogue terms beyond price and class, and the national lists, as the release page names them.
extension Texts {
    /// Of what a scheme, a level, a diagnosis or a day changes, what differs from the other version.
    static func scope(_ item: CatalogueItem, against other: CatalogueItem) -> [String] {
        var words: [String] = []
        for scheme in Scheme.allCases where item.ownShares[scheme] != other.ownShares[scheme] {
            let share = item.ownShares[scheme].map(\.percent) ?? none
            words.append("\(scheme == .employee ? "职工" : "居民")先自付 \(share)")
        }
        for level in InstitutionLevel.allCases
        where item.priceLimits[level] != other.priceLimits[level] {
            words.append("\(levelWord(level))限价 \(item.priceLimits[level].map(yuan) ?? none)")
        }
        if item.restriction != other.restriction {
            words.append("限制范围 \(item.restriction.isEmpty ? none : item.restriction)")
        }
        if item.restrictedTo != other.restrictedTo {
            words.append("限定诊断 \(item.restrictedTo.joined(separator: listComma))")
        }
        if item.validTo != other.validTo {
            words.append("止于 \(item.validTo?.description ?? none)")
        }
        if item.replacedBy != other.replacedBy { words.append("改用 \(item.replacedBy ?? none)") }
        return words
    }

    private static func levelWord(_ level: InstitutionLevel) -> String {
        switch level {
        case .village: "村级"
        case .township: "乡级"
        case .first: "一级"
        case .second: "二级"
        case .third: "三级"
        }
    }

    static let importedCatalogue = "导入目录"

    static func listChanged(_ kind: ListKind, from old: Int?, to new: Int?) -> PolicyChange {
        PolicyChange(
            name: listName(kind), small: kind.rawValue, from: "",
            before: old.map { "\($0) 条" } ?? notBefore,
            after: new.map { "\($0) 条" } ?? takenAway, source: "")
    }

    static func listName(_ kind: ListKind) -> String {
        switch kind {
        case .drugs: "西药中成药目录"
        case .herbalPieces: "中药饮片目录"
        case .preparations: "医疗机构制剂目录"
        case .services: "医疗服务项目目录"
        case .supplies: "医用耗材目录"
        case .diseases: "疾病与诊断目录"
        case .operations: "手术操作目录"
        case .chronicDiseases: "门诊慢特病种目录"
        case .payByDisease: "按病种付费病种目录"
        case .daySurgery: "日间手术治疗病种目录"
        case .chineseDiseases: "中医疾病目录"
        case .chineseSyndromes: "中医证候目录"
        case .granules: "中药配方颗粒目录"
        case .newServices: "医疗服务项目（新）目录"
        }
    }
}

// What is wrong with an imported file, what is expected, and what to do.
extension Texts {
    static func catalogueFaults(_ faults: CatalogueFaults) -> String {
        let lines = faults.faults.map(sentence)
        return "目录文件有误，共 \(lines.count) 处，全部未导入：\n" + lines.joined(separator: "\n")
    }

    static func sentence(_ fault: CatalogueFault) -> String {
        let place = [
            fault.file, fault.row > 0 ? "第 \(fault.row) 行" : "", fault.column,
        ].filter { !$0.isEmpty }.joined(separator: " ")
        let found = fault.found.isEmpty ? "" : "“\(fault.found)”"
        return "\(place)：\(found)\(what(fault))。\(remedy(fault))"
    }

    static func what(_ fault: CatalogueFault) -> String {
        switch fault.problem {
        case .empty: "是空的"
        case .notACode: "不是编码，应为字母、数字和符号，不含汉字和空格"
        case .notADay: "不是日期，应如 2025-01-01"
        case .notAShare: "不是比例，应在 0 到 1 之间，如 0.1 或 10%"
        case .notAnAmount: "不是金额，应为元，最多两位小数，不为负"
        case .notAClass: "不是目录等级，应为 01、02、03 或甲、乙、丙"
        case .notAFeeType: "不是费用类别，应为 01 至 14 或西药费、检查费等名称"
        case .notANumber: "不是正整数"
        case .notAMark: "不是标志，应为 1、0 或是、否"
        case .tooLong: "太长\(limit(fault))"
        case .width: "列数不符\(fault.expected.isEmpty ? "" : "，应有 \(fault.expected) 列")"
        case .columnMissing: "缺少这一列，可用的表头有：\(fault.expected)"
        case .columnTwice: "与“\(fault.expected)”是同一列"
        case .twice: "重复，与“\(fault.expected)”说法不一"
        case .endsBeforeStart: "结束日期早于开始日期"
        case .replacedWithoutEnd: "有替代编码而没有结束日期"
        case .replacedInCircle: "的替代编码绕成了圈"
        case .notUTF8: "不是 UTF-8 文字"
        case .notATable: "里没有表格"
        case .noRows: "里没有数据行"
        case .kindUnknown: "看不出是哪一种目录"
        case .tooLarge: "太大\(limit(fault))"
        case .damaged: "已损坏，不能解开"
        case .notOneTable: "里应当只有一个表格文件"
        case .suspicious: "含有办公软件不会写的内容，已拒绝"
        }
    }

    private static func limit(_ fault: CatalogueFault) -> String {
        fault.expected.isEmpty ? "" : "，最多 \(fault.expected)"
    }

    static func remedy(_ fault: CatalogueFault) -> String {
        switch fault.problem {
        case .width: "请检查此行是否多了或少了分隔符，或重新下载。"
        case .columnMissing: "请在第一行补上表头。"
        case .columnTwice: "请删去其中一列。"
        case .twice: "请保留正确的一行。"
        case .replacedWithoutEnd: "请填旧编码的最后一天。"
        case .replacedInCircle: "请改正替代编码。"
        case .notUTF8: "请另存为 UTF-8 后再导入。"
        case .notATable, .noRows: "请选对文件。"
        case .kindUnknown: "请用 --kind 说明，如 --kind 1301、terms 或 diagnoses。"
        case .tooLarge: "请分开导入，或核对文件来源。"
        case .damaged, .suspicious: "请重新下载或重新导出。"
        case .notOneTable: "请解开后逐个导入。"
        default: "请改正后重新导入。"
        }
    }
}
