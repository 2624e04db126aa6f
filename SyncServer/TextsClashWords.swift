import Merging
import Vocabulary

/// A kind of clash in words, for the person who answers for the money.
struct ClashWords {
    let name: String
    let happened: String
    /// What is done unless somebody rules.
    let standard: String
    let effect: Effect
    let next: String
    /// What an entry is to the clash, in its order; the last is the one ruled upon.
    let earlier: String
    let last: String

    /// What the amount is to the money.
    enum Effect {
        case always(String)
        case difference(more: String, less: String, none: String)
    }

    func effect(of amount: Money) -> String {
        switch effect {
        case .always(let words): words
        case .difference(let more, let less, let none):
            amount == .zero ? none : amount > .zero ? more : less
        }
    }

    func side(_ place: Int, of count: Int) -> String { place + 1 < count ? earlier : last }
}

extension Clash.Kind {
    var words: ClashWords {
        switch self {
        case .deductibleTwice:
            ClashWords(
                name: "起付线重复负担",
                happened: "两个单位互不知情，各自从本人身上扣了起付线。一年只应负担一次，后一笔多扣了。",
                standard: "默认：多扣的起付线按比例由基金补付给参保人。",
                effect: .difference(more: "基金应补付", less: "基金多付", none: "基金无差额"),
                next: "核对两张结算单，把差额列入本月补付名单。",
                earlier: "排在前", last: "排在后，须调整")
        case .limitOverspent:
            ClashWords(
                name: "年度限额超支",
                happened: "两个单位互不知情，各自支付，合计超过了全年限额。",
                standard: "默认：超支如实列示，由县局决定基金承担、下次抵扣或机构承担。",
                effect: .always("基金超支"),
                next: "核对两笔金额，报分管领导确定超支由谁承担。",
                earlier: "排在前", last: "排在后，须调整")
        case .policyOutOfDate:
            ClashWords(
                name: "按过期政策结算",
                happened: "终端结算时用的价格或参数，不是就诊当天有效的那一版。",
                standard: "默认：以就诊当天有效的政策为准，差额调整。",
                effect: .difference(more: "基金应补付", less: "基金多付", none: "基金无差额"),
                next: "核对当日政策，把差额列入与机构的月度结算；再查该终端为何没有更新。",
                earlier: "终端当时结算", last: "终端当时结算")
        case .contributionTwice:
            ClashWords(
                name: "同一年度重复缴费",
                happened: "两个窗口互不知情，为同一个人收了同一年度的参保费。",
                standard: "默认：按业务日期、终端编号、序号排在前的票据成立；后一张列入退费。",
                effect: .always("应退还参保人"),
                next: "通知后收费的窗口办理退费，并收回后一张票据。",
                earlier: "排在前，成立", last: "排在后，应退费")
        case .fork:
            ClashWords(
                name: "终端日志分叉",
                happened: "同一台终端在同一个笔号下有两种内容。",
                standard: "默认：各支都保存，都不计入金额，等两位经办人决定；终端停用。",
                effect: .always("金额待核"),
                next: "让该单位立即停用这台终端，再逐笔核对各支，决定哪几支计入。",
                earlier: "终端当时记录", last: "终端当时记录")
        case .unpriceable:
            ClashWords(
                name: "无法重新计算",
                happened: "这笔结算里有目录查不到的项目，或缺少当天的参数，无法重新计算。",
                standard: "默认：暂按终端原来的结算金额计入，等人核对。",
                effect: .always("金额待核"),
                next: "打开原记录，核对项目编码；目录缺项的请补目录后重新发布。",
                earlier: "终端当时记录", last: "终端当时记录")
        case .unreadable:
            ClashWords(
                name: "记录无法读取",
                happened: "这笔记录损坏或格式不明。",
                standard: "默认：不计入台账，永久保存。",
                effect: .always("金额待核"),
                next: "打开原记录，把小字告诉技术支持。",
                earlier: "终端当时记录", last: "终端当时记录")
        case .receiptTwice:
            ClashWords(
                name: "票据号码重复使用",
                happened: "同一个票据代码和号码开给了两笔缴费。",
                standard: "默认：两笔缴费都算数，都享受待遇；票据须换开。",
                effect: .always("不影响金额"),
                next: "打电话给窗口，收回一张票据换开新号，再在本页结案。",
                earlier: "先开出", last: "又开出")
        case .receiptSkipped:
            ClashWords(
                name: "票据号码跳号",
                happened: "号段里有一个号码没有用，后一个号码已经用了。",
                standard: "默认：列入缺号清单，不影响任何人的缴费。",
                effect: .always("不影响金额"),
                next: "请窗口找出这张空白票据，作废归档，再在本页结案。",
                earlier: "跳号之后的一张", last: "跳号之后的一张")
        case .receiptOutsideBlock:
            ClashWords(
                name: "票据号码不在本窗口号段",
                happened: "这张票据的号码不在县局发给该窗口的号段之内。",
                standard: "默认：缴费算数，享受待遇；票据来源待查。",
                effect: .always("不影响金额"),
                next: "请窗口说明票据从哪里来，核对存根，再在本页结案。",
                earlier: "终端当时记录", last: "终端当时记录")
        case .traceCodeTwice:
            ClashWords(
                name: "同一药盒追溯码售出两次",
                happened: "同一盒药的追溯码出现在两笔结算里：可能回流、串换，也可能扫错。",
                standard: "默认：两笔都暂按终端结算计入，等人核对。",
                effect: .always("后一笔基金已付"),
                next: "核对药盒和两张处方，再在本页裁定后一笔是否由基金支付。",
                earlier: "先售出", last: "又售出")
        case .clockWrong:
            ClashWords(
                name: "终端时钟倒退",
                happened: "终端写下的时间比它的前一笔还早，超出允许的偏差。",
                standard: "默认：先后按笔号，政策按业务日，都不受影响；时间待核。",
                effect: .always("不影响金额"),
                next: "请该单位校准时钟，核对前后几笔的业务日，再在本页结案。",
                earlier: "终端当时记录", last: "终端当时记录")
        case .owedTwice:
            ClashWords(
                name: "同一笔差额结清两次",
                happened: "两个单位互不知情，各自在就诊时结清了县局重算的同一笔差额。",
                standard: "默认：排在前的一笔算数；后一笔多补或多收的，下次就诊时反过来结清。",
                effect: .difference(more: "应退还本人", less: "应由本人退回", none: "没有差额"),
                next: "不用办理：今晚起各站都能看到，下次就诊自动结清。本人来问时，两张结算单可对照。",
                earlier: "排在前，算数", last: "排在后，反过来结清")
        case .contactChangedTwice:
            ClashWords(
                name: "联系方式两处改动",
                happened: "两个单位互不知情，各自改了同一个人的电话或村民小组，改得不一样。",
                standard: "默认：按业务日期、终端编号、序号排在后的为准；两处都保存，都能看到。",
                effect: .always("不影响金额"),
                next: "拨打两个号码核对；以后任一单位看着现在的再改一次，这一件就自动消去。",
                earlier: "排在前，留作参考", last: "排在后，以此为准")
        case .accountOverspent:
            ClashWords(
                name: "账户支付超出额度",
                happened: "终端从这个个人账户付的钱，比县局给它的额度多。常见原因：终端那时还没收到分额度的政策。",
                standard: "默认：已付的如实列示，账户余额照减，可能减到零以下。",
                effect: .always("账户超付"),
                next: "先看下面“当时所用政策”：那一版还不分额度的，不用办理；已经分的，打电话给该单位和账户本人核对，说不清的停用这台终端并报分管领导。",
                earlier: "终端当时记录", last: "终端当时记录")
        case .visitTwice:
            ClashWords(
                name: "同一次就诊录入两遍",
                happened: "同一个人同一天有两笔结算，诊断和费用明细完全一样，前后只差几分钟。",
                standard: "默认：两笔都保存，都按终端结算支付，等人核对。",
                effect: .always("后一笔基金已付"),
                next: "打电话给录入单位核对处方；录重的，请该单位撤销一笔，或在本页裁定后一笔基金不付。",
                earlier: "先录入", last: "又录入")
        case .refusalOutlived:
            ClashWords(
                name: "裁定的事由已消失",
                happened: "这笔就诊裁定过基金不支付。引起裁定的另一笔后来作废了，或者核对的规则改了；事由不在了，裁定还有效。",
                standard: "默认：裁定照旧有效，基金仍不支付，等人复核。",
                effect: .always("基金仍不支付"),
                next: "点开下面这笔记录，在“裁定”一栏撤销以前的裁定，基金就照付；确实不该付的，在本页结案。",
                earlier: "裁定为不支付", last: "裁定为不支付")
        }
    }
}
