import Journaling
import Vocabulary

/// By what the ledger's rows are summed.
enum Grouping: String, CaseIterable {
    case day, township, kiosk
}

/// The ledger, with the question asked of it still in its fields.
struct LedgerPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading = Texts.page["ledger"] ?? ""
    let lead: String
    let from: String
    let to: String
    let by: String
    let township: String
    let kiosk: String
    let choices: [Sheet.Choice]
    let sections: [Section]
}

func ledgerLink(
    by grouping: Grouping, from: Day, to: Day, township: String = "", kiosk: String = ""
) -> String {
    link(
        "/ledger",
        [
            "by": grouping.rawValue, "from": from.description, "to": to.description,
            "township": township, "kiosk": kiosk,
        ])
}

/// Which part of the ledger is asked for.
private struct Span {
    let from: Day
    let to: Day
    let by: Grouping
    let township: String
    let kiosk: String

    init(_ query: Form, today: Day) {
        let last = query.day("to") ?? today
        let first = query.day("from") ?? last.adding(days: -29)
        (from, to) = first <= last ? (first, last) : (last, first)
        by = Grouping(rawValue: query["by"]) ?? .day
        township = query["township"]
        kiosk = query["kiosk"]
    }

    func covers(_ row: DayRow, _ places: Places) -> Bool {
        (township.isEmpty || places.township(row.kiosk) == township)
            && (kiosk.isEmpty || row.kiosk.rawValue == kiosk)
    }

    func link(by grouping: Grouping) -> String {
        ledgerLink(by: grouping, from: from, to: to, township: township, kiosk: kiosk)
    }
}

extension Site {
    func ledger(_ ask: Ask) async throws -> Answer {
        let range = Span(ask.query, today: office.today)
        return try office.store.read { session in
            let places = try Places(session)
            let rows = try money(session, range.from, range.to)
                .filter { range.covers($0, places) }
            let table = Table(
                Texts.ledgerColumns(range.by), lines(rows, range, places),
                foot: rows.isEmpty
                    ? [] : [[Cell(Texts.page["sum"] ?? "")] + figures(rows.total(), to: "")])
            let choices =
                Grouping.allCases.map {
                    Sheet.Choice(
                        text: Texts.grouping($0), href: range.link(by: $0), chosen: $0 == range.by)
                } + [
                    Sheet.Choice(
                        text: Texts.page["balance"] ?? "",
                        href: link(
                            "/ledger/balance",
                            ["from": range.from.description, "to": range.to.description]),
                        chosen: false)
                ]
            return .page(
                "ledger",
                LedgerPage(
                    frame: frame(ask), lead: lead(range, places), from: range.from.description,
                    to: range.to.description, by: range.by.rawValue, township: range.township,
                    kiosk: range.kiosk, choices: choices, sections: [Section("", "", table)]))
        }
    }

    private func lead(_ range: Span, _ places: Places) -> String {
        let place =
            KioskID(rawValue: range.kiosk).map(places.name)
            ?? (range.township.isEmpty ? Texts.wholeCounty : places.townshipName(range.township))
        return Texts.ledgerLead(place, range.from, range.to)
    }

    private func lines(_ rows: [DayRow], _ range: Span, _ places: Places) -> [[Cell]] {
        switch range.by {
        case .day: byDay(rows, range)
        case .township: byTownship(rows, range, places)
        case .kiosk: byKiosk(rows, range, places)
        }
    }

    private func byDay(_ rows: [DayRow], _ range: Span) -> [[Cell]] {
        Dictionary(grouping: rows, by: \.day).sorted { $0.key > $1.key }.map { day, rows in
            let href =
                range.kiosk.isEmpty
                ? ledgerLink(
                    by: range.township.isEmpty ? .township : .kiosk, from: day, to: day,
                    township: range.township)
                : "/kiosks/\(rows[0].kiosk)/days/\(day)"
            return [Cell(day.description, to: href)] + figures(rows.total(), to: href)
        }
    }

    private func byTownship(_ rows: [DayRow], _ range: Span, _ places: Places) -> [[Cell]] {
        Dictionary(grouping: rows) { places.township($0.kiosk) }.sorted { $0.key < $1.key }
            .map { township, rows in
                let href = ledgerLink(
                    by: .kiosk, from: range.from, to: range.to, township: township)
                return [Cell(places.townshipName(township), to: href)]
                    + figures(rows.total(), to: href)
            }
    }

    private func byKiosk(_ rows: [DayRow], _ range: Span, _ places: Places) -> [[Cell]] {
        Dictionary(grouping: rows, by: \.kiosk).sorted { $0.key < $1.key }.map { kiosk, rows in
            let href =
                range.from == range.to
                ? "/kiosks/\(kiosk)/days/\(range.from)"
                : ledgerLink(by: .day, from: range.from, to: range.to, kiosk: kiosk.rawValue)
            return [Cell(places.name(kiosk), to: href, note: kiosk.rawValue)]
                + figures(rows.total(), to: href)
        }
    }

    private func figures(_ sum: DayRow, to href: String) -> [Cell] {
        [
            .count(sum.visits, to: href), .money(sum.total, to: href), .money(sum.fund, to: href),
            .money(sum.person, to: href), .count(sum.receipts, to: href),
            .money(sum.contributions, to: href),
        ]
    }
}
