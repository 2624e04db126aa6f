import Cataloguing
import Journaling
import Pricing
import Publishing
import Rules
import Vocabulary

// Policy in words: what is in force, what changes, who signs.
extension Texts {
    static let policyWords = [
        "noPolicy": "还没有发布过政策。",
        "steps": "发布记录",
        "parameters": "参数",
        "catalogue": "药品和项目目录",
        "catalogueSentence": "同一项目的各版价格从新到旧排列。",
        "catalogueSought": "编码、名称或拼音首字母",
        "inForceNow": "现行",
        "later": "将来",
        "earlier": "已过去",
        "changePrice": "调整价格",
        "changeParameter": "调整参数",
        "tableParameter": "分档数值，请修改参数文件后整体发布。",
        "draft": "变更草稿",
        "openDraft": "打开草稿",
        "draftEmpty": "草稿里还没有变更。请到目录或参数里选一项来调整。",
        "newPrice": "新价格",
        "newLimit": "新限价",
        "limitHint": "没有限价就留空",
        "newValue": "新数值",
        "startDay": "生效日期",
        "sourceField": "依据（文件名称和文号）",
        "intoDraft": "放入草稿",
        "takeOut": "取出",
        "change": "变更",
        "before": "变更前",
        "after": "变更后",
        "source": "依据",
        "note": "给复核人的说明",
        "noteMissing": "还没有写说明。请写一句为什么变更，复核人会看到。",
        "ownPin": "本人密码",
        "publish": "签名发布，等待复核",
        "publishLead": "发布后还不生效，须由另一位经办人复核。",
        "notYours": "只有县局经办人可以发布和复核；您可以查看。",
        "proposal": "等待复核的政策",
        "openProposal": "查看并复核",
        "nothingWaits": "没有等待复核的变更。",
        "release": "复核并放行",
        "releaseLead": "请逐项核对。放行后终端下次联系即更新，无法撤回，只能再发新版。",
        "withdraw": "撤回变更",
        "withdrawLead": "撤回后恢复原状，终端不受影响；变更须重新发布。",
        "noteWas": "发布人的说明",
        "fingerprint": "内容指纹",
        "firstPolicy": "这是本县的第一版政策，没有更早的可比。",
        "valueHistory": "历次数值",
    ]

    static let stepColumns = ["时间", "步骤", "版本", "经办人", "说明"]
    static let itemColumns = ["项目", "规格", "类别", "价格", "限价", "生效日期", "状态", "办理"]
    static let valueColumns = ["状态", "生效日期", "数值", "依据"]
    static let noLimit = "无限价"
    static let notBefore = "原来没有"
    static let takenAway = "取消"
    static let wordsOnly = "只改了文字说明或核对日期，数值不变"

    static func inForce(_ version: Int, _ rows: Int) -> String {
        "现行政策：第 \(version) 版，目录 \(grouped(rows)) 行。每一版都由两人签名。"
    }

    static func draftCount(_ count: Int) -> String {
        count == 0 ? "" : "您的草稿里有 \(count) 项变更，还没有发布。"
    }

    static func waitingPolicy(_ note: String) -> String { "份政策等待复核：\(note)" }

    static func waitingSince(_ person: String, _ ago: String, _ firstDay: Day?) -> String {
        "\(person) \(ago)发布" + (firstDay.map { "，\($0) 起生效" } ?? "")
    }

    static func step(_ step: Publication.Step) -> String {
        switch step {
        case .published: "发布"
        case .released: "复核放行"
        case .withdrawn: "撤回"
        }
    }

    static func group(_ name: String) -> String {
        switch name {
        case "390": "城乡居民"
        case "310": "职工"
        case "common": "通用"
        case "review": "审核"
        default: name
        }
    }

    static func reviewed(_ day: Day) -> String { "\(day) 核对过依据" }
    static func foundItems(_ count: Int) -> String { "找到 \(count) 个项目" }
    static func noItem(_ sought: String) -> String { "目录里没有“\(sought)”。请换一个字或拼音首字母。" }

    static func packed(_ item: CatalogueItem) -> String {
        item.unit.isEmpty ? item.specification : "\(item.specification)/\(item.unit)"
    }

    static func itemClass(_ itemClass: ItemClass) -> String {
        switch itemClass {
        case .a: "甲类"
        case .b: "乙类"
        case .outside: "丙类"
        }
    }

    static func ownShare(_ share: Share) -> String {
        share == .zero ? "" : "先自付 \(share.percent)"
    }

