import Merging
import Vocabulary

// Who owes whom: every institution's claims and what it holds for the county.
extension Site {
    func clinics(_ ask: Ask) async throws -> Answer {
        let span = ["month", "last"].first { $0 == ask.query["span"] } ?? "year"
        let (from, to) = days(of: span)
        return try office.store.read { session in
            let places = try Places(session)
            let sums = try session.sums(from: from, to: to)
            let byPlace = Dictionary(grouping: sums.keys) {
                places.journal($0)?.institution ?? $0.rawValue
            }
            let lines = byPlace.map { code, kiosks in
                ClinicLine(code: code, accounts: kiosks.map { sums[$0] ?? [:] })
            }.filter { !$0.isEmpty }.sorted { ($0.net, $0.code) < ($1.net, $1.code) }
            let rows = lines.map { line in
                line.cells(
                    places.institution(line.code),
                    to: link(
                        "/ledger/balance",
                        ["by": "clinic", "from": from.description, "to": to.description]))
            }
            let sum = ClinicLine(code: "", accounts: lines.flatMap(\.accounts))
            return .page(
                "sheet",
                Sheet(
                    frame: frame(ask), heading: Texts.page["clinics"] ?? "",
                    lead: Texts.clinicsLead(from, to),
                    back: [Cell(Texts.page["first"] ?? "", to: "/")],
                    choices: choices(span),
                    sections: [
                        Section(
                            "", "",
                            Table(
                                Texts.clinicColumns, rows,
                                foot: rows.isEmpty
                                    ? [] : [sum.cells(Texts.page["sum"] ?? "", to: "")]))
                    ]))
        }
    }

    private func choices(_ chosen: String) -> [Sheet.Choice] {
        ["year", "month", "last"].map {
            Sheet.Choice(
                text: Texts.span($0), href: "/ledger/clinics?span=\($0)", chosen: $0 == chosen)
        }
    }

    private func days(of span: String) -> (Day, Day) {
        let month = Month(of: office.today)
        switch span {
        case "month": return (month.firstDay, office.today)
        case "last": return (month.adding(-1).firstDay, month.adding(-1).lastDay)
        default: return (Month(number: month.year * 12).firstDay, office.today)
        }
    }
}

/// One institution against the county.
private struct ClinicLine {
    let code: String
    let accounts: [[Account: Money]]

    private func sum(_ names: Account...) -> Money {
        accounts.flatMap { one in names.compactMap { one[$0] } }.sum()
    }

    /// What the county owes it.
    var payable: Money { -sum(.clinicPayable) }
    /// Contributions it took and has not handed over.
    var due: Money { -sum(.contributionsDue) }
    var net: Money { payable - due }
    var isEmpty: Bool { payable == .zero && due == .zero && inHand == .zero }
    private var inHand: Money { sum(.cashDrawer, .inTransit) }

    func cells(_ name: String, to href: String) -> [Cell] {
        [
            Cell(name, to: href), .money(payable), .money(due),
            .money(net.magnitude, note: Texts.owes(net)), .money(inHand),
            .money(sum(.clinicBears)),
        ]
    }
}
