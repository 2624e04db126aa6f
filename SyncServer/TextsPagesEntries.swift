import Identifying
import Journaling
import Pricing
import Settling
import Vocabulary

// An entry in words.
extension Texts {
    private static let labels = [
        "kind": "事项", "place": "单位", "written": "写入时间", "day": "业务日", "operator": "经办人",
        "reason": "原因", "receipt": "票据", "returned": "退还", "software": "软件", "publicKey": "公钥",
        "role": "岗位", "bulletins": "收到的版本", "policy": "政策", "note": "说明",
        "unknownKind": "不认识的类别", "person": "参保人", "voids": "作废的记录", "identified": "核验方式",
        "scheme": "险种", "diagnoses": "诊断", "override": "提醒后仍办理", "year": "年度",
        "household": "户号", "total": "合计", "counted": "实点现金", "difference": "差额",
        "identity": "身份证号码", "number": "人员编号", "sex": "性别年龄", "home": "住址",
        "paidYears": "已缴费年度", "title": "身份", "recognition": "病种认定", "suspended": "暂停参保",
        "died": "死亡日期", "entry": "记录", "phone": "电话", "dueFund": "应付基金",
        "dueDifference": "应调整", "personPaid": "本人缴费", "price": "现行价格", "limit": "现行限价",
        "month": "月份", "decision": "裁定", "matter": "事由", "since": "生效日期", "value": "现行数值",
        "source": "依据", "group": "村民小组", "contactBefore": "原来",
    ]

    static func label(_ name: String) -> String { labels[name] ?? name }

    static func why(_ reason: Adjustment.Reason) -> String {
        switch reason {
        case .policyOutOfDate: "按过期政策结算"
        case .deductibleTwice: "起付线重复负担"
        case .limitOverspent: "年度限额超支"
        case .refused: "裁定基金不支付"
        case .fundFollows: "当时站点没有额度，基金部分补付"
        case .takenBack: "原记录已作废或不再计入"
        case .yearChanged: "全年重算后有变化"
        }
    }

    static func adjusted(_ adjustment: Adjustment) -> String {
        let reason = why(adjustment.reason)
        let bearer =
            switch adjustment.bearer {
            case .fund: "由基金承担"
            case .person: adjustment.total > .zero ? "应补给参保人" : "参保人下次就诊抵扣"
            case .clinic: "由机构承担"
            }
        return reason + "；" + bearer + (adjustment.isLate ? "；迟到，记在未结的月份" : "")
    }

    static func kind(_ fact: Fact) -> String {
        switch fact {
        case .opened: "启用终端"
        case .signedIn: "登录"
        case .visit(let visit): kind(visit.kind)
        case .visitVoid: "门诊作废"
        case .contribution(let receipt): "参保缴费（\(receipt.year) 年）"
        case .contributionVoid: "缴费票据作废"
        case .dayClose: "日结"
        case .bulletinRead: "收到公告"
        case .contact: "登记联系方式"
        case .publication(let publication): step(publication.step)
        case .branchDecision(let decision):
            decision.confirms == nil ? "提出分叉处理" : "确认分叉处理"
        case .adjustment(let adjustment): adjustment.isLate ? "调整（迟到）" : "调整"
        case .monthClosed(let closed): "\(closed.month) 月结"
        case .monthProposed(let proposed): "提出 \(proposed.month) 月结"
        case .forkFound: "发现分叉时已入账的记录"
        case .ruling(let ruling): self.ruling(ruling)
        case .allotment, .rightsTaken, .rightsClosed: rights(fact)
        case .unknown: "不认识的记录"
        }
    }

    static func kind(_ kind: VisitKind) -> String {
        switch kind {
        case .outpatient: "普通门诊"
        case .chronic: "门诊慢特病"
        case .twoDiseases: "门诊两病"
        case .inpatient: "住院"
        case .caseInpatient: "单病种住院"
        default: "医疗类别 \(kind.rawValue)"
        }
    }

    static func scheme(_ scheme: Scheme) -> String {
        scheme == .resident ? "城乡居民医保" : "职工医保"
    }

    static func assurance(_ assurance: Assurance) -> String {
        switch assurance {
        case .credential: "县局签名的参保码"
        case .identityNumber: "身份证号码，已看证件"
        case .name: "按姓名选择"
        }
    }

