import Allotting
import Journaling
import Pricing
import Vocabulary

// Rights to yearly limits in words.
extension Texts {
    static func rights(_ fact: Fact) -> String {
        switch fact {
        case .allotment(let allotment): "分配额度（\(allotment.rows.count) 项）"
        case .rightsTaken: "取得额度"
        case .rightsClosed(let closed): closed.through == nil ? "交回额度" : "额度到期收回"
        default: fact.kind
        }
    }

    static func given(_ allotment: Allotment) -> [FactLine] {
        let shown = allotment.rows.prefix(20).map { row in
            FactLine(counter(row.limit), amount(row.limit, row.amount.fen))
        }
        return [
            FactLine("持有机器", allotment.holder.rawValue),
            FactLine("年度", "\(allotment.year) 年"),
            FactLine("用到", allotment.expires.description),
            FactLine("额度", "\(allotment.rows.count) 项"),
        ] + shown
    }

    static func closed(_ closed: RightsClosed) -> [FactLine] {
        [
            FactLine("持有机器", closed.holder.rawValue),
            FactLine("年度", "\(closed.year) 年"),
            FactLine("额度", "\(closed.rows.count) 项"),
        ] + (closed.through.map { [FactLine("已收到第几笔", "\($0)")] } ?? [])
    }

    /// Why a person's differences wait, where a county was set back.
    static func unheard(_ holders: [KioskID]) -> [FactLine] {
        guard !holders.isEmpty else { return [] }
        let names = holders.map(\.rawValue).joined(separator: "、")
        return [
            FactLine(
                "暂不补付",
                "县局恢复备份以后，终端 \(names) 的旧记录还没有送齐，里面可能已经付过这个人的钱。"
                    + "请让终端联网同步，或送优盘；送齐后自动补付。终端日志已经丢失的，请凭小票人工核对。")
        ]
    }

    /// What a choice of mode can cost, before it is chosen.
    static func worst(_ name: String, _ worst: WorstCase, kiosks: Int, people: Int) -> String {
        let all = Money(fen: worst.overspend.fen * people)
        return switch worst.mode {
        case .strict:
            "\(name)：严格分配。各站只花手里的额度，基金最多多付 0.00 元；没有额度的站点由本人先付，县里补给。"
                + "一台被复制的机器最多多付它手里的额度，每人不超过 \(worst.copied) 元。"
        case .floor:
            "\(name)：断网小额。\(kiosks) 台机器都断网时，每人每年最多多付 \(worst.overspend) 元，"
                + "全县 \(people) 人合计最多 \(all) 元；一台被复制的机器每人再多付不超过 \(worst.copied) 元。"
        case .optimistic:
            "\(name)：不分配。\(kiosks) 台机器都断网时，每人每年最多多付 \(worst.overspend) 元，"
                + "全县 \(people) 人合计最多 \(all) 元；一台被复制的机器每人再多付不超过 \(worst.copied) 元。"
        }
    }
}
