import Journaling
import Merging
import Vocabulary

/// A clash of a person's year or of a subject, as lists show it.
struct ListedClash {
    let clash: Clash
    let person: PersonNumber?
    let year: Int
    let day: Day
    let href: String
}

// Clashes: those that came in last night, or all; by kind.
extension Site {
    func clashes(_ ask: Ask) async throws -> Answer {
        let chosen = Clash.Kind(rawValue: ask.query["kind"])
        let since = ask.query["since"] == Site.night ? lastNight : nil
        return try office.store.read { session in
            let places = try Places(session)
            let arrived = try since.map { try session.arrivals(since: $0) }
            let all = try listedClashes(session, arrived)
            let shown = all.filter { chosen == nil || $0.clash.kind == chosen }
                .sorted { $0.clash.amount.magnitude > $1.clash.amount.magnitude }
            let rows = try shown.prefix(500).map { try row($0, session, places) }
            let table = Table(
                Texts.clashColumns, rows,
                empty: since == nil ? "" : Texts.page["calmNight"] ?? "")
            return .page(
                "sheet",
                Sheet(
                    frame: frame(ask), heading: Texts.page["clashes"] ?? "",
                    lead: (since.map(Texts.since) ?? "")
                        + Texts.clashLead(shown.count, shown: rows.count),
                    choices: clashChoices(all.map(\.clash.kind), chosen, since),
                    sections: [Section("", "", table)]
                        + (try arrived.map { [try asideSince($0, session, places)] } ?? [])
                        .filter { !$0.table.rows.isEmpty }))
        }
    }

    static let night = "night"
    private static let noon = 12 * 3_600

    /// Clinics close in the afternoon, and what they send comes in until the next morning.
    var lastNight: Instant {
        Instant(startOf: office.today.adding(days: -1)).adding(seconds: Site.noon)
    }

    /// All clashes, or those that entries brought which came in lately.
    func listedClashes(_ session: any LedgerSession, _ arrived: Arrived?) throws -> [ListedClash] {
        func isListed(_ clash: Clash) -> Bool { arrived?.brought(clash) ?? true }
        let years = try session.clashes(limit: Site.mostClashes).filter { isListed($0.clash) }
            .map { row in
                ListedClash(
                    clash: row.clash, person: row.person, year: row.year,
                    day: try row.clash.day(session), href: row.clash.href(row.person, row.year))
            }
        let matters = try session.matters(limit: Site.mostClashes).filter { isListed($0.clash) }
            .map { subject, clash in
                let last = try clash.entries.last.flatMap { try session.entry($0) }
                let day = last?.entry.header.day ?? office.today
                return ListedClash(
                    clash: clash, person: last?.entry.fact.persons.first, year: day.year,
                    day: day, href: subject.href(clash))
            }
        return years + matters
    }

    private func row(
        _ listed: ListedClash, _ session: any LedgerSession, _ places: Places
    ) throws -> [Cell] {
        let clash = listed.clash
        return [
            Cell.state(clash.waits ? .stop : .late, clash.kind.words.name, to: listed.href),
            try listed.person.map {
                Cell(try session.maskedName($0), to: memberHref($0, listed.year))
            } ?? Cell(Texts.none),
            Cell(listed.day.description, css: "fixed"),
            Cell(clash.entries.map { places.name($0.kiosk) }.joined(separator: Texts.listComma)),
            .money(clash.amount, note: clash.kind.words.effect(of: clash.amount)),
        ]
    }

    private func asideSince(
        _ arrived: Arrived, _ session: any LedgerSession, _ places: Places
    ) throws -> Section {
        let rows = try session.setAside(limit: Site.mostClashes)
            .filter { arrived.contains($0.reference) }.prefix(500).map { reference, reason in
                [
                    Cell.state(.stop, Texts.entryNumber(reference), to: reference.href),
                    Cell(places.name(reference.kiosk), note: places.phone(reference.kiosk)),
                    Cell(Texts.hindrance(reason), note: reason),
                ]
            }
        return Section(Texts.page["setAside"] ?? "", "", Table(Texts.setAsideColumns, Array(rows)))
    }

    private func clashChoices(
        _ kinds: [Clash.Kind], _ chosen: Clash.Kind?, _ since: Instant?
    ) -> [Sheet.Choice] {
        func path(_ kind: Clash.Kind?, _ night: Bool) -> String {
            link(
                "/clashes",
                ["kind": kind?.rawValue ?? "", "since": night ? Site.night : ""])
        }
        let isNight = since != nil
        let counts = Dictionary(grouping: kinds) { $0 }.mapValues(\.count)
        return [
            Sheet.Choice(
                text: Texts.page["lastNight"] ?? "", href: path(nil, true),
                chosen: isNight && chosen == nil),
            Sheet.Choice(
                text: Texts.page["all"] ?? "", href: path(nil, false),
                chosen: !isNight && chosen == nil),
        ]
            + Clash.Kind.allCases.filter { counts[$0] != nil || $0 == chosen }.map { kind in
                Sheet.Choice(
                    text: Texts.counted(kind.words.name, counts[kind] ?? 0),
                    href: path(kind, isNight), chosen: kind == chosen)
            }
    }
}

extension Clash {
    /// The business day of the entry that came last in order.
    fileprivate func day(_ session: any LedgerSession) throws -> Day {
        try entries.last.flatMap { try session.entry($0) }?.entry.header.day ?? Day(number: 0)
    }
}
