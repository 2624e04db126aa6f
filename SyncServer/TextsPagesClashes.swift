import Merging
import Vocabulary

// Clashes in words for the person who answers for the money.
extension Texts {
    static func clash(_ kind: Clash.Kind) -> String {
        switch kind {
        case .deductibleTwice: "起付线重复负担"
        case .limitOverspent: "年度限额超支"
        case .policyOutOfDate: "按过期政策结算"
        case .contributionTwice: "同一年度重复缴费"
        case .fork: "终端日志分叉"
        case .unpriceable: "无法重新计算"
        case .unreadable: "记录无法读取"
        case .receiptTwice: "票据号码重复使用"
        case .receiptSkipped: "票据号码跳号"
        case .receiptOutsideBlock: "票据号码不在本窗口号段"
        case .traceCodeTwice: "同一药盒追溯码售出两次"
        case .clockWrong: "终端时钟倒退"
        case .owedTwice: "同一笔差额结清两次"
        case .contactChangedTwice: "联系方式两处改动"
        case .accountOverspent: "账户支付超出额度"
        case .visitTwice: "同一次就诊录入两遍"
        }
    }

    static func matters(_ kind: Clash.Kind) -> String { "件" + clash(kind) }

    static func happened(_ kind: Clash.Kind) -> String {
        switch kind {
        case .deductibleTwice:
            "两个单位互不知情，各自从本人身上扣了起付线。一年只应负担一次，后一笔多扣了。"
        case .limitOverspent: "两个单位互不知情，各自支付，合计超过了全年限额。"
        case .policyOutOfDate: "终端结算时用的价格或参数，不是就诊当天有效的那一版。"
        case .contributionTwice: "两个窗口互不知情，为同一个人收了同一年度的参保费。"
        case .fork: "同一台终端在同一个笔号下有两种内容。"
        case .unpriceable: "这笔结算里有目录查不到的项目，或缺少当天的参数，无法重新计算。"
        case .unreadable: "这笔记录损坏或格式不明。"
        case .receiptTwice: "同一个票据代码和号码开给了两笔缴费。"
        case .receiptSkipped: "号段里有一个号码没有用，后一个号码已经用了。"
        case .receiptOutsideBlock: "这张票据的号码不在县局发给该窗口的号段之内。"
        case .traceCodeTwice: "同一盒药的追溯码出现在两笔结算里：可能回流、串换，也可能扫错。"
        case .clockWrong: "终端写下的时间比它的前一笔还早，超出允许的偏差。"
        case .owedTwice: "两个单位互不知情，各自在就诊时结清了县局重算的同一笔差额。"
        case .contactChangedTwice: "两个单位互不知情，各自改了同一个人的电话或村民小组，改得不一样。"
        case .accountOverspent: "终端没有县局给的额度，就从这个个人账户付了钱；或者付得比额度多。"
        case .visitTwice: "同一个人同一天有两笔结算，诊断和费用明细完全一样，前后只差几分钟。"
        }
    }

    static func mergeClass(_ kind: Clash.Kind) -> String {
        switch kind.mergeClass {
        case .commutes: "可自动计算：记录都有效，不分先来后到，按全年重新计算，只找差额。"
        case .rights: "超出额度：已经发生的不改，超出部分记为超支，不让患者当场退钱。"
        case .firstValidWins: "先者有效：按业务日期、终端编号、序号排在前的一笔成立，后一笔作重复处理。"
        case .personDecides: "须由人判断：系统不替您选，双方都保存。"
        }
    }

    static func standard(_ kind: Clash.Kind) -> String {
        switch kind {
        case .deductibleTwice: "默认：多扣的起付线按比例由基金补付给参保人。"
        case .limitOverspent: "默认：超支如实列示，由县局决定基金承担、下次抵扣或机构承担。"
        case .policyOutOfDate: "默认：以就诊当天有效的政策为准，差额调整。"
        case .contributionTwice: "默认：按业务日期、终端编号、序号排在前的票据成立；后一张列入退费。"
        case .fork: "默认：各支都保存，都不计入金额，等两位经办人决定；终端停用。"
        case .unpriceable: "默认：暂按终端原来的结算金额计入，等人核对。"
        case .unreadable: "默认：不计入台账，永久保存。"
        case .receiptTwice: "默认：两笔缴费都算数，都享受待遇；票据须换开。"
        case .receiptSkipped: "默认：列入缺号清单，不影响任何人的缴费。"
        case .receiptOutsideBlock: "默认：缴费算数，享受待遇；票据来源待查。"
        case .traceCodeTwice: "默认：两笔都暂按终端结算计入，等人核对。"
        case .clockWrong: "默认：先后按笔号，政策按业务日，都不受影响；时间待核。"
        case .owedTwice: "默认：排在前的一笔算数；后一笔多补或多收的，下次就诊时反过来结清。"
        case .contactChangedTwice: "默认：按业务日期、终端编号、序号排在后的为准；两处都保存，都能看到。"
        case .accountOverspent: "默认：已付的如实列示，账户余额照减，可能减到零以下。"
        case .visitTwice: "默认：两笔都保存，都按终端结算支付，等人核对。"
        }
    }

