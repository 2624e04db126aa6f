import Vocabulary

// Fixed words of the office's pages; templates read them as {{t.key}}.
extension Texts {
    static let page: [String: String] = frameWords.merging(ledgerWords) { $1 }
        .merging(policyWords) { $1 }.merging(monthWords) { $1 }
        .merging(questionWords) { $1 }

    private static let frameWords = [
        "product": "村医通 · 县局",
        "first": "待办",
        "kiosks": "终端",
        "ledger": "台账",
        "members": "参保人",
        "clashes": "冲突", "findings": "审核",
        "policy": "政策",
        "signIn": "登录",
        "signOut": "退出",
        "personNumber": "工号",
        "pin": "密码",
        "signInLead": "县局经办人、稽核员和管理员在这里登录。村医和乡镇征缴员请用本单位的终端。",
        "refused": "没有办成",
        "backToFirst": "回到待办",
        "skip": "跳到正文",
        "all": "全部",
        "sum": "合计",
        "show": "查看",
        "find": "查找",
        "device": "终端自动",
        "never": "从未联系",
        "goThere": "去处理",
        "smallPrint": "供核查用的原始记录",
        "hash": "哈希",
        "clockNote": "北京时间",
    ]

    private static let ledgerWords = [
        "balance": "试算平衡表",
        "waiting": "等人裁定",
        "waitingLead": "每一件的双方记录都已保存。等得久的排在前（按周），同一周里金额大的在前。点开看证据、可选的处理，以及每种处理对钱的影响。",
        "allWaiting": "全部等人处理的事项",
        "twice": "同一身份证号登记了两次",
        "twiceNext": "核对身份证原件，确定保留哪个人员编号，两边记录都保留，再报县局合并。",
        "ruling": "裁定", "ruledBefore": "已有裁定", "chooseRuling": "选择处理",
        "rulingReason": "理由和凭据", "proposeRuling": "提交", "confirmRuling": "确认",
        "rulingNow": "现在",
        "calm": "没有等人处理的事项。",
        "needsYou": "等人处理",
        "dayBefore": "前一天",
        "dayAfter": "后一天",
        "setAside": "无法合并、已单独存放的记录",
        "setAsideMatter": "笔记录无法合并，已单独存放",
        "forkMatter": "台终端日志分叉",
        "setAsideNext": "先看原因，再打电话给终端所在单位；升级后可自动补并的会写明。",
        "setAsideLead": "这些记录已收下并永久保存，但暂不计入台账，也不妨碍其他记录。",
        "waitingNext": "由另一位经办人核对前后数值，输入本人密码复核。",
        "quietNext": "打电话问：是否停电、断网或停诊？断网的可用优盘上报。",
        "forked": "日志分叉",
        "revoked": "已停用",
        "unregistered": "待登记",
        "quiet": "多日未联系",
        "registered": "正常",
        "older": "更早的记录",
        "confirmForkLead": "核对上面各支后，输入本人密码确认。确认后立即重算相关参保人的全年。",
        "confirmFork": "确认",
        "proposeForkLead": "逐支选择是否计入。真实发生过的都应计入，可以选多支；伪造的才不计入。由另一位经办人确认后生效，以后可再决定。",
        "proposeFork": "提出处理意见",
        "undecided": "暂不决定",
        "branchCounts": "计入台账",
        "branchLeft": "不计入，仅保存",
        "forkReason": "理由",
        "from": "从",
        "to": "到",
        "lines": "费用明细",
        "people": "缴费人员",
        "membersLead": "输入姓名、身份证号码或人员编号，按回车。列表中姓名和号码部分遮盖，点开后完整显示。后面空一格写上金额，例如“李桂华 18.40”，就直接打开那一笔。",
        "sought": "姓名、身份证号码或人员编号，可再加金额",
        "history": "全年记录",
        "historySentence": "“已结算”是终端当时付的，“应付”是把全年记录按先后重算的结果。",
        "counters": "年度累计",
        "noCounters": "本年没有使用过待遇。",
        "voided": "已作废",
        "inForce": "当日有效的政策",
        "inForceVerdict": "应按此计算",
        "happened": "发生了什么",
        "whatMoney": "对钱的影响",
        "defaultWords": "系统默认怎样处理",
        "nextStep": "下一步",
        "bothSides": "双方记录",
        "smallDetail": "技术说明",
    ]
}

// Figures, dates and names as the office reads them.
extension Texts {
    static let none = "—"
    static let nothingHere = "没有记录。"
    static let listComma = "、"
    static let unitYuan = "元"
    static let countyItself = "县局本部"
    static let wholeCounty = "全县"

    /// "12,345" with its thousands set apart.
    static func grouped(_ number: Int) -> String {
        var digits = String(abs(number))
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits = String(digits.dropLast(3))
        }
        return (number < 0 ? "−" : "") + ([digits] + groups).joined(separator: ",")
    }

    static func yuan(_ amount: Money) -> String {
        let cents = String(abs(amount.fen) % 100 + 100).dropFirst()
        let sign = amount.fen < 0 ? "−" : ""
        return sign + grouped(abs(amount.fen) / 100) + "." + cents + " 元"
    }

    /// "3 小时前": how long ago, the way people say it.
    static func ago(_ instant: Instant, now: Instant) -> String {
        let seconds = now.seconds(since: instant)
        switch seconds {
        case ..<60: return "刚才"
        case ..<3600: return "\(seconds / 60) 分钟前"
        case ..<86_400 where instant.day == now.day: return "\(seconds / 3600) 小时前"
        default: break
        }
        let days = now.day.days(since: instant.day)
        return days == 1 ? "昨天 \(instant.clockTime)" : "\(days) 天前"
    }

    /// 李桂华 is 李*华 in lists.
    static func masked(_ name: String) -> String {
        let characters = Array(name)
        guard characters.count > 1, let last = characters.last else { return name }
        guard characters.count > 2 else { return "\(characters[0])*" }
        return "\(characters[0])" + String(repeating: "*", count: min(3, characters.count - 2))
            + "\(last)"
    }

    static func counted(_ words: String, _ count: Int) -> String { "\(words) \(grouped(count))" }

    static func refusal(_ fault: PageFault) -> String {
        switch fault {
        case .notFound: "没有这个页面，或这笔记录不存在。请从列表重新打开。"
        case .signInFirst: "登录已过期。请重新登录后再办一次。"
        case .otherOrigin: "这次提交不是从本系统的页面发出的，没有办理。请回到页面重新提交。"
        case .tooLong: "提交的内容太长，没有办理。请缩短后重试。"
        case .notKnown: "工号或密码不对。请核对后重新输入。"
        case .paused(let minutes): "密码连续输错五次，请等 \(minutes) 分钟再试。忘记密码请找管理员。"
        case .otherDesk: "您的岗位不在县局办理。村医请用卫生室的终端，乡镇征缴员请用乡镇服务站的终端。"
        case .unreadable(let field): unreadable(field)
        }
    }

    private static func unreadable(_ field: String) -> String {
        switch field {
        case "price", "limit": "金额没有看懂。请输入元和角分，例如 12.60；没有限价就留空。"
        case "from": "生效日期没有看懂。请按 2026-12-01 的样子填写。"
        case "fingerprint": "等待复核的内容刚刚变了，没有签署。请重新核对下面的变更。"
        default: "有一项没有填。请填完再提交。"
        }
    }

    static func role(_ role: Role) -> String {
        switch role {
        case .villageDoctor: "村医"
        case .townshipCollector: "乡镇征缴员"
        case .countyClerk: "县局经办人"
        case .auditor: "稽核员"
        case .administrator: "管理员"
        }
    }
}
