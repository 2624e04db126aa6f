import Checking
import Identifying
import Journaling
import Merging
import Syncing
import Vocabulary

// A clerk rules on a matter, or confirms what another has proposed.
extension Site {
    func rule(_ ask: Ask) async throws -> Answer {
        let (id, pin, form) = (ask.person.id, ask.form["pin"], ask.form)
        let ruling = form["step"] == "confirm" ? nil : try ruling(form)
        try await door.withAttempt(of: id) {
            try await office.checkPIN(of: id, pin)
            if let ruling {
                _ = try await office.propose(ruling, by: id)
            } else if let number = Int(form["proposal"]) {
                _ = try await office.confirmRuling(number, by: id)
            }
        }
        let page = form["page"]
        return .see(page.hasPrefix("/") && !page.hasPrefix("//") ? page : "/waiting")
    }

    private func ruling(_ form: Form) throws -> Ruling {
        let parts = form["option"].split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 4, let kiosk = KioskID(rawValue: parts[0]),
            let sequence = Int(parts[1]), let choice = Ruling.Choice(rawValue: parts[2]),
            form.has("reason")
        else { throw PageFault.unreadable(field: "option") }
        let target = try office.store.read {
            try $0.entry(EntryReference(kiosk: kiosk, sequence: sequence))
        }
        guard let target else { throw PageFault.notFound }
        let matter = RulingCase(
            matter: form["matter"], entries: [target],
            person: PersonNumber(rawValue: form["person"]), year: Int(form["year"]),
            subject: Hinge(rawValue: form["subject"]), page: "")
        return matter.ruling(
            on: target, choice, Adjustment.Bearer(rawValue: parts[3]), reason: form["reason"])
    }
}

// Everything that waits for a person, on one page.
extension Site {
    func waiting(_ ask: Ask) async throws -> Answer {
        let content = try await shelf.content(office)
        return try office.store.read { session in
            let places = try Places(session)
            let sections = try [
                forksWaiting(session, places), asideWaiting(session, places),
                clashesWaiting(session, places),
                try content.map {
                    try findingsWaiting(session, places, $0)
                }, sameIdentity(session),
            ].compactMap { $0 }.filter { !$0.table.rows.isEmpty }
            return .page(
                "sheet",
                Sheet(
                    frame: frame(ask), heading: Texts.page["waiting"] ?? "",
                    lead: sections.isEmpty
                        ? Texts.page["calm"] ?? "" : Texts.page["waitingLead"] ?? "",
                    back: [Cell(Texts.page["first"] ?? "", to: "/")], sections: sections))
        }
    }

    private func forksWaiting(_ session: any LedgerSession, _ places: Places) throws -> Section {
        let rows = try places.journals.filter { $0.forkedAt != nil }.filter { journal in
            try session.beyond(journal.kiosk).values.contains(.held)
        }.map { journal in
            [
                Cell.state(
                    .stop, Texts.clash(.fork), to: "/kiosks/\(journal.kiosk)/fork",
                    note: Texts.forkedAt(journal.forkedAt ?? 0)),
                Cell(places.name(journal.kiosk), note: places.phone(journal.kiosk)),
                Cell(Texts.nextStep(.fork)),
            ]
        }
        return Section(Texts.clash(.fork), "", Table(Texts.waitingColumns, rows))
    }

    private func asideWaiting(_ session: any LedgerSession, _ places: Places) throws -> Section {
        let rows = try session.setAside(limit: Site.mostWaiting).map { reference, reason in
            [
                Cell.state(.stop, Texts.entryNumber(reference), to: reference.href),
                Cell(places.name(reference.kiosk), note: places.phone(reference.kiosk)),
                Cell(Texts.hindrance(reason), note: reason),
            ]
        }
        return Section(
            Texts.page["setAside"] ?? "", "", Table(Texts.waitingColumns, rows))
    }

    private func clashesWaiting(_ session: any LedgerSession, _ places: Places) throws -> Section {
        let matters = try session.matters(limit: Site.mostClashes).map {
            ($0.clash, $0.subject.href($0.clash))
        }
        let years = try session.clashes(limit: Site.mostClashes).map {
            ($0.clash, $0.clash.href($0.person, $0.year))
        }
        let rows = (years + matters).filter(\.0.waits)
            .sorted { $0.0.amount.magnitude > $1.0.amount.magnitude }
            .prefix(Site.mostWaiting).map { clash, href in
                [
                    Cell.state(.stop, Texts.clash(clash.kind), to: href),
                    Cell(
                        Set(clash.entries.map { places.name($0.kiosk) }).sorted()
                            .joined(separator: Texts.listComma)),
                    Cell(
                        Texts.nextStep(clash.kind),
                        note: clash.amount == .zero
                            ? ""
                            : Texts.effect(clash.kind, clash.amount) + " "
                                + Texts.yuan(clash.amount.magnitude)),
                ]
            }
        return Section(
            Texts.page["clashes"] ?? "", "", Table(Texts.waitingColumns, Array(rows)))
    }

    /// What the review of the last days found suspicious and nobody has ruled on.
    private func findingsWaiting(
        _ session: any LedgerSession, _ places: Places, _ content: PublishedContent
    ) throws -> Section {
        let found = try MergedReview(session, content).findings(
            from: office.today.adding(days: -Site.reviewed), to: office.today)
        let rows = try found.findings.filter { $0.severity != .report && $0.person != nil }
            .filter { finding in
                guard let last = finding.visits.last else { return false }
                let all = try session.rulings(on: last.kiosk, last.sequence)
                let entry = try session.entry(
                    EntryReference(kiosk: last.kiosk, sequence: last.sequence))
                return entry.map { Rulings(all).on($0.entry, finding.check.rawValue) == nil }
                    ?? true
            }.prefix(Site.mostWaiting).compactMap { finding -> [Cell]? in
                guard let last = finding.visits.last else { return nil }
                let reference = EntryReference(kiosk: last.kiosk, sequence: last.sequence)
                return [
                    .state(
                        .late, Texts.finding(finding.check),
                        to: link(reference.href, ["matter": finding.check.rawValue])),
                    Cell(places.institution(finding.institution), note: finding.day.description),
                    Cell(Texts.evidence(finding, item: finding.evidence["item"] ?? "")),
                ]
            }
        return Section(
            Texts.page["findings"] ?? "", "", Table(Texts.waitingColumns, Array(rows)))
    }

    /// One identity number under two person numbers, by whatever names.
    private func sameIdentity(_ session: any LedgerSession) throws -> Section {
        let rows = try session.sameIdentity(limit: Site.mostWaiting).map { people in
            let names = try people.compactMap { try session.member($0) }
            return [
                Cell.state(
                    .late, Texts.twiceRegistered(Set(names.map(\.name)).count),
                    note: names.first?.identity.masked ?? ""),
                Cell(
                    names.map { Texts.masked($0.name) }.joined(separator: Texts.listComma),
                    note: people.map(\.rawValue).joined(separator: Texts.listComma)),
                Cell(Texts.page["twiceNext"] ?? ""),
            ]
        }
        return Section(Texts.page["twice"] ?? "", "", Table(Texts.waitingColumns, rows))
    }

    private static let mostWaiting = 200
    private static let reviewed = 30
}

extension Hinge {
    /// Where a clash of this subject is shown.
    func href(_ clash: Clash) -> String {
        link("/matters", ["kind": clash.kind.rawValue, "subject": rawValue])
    }
}
