import Journaling
import Settling
import Vocabulary

// Relatives whose accounts pay (家庭共济).
extension Texts {
    /// Label of an account, on the screen and the slip.
    static func familyAccount(_ name: String) -> String { "家人 \(name) 的账户" }

    /// Of a whole day, on its closing page.
    static let familyPaid = "家人账户付"

    /// In place of the name of somebody who is not on this township's roll.
    static func ofAnotherTownship(_ number: PersonNumber) -> String {
        "外乡镇 尾号 \(number.rawValue.suffix(4))"
    }

    /// Beside the label: what may be spent here today, and what lies elsewhere.
    static func leftHere(_ account: FamilyAccount, keeping kept: Money) -> String {
        let here = account.here(keeping: kept)
        let said = "今日在此还可用 \(here)"
        let more = account.balance == nil ? .zero : account.drawable(keeping: kept) - here
        return more > .zero ? "\(said)，另有 \(elsewhere(more))" : said
    }

    /// In the fourth band: whose account pays how much, and what is left for cash.
    static func byAccounts(_ accounts: ByAccounts, _ proposal: Proposal) -> String {
        let own = accounts.own > .zero ? ["本人的账户付 \(accounts.own) 元"] : []
        let family = proposal.familyShown.map {
            "\(familyAccount($0.name))付 \($0.amount) 元（今日在此可用 \($0.here) 元）"
        }
        let rest = proposal.asked - accounts.total
        let cash = rest > .zero ? ["收现金 \(rest) 元"] : []
        return "按 F9：" + (own + family + cash).joined(separator: "，") + "。"
    }

    /// On the key: all accounts together.
    static func accounts(_ paid: Money, due: Money) -> String {
        paid >= due ? "共付 \(paid) 元" : "共付 \(paid) 元，其余 \(due - paid) 元收现金"
    }

    static func accountsShort(_ more: Money) -> String {
        "账户可能还能多付 \(more) 元，要先按 F5 联网取额度；不取就收现金。"
    }

    /// After a void: what is handed back in cash, and what went back to accounts.
    static func voided(_ number: Int, by entry: Entry) -> String {
        guard case .visitVoid(let void) = entry.fact else {
            return voided(number, by: entry.header.sequence)
        }
        let paid = tenders(void.tenders)
        let family = void.family ?? []
        let accounts = -((paid[.account] ?? .zero) + family.total)
        guard accounts > .zero else { return voided(number, by: entry.header.sequence) }
        let cash = -(paid[.cash] ?? .zero)
        let back = cash > .zero ? "请退给本人现金 \(cash) 元，收回原票。" : "不用退现金，请收回原票。"
        return "第 \(number) 笔已作废，红票是第 \(entry.header.sequence) 笔。"
            + "账户付的 \(accounts) 元已退回账户，\(back)"
    }

    // In the derivation.

    static func familyPays(_ name: String) -> String {
        "自己付的钱可以用账户付：先用本人的账户，不够的由\(familyAccount(name))付。"
    }

    static func familyPays(_ amount: Money, here: Money) -> String {
        "今日在此可用 \(here)，付 \(amount)"
    }

    static let cashForTheRest = "账户付完还差的，收现金。"

    static func cash(of due: Money, after accounts: Money) -> String {
        "\(due) - \(accounts) = \(due - accounts)"
    }
}
