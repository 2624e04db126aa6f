import Pricing
import Settling
import Syncing
import Vocabulary

// What a person is owed, or owes, since the county priced the year again.
extension Texts {
    /// Written down with a visit that left out what the person owes.
    static let owedLeft = "本人今天付不起，应退回的差额留到下次"

    /// Beside the name, before anything is entered.
    static func owed(_ amount: Money) -> String {
        if amount == .zero { return "▲ 县局重算的差额正好相抵" }
        return amount > .zero
            ? "▲ 县局重算后应补给本人 \(amount) 元" : "▲ 县局重算后本人应退回 \(-amount) 元"
    }

    /// In the fourth band: what, why, how much, and whom to ask.
    static func settling(
        _ owed: OwedToday, asked: Money, _ desk: DeskAssignment, _ clinics: [KioskID: String]
    ) -> String {
        let open = owed.open.total
        let why = because(owed.open, clinics)
        let ask = "有疑问请问\(desk.townshipName)医保经办，电话 \(desk.phone)。"
        return
            (open > .zero
            ? "县局重新计算后应补给本人 \(open) 元：\(why)。"
            : "县局重新计算后，基金多付了，本人应退回 \(-open) 元：\(why)。") + now(owed, asked) + ask
    }

    private static func now(_ owed: OwedToday, _ asked: Money) -> String {
        let settled = owed.settled.total
        let rest = size(owed.open.total - settled)
        let later = rest > .zero ? "余 \(rest) 元下次再结。" : ""
        if owed.isLeft { return "这次不收，下次再结。" }
        if settled == .zero { return "这次不结，下次再结。" }
        if settled > .zero { return "这次抵付 \(settled) 元，只收 \(asked) 元。" + later }
        let leave = owed.mayLeave ? "本人付不起，按 F4 这次不收。" : ""
        return "这次一并收 \(-settled) 元，共收 \(asked) 元。" + later + leave
    }

    /// "11-03 茶桥村卫生室的就诊，起付线重复负担"; further visits are counted.
    private static func because(_ sums: [OwedSum], _ clinics: [KioskID: String]) -> String {
        guard let first = sums.first else { return "" }
        let others = sums.count > 1 ? "，等 \(sums.count) 笔" : ""
        return visit(of: first, clinics) + others
    }

    private static func size(_ amount: Money) -> Money { max(amount, -amount) }

    private static func visit(of sum: OwedSum, _ clinics: [KioskID: String]) -> String {
        let place = clinics[sum.kiosk] ?? sum.kiosk.rawValue
        return "\(monthDay(sum.day)) \(place)的就诊，\(owedReason(sum.reason))"
    }

    private static func owedReason(_ word: String) -> String {
        switch word {
        case "policyOutOfDate": "当时用的价格或政策已过期"
        case "deductibleTwice": "起付线重复负担"
        case "limitOverspent": "超过全年限额"
        case "fundFollows": "当时本站没有额度，现在补给"
        case "takenBack": "那次就诊已作废"
        case "refused": "县局裁定基金不付"
        case "owedTwice": "同一笔差额结清了两次"
        default: "按全年重新计算"
        }
    }

    // On the slip and in the derivation.

    static func settled(_ amount: Money) -> String {
        amount > .zero ? "县局重算补给，抵付本人应付" : "退回基金多付，和本人应付一并收"
    }

    static func settledLabel(_ amount: Money) -> String {
        amount > .zero ? "县局补给抵付" : "退回基金多付"
    }

    static func asked(_ ownPart: Money, less settled: Money, _ asked: Money) -> String {
        settled > .zero
            ? "\(ownPart) - \(settled) = \(asked)" : "\(ownPart) + \(-settled) = \(asked)"
    }

    /// One line of the slip for every sum; a void's are the other way round.
    static func settled(_ sum: OwedSum, _ clinics: [KioskID: String]) -> String {
        "县局重算\(sum.amount > .zero ? "补给" : "收回") \(size(sum.amount))："
            + visit(of: sum, clinics)
    }

    static let openAgain = "随这一笔结清的差额恢复未结清，下次就诊再结"

    static func askAbout(_ desk: DeskAssignment) -> String {
        "差额有疑问请问\(desk.townshipName)医保经办 \(desk.phone)"
    }
}