    static func title(_ title: Title) -> String {
        switch title {
        case .subsistence: "低保对象"
        case .destitute: "特困人员"
        case .lowIncome: "低收入家庭成员"
        case .severeDisability: "重度残疾人"
        case .familyPlanning: "计生特殊家庭"
        case .orphan: "孤儿"
        case .monitored: "返贫致贫监测对象"
        case .subsistenceMargin: "低保边缘家庭成员"
        case .milderDisability: "3–4 级残疾人"
        case .student: "学生"
        default: title.rawValue
        }
    }

    private static func tender(_ word: String) -> String {
        switch Tender(rawValue: word) {
        case .cash: "现金"
        case .account: "个人账户"
        case .bankCard: "银行卡"
        case nil: word
        }
    }

    static func paidWith(_ word: String) -> String {
        switch word {
        case Settlement.owedWord: "结清重算差额（负数为收回）"
        case Settlement.familyWord: "家人个人账户支付（家庭共济）"
        default: tender(word) + "支付"
        }
    }
    static func expected(_ word: String) -> String { "账面" + tender(word) }

    static func amounts(_ amounts: Amounts) -> [FactLine] {
        let lines: [(String, Money)] = [
            ("总金额", amounts.total), ("全自费", amounts.outside), ("超限价", amounts.overLimit),
            ("先行自付", amounts.ownShareFirst), ("符合范围", amounts.inScope),
            ("本次起付线", amounts.deductible), ("基金支付", amounts.fundTotal),
            ("个人支付", amounts.personPart),
        ]
        return lines.map { FactLine($0.0, .money($0.1)) }
    }

    static func shortAmounts(_ amounts: Amounts) -> [FactLine] {
        let lines: [(String, Money)] = [
            ("总金额", amounts.total), ("符合范围", amounts.inScope),
            ("扣起付线", amounts.deductible), ("基金支付", amounts.fundTotal),
            ("个人支付", amounts.personPart),
        ]
        return lines.map { FactLine($0.0, .money($0.1)) }
    }

    /// What the kiosk knew when it settled.
    static func knowledge(_ visit: Visit) -> [FactLine] {
        let counters = visit.given.counters.sorted { "\($0.key)" < "\($1.key)" }
        return counters.map { FactLine("当时所知：" + counter($0.key), amount($0.key, $0.value)) } + [
            FactLine("当时所用政策", version(visit.policy)),
            FactLine("当时名册截至", visit.rollAsOf.description),
        ]
    }

    /// A counter of the year in words: "普通门诊 起付线已负担".
    static func counter(_ counter: Counter) -> String {
        let period =
            switch counter.period {
            case .year: ""
            case .quarter(let quarter): "第 \(quarter) 季度"
            case .month(let month): "\(month) 月"
            case .day(let day): "\(day)"
            }
        let measure =
            switch counter.measure {
            case .deductible: "起付线已负担"
            case .paid: "基金已支付"
            case .cost: "已计入费用"
            case .visits: "已报次数"
            case .admissions: "住院次数"
            case .household: "全户基金已支付"
            case .lastPaid: "上年基金已支付"
            case .account: "个人账户"
            }
        return [self.counter(counter.name), period, measure].filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    static func amount(_ counter: Counter, _ value: Int) -> Cell {
        counter.countsTimes ? Cell("\(value) 次") : .money(Money(fen: value))
    }

    static func receipt(_ code: String, _ number: Int) -> String {
        let digits = String(number)
        return "\(code) №" + String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    }

    static func bulletins(_ policy: Int, _ daily: Int) -> String {
        "政策第 \(policy) 版，名册第 \(daily) 版"
    }

    static func version(_ version: Int) -> String { "第 \(version) 版" }

    static func article(_ article: Article) -> String {
        switch article {
        case .outsideCatalogue: "目录外"
        case .abovePriceLimit: "超限价"
        case .ownShareFirst: "先行自付"
        case .inScope: "符合范围"
        case .institutionPart: "机构负担"
        case .settledElsewhere: "已在别处结算"
        case .entering: "进入本层"
        case .visitCount: "次数限制"
        case .costLimit: "费用限额"
        case .deductible: "起付线"
        case .rate: "按比例"
        case .bands: "分段"
        case .fixedAmount: "定额"
        case .payLimit: "支付限额"
        case .heldHere: "本站额度"
        case .personPart: "个人支付"
        }
    }
}
