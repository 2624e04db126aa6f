/// Every Chinese word of the program: this file holds what templates use as `{{t.key}}`, its
/// neighbours the sentences with figures in them.
enum Texts {
    /// A fixed text by its key; a missing key shows itself, and a test finds it.
    static func of(_ key: String) -> String { page[key] ?? care[key] ?? key }

    static let page: [String: String] = [
        // Everywhere.
        "appName": "村医通", "yuan": "元", "back": "返回", "problem": "办不了，请看这里",
        "online": "在线", "offline": "离线", "allSigned": "已全部上报，县里已签收", "signOut": "退出",
        "home": "接诊", "collection": "参保缴费", "recent": "最近五笔", "roll": "名册", "close": "日结",
        "status": "上报", "clock": "时钟", "remove": "删除",
        "printAgain": "重打", "reason": "原因", "name": "姓名",
        "supportCode": "报修代码",
        // Signing in.
        "signIn": "登录", "whoWorks": "今天谁上班？", "pin": "请输入口令", "pinHint": "数字口令，输完按回车",
        "otherPerson": "换人", "noOperators": "这台机器还没有从县里取到名册和人员，暂时不能登录。",
        "noOperatorsNext": "请接上网络后按下面的按钮；没有网络就用县里发的 U 盘导入。",
        "fetchFirst": "从县里取数据",
        // The visit.
        "visit": "接诊", "scan": "刷卡 / 扫码 / 身份证 / 姓名拼音",
        "scanHint": "如 lgh 或 李桂华", "next": "下一步", "whichPerson": "有几位，请按数字键选人",
        "morePeople": "人太多，只列出前九位，请多输几个字。", "familyDoctor": "家庭医生已签约",
        "deductible": "起付线", "fundUsed": "统筹已用", "fundLeft": "今日在此还可用",
        "fundElsewhere": "本年另有", "drawRights": "联网取额度",
        "rate": "报销比例", "accountBalance": "个人账户余额", "kind": "类别",
        "diagnosis": "诊断", "diagnosisHint": "名称、编码或拼音首字母，如 gxy", "add": "加上",
        "whichDiagnosis": "请按数字键选诊断", "item": "药品 / 项目",
        "itemHint": "拼音首字母，如 bhsaldp", "whichItem": "请按数字键选一种", "quantity": "数量",
        "price": "单价", "days": "天数", "trace": "追溯码", "lastTime": "同上次", "limit": "限价",
        "reasonHint": "为什么仍要开？写一句", "writeReason": "记下原因", "reasonKept": "已写原因",
        "reasonTravel": "外出务工，需多带药", "reasonLost": "药品遗失或损坏",
        "reasonChanged": "病情变化，调整用量",
        "total": "合计", "fundPart": "基金付", "personPart": "个人付", "runningTotal": "目前合计",
        "why": "为什么", "takeCash": "收现金", "account": "个人账户", "accounts": "用账户付", "given": "实收",
        "givenHint": "刚好就不填", "change": "找零", "slip": "小票", "seeSlip": "看小票",
        "itemsFirst": "加上药品或项目后，这里算出谁付多少。", "stopped": "有一条不能结算，请先改正。",
        "leaveOwed": "这次不收", "takeOwed": "改为这次收", "askedNow": "这次实收",
        "slipFailed": "账已存好，小票没有打出来。请看打印机有没有纸、开没开，再按“重打”。",
        "slipPrinted": "小票已送打印机。",
        // Why.
        "whyTitle": "这笔钱怎么算的", "arithmetic": "算式", "source": "依据",
        // Slips.
        "visitSlip": "医保门诊结算单", "person": "姓名", "identity": "身份证号", "household": "户号",
        "outside": "其中 目录外全自费", "overLimit": "其中 超限价自费", "ownShareFirst": "其中 乙类先自付",
        "inScope": "进入医保计算", "deductiblePart": "起付线内自付", "standard": "缴费标准合计",
        "relief": "资助合计", "slipProof": "请妥善保管，扫码可核对真伪", "receipt": "缴费收据",
        "receiptCode": "票据代码", "receiptNumber": "票据号码", "capitals": "大写", "operator": "经办人",
        "headHash": "账本校验", "paidBy": "付款方式",
        // Recent.
        "void": "作废", "voidReason": "为什么作废？写一句", "noRecent": "这台机器上还没有记录。",
        "recentHint": "只有当天的可以作废；作废要写原因，并另打一张红票。",
        // Roll.
        "rollSearch": "姓名或拼音首字母", "search": "查找", "startVisit": "接诊",
        "nobody": "名册里没有这个人。可换个写法，或用身份证号查。", "noRoll": "还没有名册",
        // Collection.
        "findHousehold": "户号 / 任一成员的身份证、姓名、拼音",
        "whichHousehold": "有几户，请按数字键选", "toPay": "应缴", "standardShort": "标准",
        "reliefShort": "资助", "born": "出生", "remark": "身份 / 说明", "collectCash": "收现金",
        "collectCard": "银行卡", "toPayTotal": "本户应缴", "nothingDue": "这一户没有要缴的。",
        "otherDesk": "这之后别的收费点可能已经收过；重复的由县里核对后退回。",
        "nextHousehold": "下一户", "collected": "收好了", "openHousehold": "看这一户",
        // How people are reached.
        "reach": "联系方式", "phone": "电话", "group": "村民小组", "keep": "记下",
        "reachHint": "按 Tab 换格，按回车全部记下。没有电话就清空。两处改得不一样时，县里两个都留着，按后登记的那个。",
        // Day close.
        "expected": "账上应有", "counted": "清点实有", "cash": "现金", "difference": "相差",
        "pieces": "张 / 枚", "differenceWhy": "相差的原因（不相差就不用写）", "closeDay": "日结",
        "visits": "接诊笔数", "receiptsToday": "收据张数", "closedDone": "今天已日结",
        "mayTurnOff": "今天可以关机了", "countAgain": "重新清点", "sendNow": "现在上报",
        "onlyHereNext": "机器不要关、不要搬。接上网络按“现在上报”；没有网络就用 U 盘导出，交到乡镇。",
        "closedBefore": "日结之后又有新账，请再清点一次。",
        // Status.
        "countySigned": "全部已上报，县里已签收", "send": "现在上报", "kiosk": "机器编号",
        "entries": "账本笔数", "policyVersion": "政策版本", "lastContact": "上次联系县里",
        "onTheLine": "正在传送", "nextContact": "下次自动联系",
        "software": "软件版本",
        "todayIs": "今天是",
        "timeIs": "现在几点",
        "confirmTime": "核对无误，按此记账",
        "timeMalformed": "日期要写成 2026-01-31，时间要写成 09:30。请再填一次。",
        "timeTaken": "已按填写的时间继续。连上网后会自动与县里核对。",
        "sendHint": "按下后请等一会儿，正在送账本、取名册；多的时候要一两分钟，不要关机。",
        "sending": "正在上报，请稍等……",
    ]
}
