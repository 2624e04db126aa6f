import Cataloguing
import Checking
import Collecting
import Identifying
import Journaling
import Pricing
import Rules
import Syncing
import Vocabulary

// Sentences about people, time and state.
extension Texts {
    static func person(_ member: Member, on day: Day) -> String {
        let age = day.age(bornOn: member.birth)
        let months = (day.days(since: member.birth)) / 30
        let old = age > 0 ? "\(age) 岁" : "\(months) 个月"
        return "\(word(member.sex)) \(old) · \(member.home.village) \(member.home.group) 组"
    }

    static func born(_ member: Member, on day: Day) -> String {
        "\(word(member.sex)) \(member.birth)"
    }

    static func place(_ home: Home, people: Int) -> String {
        "\(home.village) \(home.group) 组 · 户号 \(home.household) · \(people) 人"
    }

    /// What is wrong with the machine's clock, and that it does no harm; `nil` where nothing is.
    static func clock(_ status: DeskStatus) -> Mark? {
        if status.timeHeld {
            return Mark(.stop, "机器时钟不可靠，暂不结算。请连网上报，或到“上报”页（F10）填今天的日期和时间。")
        }
        return status.clockFault.map { fault in
            let minutes = abs(fault) / 60_000
            let size =
                minutes < 120
                ? "\(minutes) 分钟" : minutes < 2_880 ? "\(minutes / 60) 小时" : "\(minutes / 1_440) 天"
            return Mark(
                .old, "机器时钟\(fault > 0 ? "快" : "慢")了 \(size)。记账按县里的时间，不受影响；请找人校准。")
        }
    }

    static func recognition(_ recognition: Recognition) -> String {
        "\(recognition.name)（\(word(recognition.kind))已认定）"
    }

    static func state(_ eligibility: Eligibility) -> Mark {
        switch eligibility {
        case .covered: Mark(.signed, "正常参保")
        case .newborn: Mark(.old, "新生儿，可先享受")
        case .unpaid: Mark(.stop, "未缴费")
        case .arrears: Mark(.stop, "欠费")
        case .waiting: Mark(.stop, "等待期")
        case .suspended: Mark(.stop, "参保暂停")
        case .moved: Mark(.stop, "已转出")
        case .died: Mark(.stop, "已登记死亡")
        }
    }

    /// Why the fund does not pay today, and the next step.
    static func obstacle(_ verdict: Verdict, phone: String) -> String? {
        let call = "联系乡镇 \(phone)"
        return switch verdict.eligibility {
        case .covered: nil
        case .newborn(let day): "还没缴费，出生时起可报销。请家人在 \(day) 前缴费。"
        case .unpaid(let year): "没有 \(year) 年的缴费记录，今天不能报销。已缴过的请带票据，\(call)。"
        case .arrears(let since, .some(let by)):
            "\(since) 起单位没有缴费，今天不能报销。\(by) 前补缴可接上，请找单位，或\(call)。"
        case .arrears(let since, nil): "\(since) 起断缴，今天不能报销。要重新参保请\(call)。"
        case .waiting(let day):
            "在等待期，今天不能报销，\(day) 起可以。\(repairable(verdict))有疑问请\(call)。"
        case .suspended(let pause): "\(pause.from) 起暂停，今天不能报销：\(pause.reason)。要恢复请\(call)。"
        case .moved(let day): "\(day) 已转到外地参保，请到参保地报销，或\(call)。"
        case .died(let day): "名册登记 \(day) 死亡。若登记有误，请本人带身份证，并\(call)更正。"
        }
    }

    /// "2025 年、2026 年没有缴费，"
    private static func repairable(_ verdict: Verdict) -> String {
        guard case .waitUntil(_, let missed) = verdict.nextStep, !missed.isEmpty else { return "" }
        return "原因是\(years(missed))没有缴费。"
    }

    static func years(_ years: [Int]) -> String {
        years.map { "\($0) 年" }.joined(separator: "、")
    }

    /// "名册截至 11-20，2 天前"
    static func rollAge(_ asOf: Instant, on day: Day) -> String {
        let days = day.days(since: asOf.day)
        let ago = days <= 0 ? "今天" : "\(days) 天前"
        return "名册截至 \(monthDay(asOf.day))，\(ago)"
    }

    static func monthDay(_ day: Day) -> String { String(day.description.dropFirst(5)) }

    /// "昨天 16:40"
    static func moment(_ instant: Instant, now: Instant) -> String {
        let day =
            switch now.day.days(since: instant.day) {
            case 0: "今天"
            case 1: "昨天"
            default: monthDay(instant.day)
            }
        return "\(day) \(instant.clockTime)"
    }

    static func unsent(_ count: Int, since oldest: Instant?, now: Instant) -> String {
        let age = oldest.map { "（最早 \(moment($0, now: now))）" } ?? ""
        return "未上报 \(count) 笔\(age)"
    }

    static func contact(_ outcome: Contact.Outcome, _ now: Instant) -> String {
        switch outcome {
        case .none: "开机后还没有联系"
        case .reached(let at): "\(moment(at, now: now))，成功"
        case .failed(let at): "\(moment(at, now: now))，没有连上"
        }
    }

    static func sent(_ report: NightReport) -> String {
        let news = report.bulletins.isEmpty ? "名册和政策已是最新" : "已换上新的名册或政策"
        return "上报完成：送出 \(report.sent.entries) 笔，县里签收到第 "
            + "\(report.sent.acknowledgedThrough) 笔；\(news)。"
    }

    static func onlyHere(_ count: Int) -> String { "还有 \(count) 笔只在这台机器上" }

    static func deductible(_ limit: Money, used: Money) -> String {
        if limit == .zero { return "没有" }
        return used >= limit ? "已满 \(limit)" : "已付 \(used) / \(limit)"
    }
}

// The visit.
extension Texts {
    static func saved(_ entry: Int) -> String { "已保存，第 \(entry) 笔" }

    static func putAside(_ name: String) -> String {
        "\(name) 没结算的单子已放在一边，再刷此人就能接着开。"
    }

    static func itemDetail(_ item: CatalogueItem, at level: InstitutionLevel) -> String {
        if item.has(.unlisted) { return "\(item.specification) \(item.code) 全自费，本县没有定价" }
        let limit = item.priceLimit(at: level).map { " 限价 \($0)" } ?? ""
        return "\(item.specification) \(word(item.itemClass))类 \(item.price) 元/\(item.unit)\(limit)"
    }

    static func supply(_ days: Int) -> String { "\(days) 天" }

    static func traces(_ count: Int) -> String { "追溯码 \(count) 个" }

    static func account(_ balance: Money, due: Money) -> String {
        balance >= due
            ? "余额 \(balance) 元" : "余额 \(balance) 元，其余 \(due - balance) 元收现金"
    }

    static func source(_ citation: Citation, _ description: String?) -> String {
        "\(description ?? citation.parameter)：\(citation.source)（\(citation.from) 起执行）"
    }
}
