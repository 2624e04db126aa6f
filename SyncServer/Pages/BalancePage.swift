import Merging
import Vocabulary

// The trial balance: every group of accounts with debits and credits that come to nothing.
extension Site {
    func balance(_ ask: Ask) async throws -> Answer {
        let last = ask.query.day("to") ?? office.today
        let first = ask.query.day("from") ?? Month(of: last).firstDay
        let by = TrialBalance.By(rawValue: ask.query["by"]) ?? .scheme
        return try office.store.read { session in
            let places = try Places(session)
            let balance = try session.trialBalance(from: first, to: last, by: by)
            let sections = sections(of: balance, places)
            let choices = TrialBalance.By.allCases.map {
                Sheet.Choice(
                    text: Texts.balanceBy($0),
                    href: link(
                        "/ledger/balance",
                        [
                            "by": $0.rawValue, "from": first.description, "to": last.description,
                        ]), chosen: $0 == by)
            }
            return .page(
                "balance",
                BalancePage(
                    frame: frame(ask),
                    lead: Texts.balanceLead(first, last, balance.groups.count, balance.sum),
                    from: first.description, to: last.description, by: by.rawValue,
                    choices: choices, sections: sections))
        }
    }

    /// Every group with its accounts, debits and credits apart.
    func sections(of balance: TrialBalance, _ places: Places) -> [Section] {
        balance.groups.map { group in
            Section(
                name(group.key, balance.by, places), Texts.balances(group.sum),
                Table(Texts.balanceColumns, lines(group), foot: [foot(group.accounts)]))
        }
    }

    private func name(_ key: String, _ by: TrialBalance.By, _ places: Places) -> String {
        switch by {
        case .day: key
        case .clinic: places.institution(key)
        case .township: places.townshipName(key)
        case .scheme: Scheme(rawValue: key).map(Texts.scheme) ?? key
        }
    }

    private func lines(_ group: TrialBalance.Group) -> [[Cell]] {
        group.accounts.sorted { $0.key < $1.key }.map { account, amount in
            let late = group.late[account].map { Texts.ofThatLate($0) } ?? ""
            return [
                Cell(
                    Texts.account(Account(rawValue: account)),
                    note: Texts.accountMeans(Account(rawValue: account)) + late),
                amount > .zero ? .money(amount) : Cell("", css: "num"),
                amount < .zero ? .money(amount.magnitude) : Cell("", css: "num"),
            ]
        }
    }

    private func foot(_ accounts: [String: Money]) -> [Cell] {
        [
            Cell(Texts.page["sum"] ?? ""),
            .money(accounts.values.filter { $0 > .zero }.sum()),
            .money(accounts.values.filter { $0 < .zero }.sum().magnitude),
        ]
    }
}

struct BalancePage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading = Texts.page["balance"] ?? ""
    let back = [Cell(Texts.page["ledger"] ?? "", to: "/ledger")]
    let lead: String
    let from: String
    let to: String
    let by: String
    let choices: [Sheet.Choice]
    let sections: [Section]
}