    static func value(_ value: Parameter.Value?, _ unit: Parameter.Unit) -> String {
        switch value {
        case .money(let money): yuan(money)
        case .share(let share): share.percent
        case .count(let count): "\(count)" + countUnit(unit)
        case .word(let word): named(word)
        case .words(let words): words.map(named).joined(separator: listComma)
        case .table(let table):
            table.sorted { $0.key < $1.key }
                .map { named($0.key) + " " + self.value($0.value, unit) }.joined(separator: "；")
        case .rows(let rows):
            rows.map { row in
                row.conditions.map(condition).joined(separator: "，")
                    + (row.conditions.isEmpty ? "其他 " : "：") + self.value(row.value, unit)
            }.joined(separator: "；")
        case .bands(let bands):
            bands.map { band in
                (band.upTo.map { "至 \(yuan($0)) " } ?? "以上 ") + band.rate.percent
            }.joined(separator: "，")
        case nil: "废止"
        }
    }

    private static func condition(_ condition: Condition) -> String {
        switch condition.test {
        case .anyOf(let words): words.map(named).joined(separator: "或")
        case .within(let ranges):
            condition.subject.rawValue + " " + ranges.map(\.description).joined(separator: "或")
        }
    }

    private static func countUnit(_ unit: Parameter.Unit) -> String {
        switch unit {
        case .days: " 天"
        case .months: " 个月"
        case .years: " 年"
        case .hours: " 小时"
        case .workingDays: " 个工作日"
        default: ""
        }
    }

    /// Words of the rule files that people know by another name.
    private static func named(_ word: String) -> String {
        if let title = Title(rawValue: word), self.title(title) != word { return self.title(title) }
        let words = [
            "village": "村级", "township": "乡镇级", "1": "一级", "2": "二级", "3": "三级",
            "cash": "现金", "account": "个人账户", "bankCard": "银行卡", "default": "其他",
        ]
        return words[word] ?? counter(word)
    }

    static func expectation(_ unit: Parameter.Unit) -> String {
        switch unit {
        case .yuan: "元，例如 300.00"
        case .share: "比例，例如 0.50 表示 50%"
        case .count: "整数"
        case .days: "天数"
        case .months: "月数"
        case .years: "年数"
        case .hours: "小时数"
        case .workingDays: "工作日数"
        case .word: "文字"
        case .monthDay: "月和日，例如 09-01"
        }
    }

    static func fromDay(_ day: Day) -> String { "\(day) 起生效，已有的结算不受影响。" }

    static func pricedAgain(_ day: Day, _ visits: Int) -> String {
        "生效日期 \(day) 已到或已过：此后已有 \(grouped(visits)) 笔结算，放行后按新政策重算，差额列入冲突。"
    }

    static func proposalLead(_ version: Int, _ person: String, _ at: Instant) -> String {
        "第 \(version) 版，由 \(person) 于 \(at) 签名发布。"
    }

    static func whyNoRelease(_ isClerk: Bool, _ isPublisher: Bool) -> String {
        if !isClerk { return page["notYours"] ?? "" }
        return isPublisher ? "发布和复核不能是同一个人。请另一位经办人登录后复核。" : ""
    }
}

// Catalogue terms as the preview and the release page name them.
extension Texts {
    static func terms(_ item: CatalogueItem) -> String {
        [
            "价格 " + yuan(item.price),
            item.priceLimit.map { "限价 " + yuan($0) } ?? noLimit,
            itemClass(item.itemClass), ownShare(item.ownShare),
        ].filter { !$0.isEmpty }.joined(separator: "，")
    }

    /// Price and limit always; of the rest what differs from the other version.
    static func terms(_ item: CatalogueItem, against other: CatalogueItem) -> String {
        var words = [
            "价格 " + yuan(item.price), item.priceLimit.map { "限价 " + yuan($0) } ?? noLimit,
        ]
        if item.itemClass != other.itemClass { words.append(itemClass(item.itemClass)) }
        if item.ownShare != other.ownShare { words.append("先自付 \(item.ownShare.percent)") }
        if item.name != other.name { words.append("名称 \(item.name)") }
        if item.initials != other.initials { words.append("首字母 \(item.initials)") }
        if item.specification != other.specification { words.append("规格 \(item.specification)") }
        if item.unit != other.unit { words.append("单位 \(item.unit)") }
        if item.feeType != other.feeType { words.append("费用类别 \(item.feeType.rawValue)") }
        if item.daysPerUnit != other.daysPerUnit {
            words.append("每单位 \(item.daysPerUnit.map(String.init) ?? none) 天")
        }
        if item.flags != other.flags {
            words.append("标记 \(item.flags.joined(separator: listComma))")
        }
        return (words + scope(item, against: other)).joined(separator: "，")
    }

    static func wholePolicy(_ content: PolicyContent) -> PolicyChange {
        PolicyChange(
            name: "整版政策", small: "", from: "", before: notBefore,
            after: "目录 \(content.catalogue.count) 行，诊断 \(content.diagnoses.count) 个，"
                + "参数文件 \(content.rules.count) 个", source: "")
    }

    static func diagnosesChanged(added: Int, removed: Int) -> PolicyChange {
        PolicyChange(
            name: "诊断目录", small: "", from: "", before: "减少 \(removed) 个", after: "增加 \(added) 个",
            source: "")
    }
}
