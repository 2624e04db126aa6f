import Journaling
import Merging
import Syncing
import Vocabulary

// Every device of the county: when it last spoke, what the county holds of it, whom to ring.
extension Site {
    func kiosks(_ ask: Ask) async throws -> Answer {
        let (township, state) = (ask.query["township"], ask.query["state"])
        return try office.store.read { session in
            let places = try Places(session)
            let journals = places.journals.filter { journal in
                (township.isEmpty || places.township(journal.kiosk) == township)
                    && (state.isEmpty || stateName(journal) == state)
            }.sorted { silence($0) < silence($1) }
            let states = Set(places.journals.map(stateName)).union([Site.quiet]).sorted()
            let choices =
                [
                    Sheet.Choice(
                        text: Texts.page["all"] ?? "", href: "/kiosks",
                        chosen: township.isEmpty && state.isEmpty)
                ]
                + states.map {
                    Sheet.Choice(
                        text: Texts.kioskState($0),
                        href: link("/kiosks", ["township": township, "state": $0]),
                        chosen: $0 == state)
                }
                + places.townships.filter { !$0.isEmpty }.map {
                    Sheet.Choice(
                        text: places.townshipName($0),
                        href: link("/kiosks", ["township": $0, "state": state]),
                        chosen: $0 == township)
                }
            let table = Table(
                Texts.kioskColumns, journals.map { row($0, places) },
                empty: state == Site.quiet ? Texts.quietCount(0) + "。" : "")
            return .page(
                "sheet",
                Sheet(
                    frame: frame(ask), heading: Texts.page["kiosks"] ?? "",
                    lead: Texts.kioskLead(journals.count, quietDays), choices: choices,
                    sections: [Section("", "", table)]))
        }
    }

    private static let quiet = "quiet"

    /// Whoever has been silent longest stands first; a device that waits to be registered last.
    private func silence(_ journal: StoredJournal) -> Int {
        journal.publicKey.isEmpty ? .max : journal.lastContact?.milliseconds ?? 0
    }

    private func row(_ journal: StoredJournal, _ places: Places) -> [Cell] {
        let href = "/kiosks/\(journal.kiosk)"
        return [
            Cell(places.name(journal.kiosk), to: href, note: journal.kiosk.rawValue),
            stateCell(journal), Cell(contact(journal)),
            .count(journal.through, to: href),
            Cell(journal.lastEntryAt.map(ago) ?? Texts.none), Cell(places.phone(journal.kiosk)),
        ]
    }

    func stateName(_ journal: StoredJournal) -> String {
        if journal.forkedAt != nil { return "forked" }
        if journal.revoked { return "revoked" }
        if journal.publicKey.isEmpty { return "waiting" }
        return isQuiet(journal) ? "quiet" : "good"
    }

    func stateCell(_ journal: StoredJournal) -> Cell {
        switch stateName(journal) {
        case "forked":
            .state(
                .stop, Texts.page["forked"] ?? "", to: "/kiosks/\(journal.kiosk)/fork",
                note: Texts.forkedAt(journal.forkedAt ?? 0))
        case "revoked": .state(.plain, Texts.page["revoked"] ?? "")
        case "waiting": .state(.plain, Texts.page["unregistered"] ?? "")
        case "quiet": .state(.late, Texts.page["quiet"] ?? "")
        default: .state(.good, Texts.page["registered"] ?? "")
        }
    }
}

// One device: its journal, newest first, or one business day of it.
extension Site {
    private static let pageLength = 100

    func kiosk(_ ask: Ask) async throws -> Answer {
        let kiosk = try ask.part("kiosk", KioskID.init(rawValue:))
        let before = Int(ask.query["before"]) ?? Int.max
        return try office.store.read { session in
            let places = try Places(session)
            guard let journal = places.journal(kiosk) else { throw PageFault.notFound }
            let entries = try session.entries(of: kiosk, before: before, limit: Site.pageLength)
            let older = entries.last.map(\.sequence) ?? 1
            let choices =
                older > 1
                ? [
                    Sheet.Choice(
                        text: Texts.page["older"] ?? "", href: "/kiosks/\(kiosk)?before=\(older)",
                        chosen: false)
                ] : []
            return .page(
                "sheet",
                Sheet(
                    frame: frame(ask), heading: places.name(kiosk),
                    lead: Texts.kioskSentence(
                        kiosk, journal.through, contact(journal), places.phone(kiosk)),
                    back: [Cell(Texts.page["kiosks"] ?? "", to: "/kiosks")], choices: choices,
                    sections: [
                        Section("", "", try entryTable(entries, session, places))
                    ]))
        }
    }

    func kioskDay(_ ask: Ask) async throws -> Answer {
        let kiosk = try ask.part("kiosk", KioskID.init(rawValue:))
        let day = try ask.part("day") { Day($0) }
        return try office.store.read { session in
            let places = try Places(session)
            guard places.journal(kiosk) != nil else { throw PageFault.notFound }
            let entries = try session.entries(of: kiosk, on: day)
            return .page(
                "sheet",
                Sheet(
                    frame: frame(ask), heading: places.name(kiosk) + " · " + day.description,
                    lead: Texts.dayTotals(entries.map(\.dayRow).total()),
                    back: [
                        Cell(places.name(kiosk), to: "/kiosks/\(kiosk)"),
                        Cell(
                            Texts.page["ledger"] ?? "",
                            to: ledgerLink(by: .kiosk, from: day, to: day)),
                    ],
                    sections: [Section("", "", try entryTable(entries, session, places))]))
        }
    }
}