    static func effect(_ kind: Clash.Kind, _ amount: Money) -> String {
        switch kind {
        case .contributionTwice: "应退还参保人"
        case .fork, .unpriceable, .unreadable: "金额待核"
        case .receiptTwice, .receiptSkipped, .receiptOutsideBlock, .clockWrong,
            .contactChangedTwice:
            "不影响金额"
        case .traceCodeTwice, .visitTwice: "后一笔基金已付"
        case .owedTwice: amount > .zero ? "应退还本人" : "应由本人退回"
        case .limitOverspent: "基金超支"
        case .accountOverspent: "账户超付"
        case .deductibleTwice, .policyOutOfDate:
            amount == .zero ? "基金无差额" : amount > .zero ? "基金应补付" : "基金多付"
        }
    }

    static func nextStep(_ kind: Clash.Kind) -> String {
        switch kind {
        case .deductibleTwice: "核对两张结算单，把差额列入本月补付名单。"
        case .limitOverspent: "核对两笔金额，报分管领导确定超支由谁承担。"
        case .policyOutOfDate: "核对当日政策，把差额列入与机构的月度结算；再查该终端为何没有更新。"
        case .contributionTwice: "通知后收费的窗口办理退费，并收回后一张票据。"
        case .fork: "让该单位立即停用这台终端，再逐笔核对各支，决定哪几支计入。"
        case .unpriceable: "打开原记录，核对项目编码；目录缺项的请补目录后重新发布。"
        case .unreadable: "打开原记录，把小字告诉技术支持。"
        case .receiptTwice: "打电话给窗口，收回一张票据换开新号，再在本页结案。"
        case .receiptSkipped: "请窗口找出这张空白票据，作废归档，再在本页结案。"
        case .receiptOutsideBlock: "请窗口说明票据从哪里来，核对存根，再在本页结案。"
        case .traceCodeTwice: "核对药盒和两张处方，再在本页裁定后一笔是否由基金支付。"
        case .clockWrong: "请该单位校准时钟，核对前后几笔的业务日，再在本页结案。"
        case .owedTwice: "不用办理：今晚起各站都能看到，下次就诊自动结清。本人来问时，两张结算单可对照。"
        case .contactChangedTwice: "拨打两个号码核对；以后任一单位看着现在的再改一次，这一件就自动消去。"
        case .accountOverspent: "打电话给该单位和账户本人核对这笔结算；说不清的，停用这台终端并报分管领导。"
        case .visitTwice: "打电话给录入单位核对处方；录重的，请该单位撤销一笔，或在本页裁定后一笔基金不付。"
        }
    }

    static func refundNext(_ place: String, _ phone: String, _ receipt: String) -> String {
        "打电话给\(place)（\(phone)），为票据 \(receipt) 办理退费并收回原票据；"
            + "参保人凭成立的票据享受待遇，不受影响。"
    }

    /// What hangs on all clashes of a kind, both directions named.
    static func stake(_ kind: Clash.Kind, _ amounts: [Money]) -> String {
        let more = amounts.filter { $0 > .zero }.sum()
        let less = amounts.filter { $0 < .zero }.sum().magnitude
        return [(more, Money(fen: 1)), (less, Money(fen: -1))].filter { $0.0 > .zero }
            .map { effect(kind, $0.1) + " " + yuan($0.0) }.joined(separator: "，")
    }

    static func side(_ kind: Clash.Kind, _ place: Int, of count: Int) -> String {
        switch kind {
        case .contributionTwice: place == 0 ? "排在前，成立" : "排在后，应退费"
        case .policyOutOfDate: "终端当时结算"
        case .deductibleTwice, .limitOverspent: place + 1 < count ? "排在前" : "排在后，须调整"
        case .traceCodeTwice: place == 0 ? "先售出" : "又售出"
        case .receiptTwice: place == 0 ? "先开出" : "又开出"
        case .visitTwice: place == 0 ? "先录入" : "又录入"
        case .contactChangedTwice: place + 1 < count ? "排在前，留作参考" : "排在后，以此为准"
        case .receiptSkipped: "跳号之后的一张"
        case .owedTwice: place + 1 < count ? "排在前，算数" : "排在后，反过来结清"
        case .fork, .unpriceable, .unreadable, .receiptOutsideBlock, .clockWrong,
            .accountOverspent:
            "终端当时记录"
        }
    }

    static func clashLead(_ count: Int, shown: Int) -> String {
        let all = "共 \(grouped(count)) 件。双方记录都已永久保存，点开可并排查看。"
        return shown < count ? all + "这里列出前 \(shown) 件。" : all
    }
}
