import Journaling
import Merging
import Pricing
import Vocabulary

// What a clerk is asked most often, in words.
extension Texts {
    static let questionWords = [
        "questions": "常问",
        "askPerson": "某人的钱怎么算的",
        "askClinics": "各单位往来",
        "askQuiet": "多日未联系的终端",
        "clinics": "各单位往来",
        "lastNight": "昨晚以来",
        "calmNight": "● 昨晚以来收到的记录没有引起冲突。",
        "derivation": "这笔钱怎么算的",
        "span": "时段",
        "policiesLacking":
            "县局恢复过备份，还有终端没有报到。备份之后发布的政策只有终端还保存着，终端联网同步就会送回。请先等送回再改政策；现在发布，会代替还没有送回的那一版。",
        "policyAgain": "所有终端都已报到，没有一台取到过这一版。请照原样重新拟稿、放行；在那以前仍按现在这一版结算。",
        "policyLostMatter": "版放行过的政策随恢复备份丢了",
        "policyLostNext": "请打开政策页，看要等终端送回，还是要重新放行。",
        "setBackMatter": "台终端在县局恢复备份以后还没有收到新公告，额度和调整暂停发放",
        "setBackNext": "请这些单位联网同步两次，或送优盘；不再使用的终端请注销。全部收齐后自动恢复发放。",
    ]

    static let derivationColumns = ["步骤", "算式", "金额", "依据"]
    static let clinicColumns = ["单位", "县局应付", "代收未缴", "相抵后", "手里现金和在途", "由机构承担"]

    static let anotherJournal =
        "没有恢复：这台机器上的县局日志是从另一份备份接着写的，与这份备份对不上。"
        + "请用原来那份备份；一定要用这一份的，先把数据目录里的 journal.sqlite 移到别处保存，再恢复。"

    static func policyLost(_ told: Publication, _ at: Instant) -> String {
        let note = told.note.isEmpty ? "" : "「\(told.note)」"
        return "本局日志记着 \(at) 放行过\(version(told.version))政策\(note)，恢复用的备份里没有这一版。"
    }

    static func newClashes(_ count: Int) -> String {
        count == 0 ? "昨晚以来没有新冲突" : "昨晚以来的冲突 \(grouped(count)) 件"
    }

    static func quietCount(_ count: Int) -> String {
        count == 0 ? "终端都按时联系" : "多日未联系的终端 \(grouped(count)) 台"
    }

    static func since(_ moment: Instant) -> String { "由 \(moment) 以来收到的记录引起。" }

    /// Whether a visit's price comes out again as it was settled.
    static func derived(_ settled: Money, _ again: Money) -> String {
        settled == again
            ? "用当时终端所知、就诊当天有效的政策重算，与结算一致：基金支付 \(yuan(settled))。"
            : "终端当时结算基金 \(yuan(settled))；按就诊当天有效的政策重算是 \(yuan(again))，差额见冲突。"
    }

    static let notDerived = "目录或参数缺项，无法重算；暂按终端结算的金额。"

    /// A layer's own name beneath its step.
    static func layer(_ reason: Reason) -> String { reason.layer.map(counter) ?? "" }

    static func clinicsLead(_ from: Day, _ to: Day) -> String {
        "\(from) 到 \(to) 记账的往来。欠县局的排在前。“县局应付”是结算后还没有拨付的基金，“代收未缴”是替县局收的参保费。"
    }

    /// The arithmetic as it is read aloud.
    static func arithmetic(_ reason: Reason) -> String {
        [("min(", "取小("), ("max(", "取大("), ("round(", "四舍五入到分("), ("floor(", "舍去分以下(")]
            .reduce(reason.arithmetic) { $0.replacing($1.0, with: $1.1) }
    }

    /// Who owes whom after both claims are set against each other.
    static func owes(_ amount: Money) -> String {
        amount == .zero ? "两清" : amount > .zero ? "县局应付该单位" : "该单位应缴县局"
    }

    static func span(_ name: String) -> String {
        switch name {
        case "month": "本月"
        case "last": "上月"
        default: "本年"
        }
    }

    static func kioskState(_ name: String) -> String {
        switch name {
        case "good": page["registered"] ?? ""
        default: page[name == "waiting" ? "unregistered" : name] ?? ""
        }
    }
}
