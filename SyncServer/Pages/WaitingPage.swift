import Checking
import Identifying
import Journaling
import Merging
import Syncing
import Vocabulary

// Everything that waits for a person, on one page.
extension Site {
    func waiting(_ ask: Ask) async throws -> Answer {
        let review = try await lastReview()
        return try office.store.read { session in
            let list = WaitingList(
                session: session, places: try Places(session), today: office.today)
            let sections = try [
                list.forks(), list.aside(), list.clashes(), list.findings(review.found),
                list.sameIdentity(),
            ].filter { !$0.table.rows.isEmpty }
            let state = sections.isEmpty && review.isNew ? Texts.page["calm"] : nil
            return .page(
                "sheet",
                Sheet(
                    frame: frame(ask), heading: Texts.page["waiting"] ?? "",
                    lead: (state ?? (sections.isEmpty ? "" : Texts.page["waitingLead"]) ?? "")
                        + review.words,
                    back: [Cell(Texts.page["first"] ?? "", to: "/")], sections: sections))
        }
    }

    /// What the review of the last days found, from now or from a little while ago.
    private func lastReview() async throws -> (
        found: [ReviewShelf.Found], isNew: Bool, words: String
    ) {
        guard let content = try await shelf.content(office) else { return ([], true, "") }
        let (office, today) = (office, office.today)
        let (reviewed, isNew) = try await reviews.latest(waiting: patience) {
            let found = try MergedReview(office.store, content).findings(
                from: today.adding(days: -Site.reviewed), to: today)
            let waiting = found.findings.filter { $0.severity != .report && $0.person != nil }
            return ReviewShelf.Reviewed(
                findings: try waiting.map { finding in
                    let amount = try office.store.read { try $0.lastEntry(of: finding) }
                    return ReviewShelf.Found(
                        finding: finding, amount: amount?.fact.money?.fund ?? .zero)
                }, at: office.clock.now())
        }
        return (
            reviewed?.findings ?? [], isNew,
            isNew ? "" : Texts.reviewing(Site.reviewed, since: reviewed?.at)
        )
    }

    /// Reviews once, so that the first who looks finds something.
    func warm() async { _ = try? await lastReview() }

    static let reviewed = 30
}

/// The matters of a page, each with the person, the day and what is at stake.
struct WaitingList {
    let session: any LedgerSession
    let places: Places
    let today: Day

    static let most = 200

    /// One matter before it becomes a row.
    struct Matter {
        let what: Cell
        var person: PersonNumber?
        let day: Day
        let amount: Money
        let place: Cell
        let next: Cell
    }

    /// What has waited for more weeks stands first, and within a week what more money hangs on.
    private func section(_ name: String, _ matters: [Matter]) throws -> Section {
        func weeks(_ matter: Matter) -> Int { max(0, today.days(since: matter.day)) / 7 }
        let ordered = matters.sorted {
            (-weeks($0), -$0.amount.magnitude.fen, $0.day)
                < (-weeks($1), -$1.amount.magnitude.fen, $1.day)
        }
        let rows = try ordered.prefix(Self.most).map { matter in
            [
                matter.what,
                try matter.person.map {
                    Cell(try session.maskedName($0), to: memberHref($0, matter.day.year))
                } ?? Cell(Texts.none),
                Cell(
                    matter.day.description, css: "fixed",
                    note: Texts.waited(today.days(since: matter.day))),
                matter.amount == .zero
                    ? Cell(Texts.none, css: "num") : .money(matter.amount.magnitude),
                matter.place, matter.next,
            ]
        }
        return Section(
            name, Texts.firstOf(ordered.count, shown: rows.count),
            Table(Texts.waitingColumns, rows))
    }

    func forks() throws -> Section {
        let forked = try places.journals.filter { journal in
            try journal.forkedAt != nil
                && session.beyond(journal.kiosk).values.contains(.held)
        }
        return try section(
            Clash.Kind.fork.words.name,
            try forked.map { journal in
                let beyond = try session.entries(of: journal.kiosk, behind: journal.through)
                let sums = beyond.map(\.dayRow).total()
                return Matter(
                    what: .state(
                        .stop, Clash.Kind.fork.words.name, to: "/kiosks/\(journal.kiosk)/fork",
                        note: Texts.forkedAt(journal.forkedAt ?? 0)),
                    day: beyond.map(\.entry.header.day).min() ?? today,
                    amount: sums.fund + sums.contributions, place: place(journal.kiosk),
                    next: Cell(Clash.Kind.fork.words.next))
            })
    }

    func aside() throws -> Section {
        try section(
            Texts.page["setAside"] ?? "",
            try session.setAside(limit: Self.most).map { reference, reason in
                let entry = try session.entry(reference)?.entry
                return Matter(
                    what: .state(.stop, Texts.entryNumber(reference), to: reference.href),
                    person: entry?.fact.persons.first, day: entry?.header.day ?? today,
                    amount: entry?.fact.money?.total ?? .zero, place: place(reference.kiosk),
                    next: Cell(Texts.hindrance(reason), note: reason))
            })
    }

    func clashes() throws -> Section {
        let matters = try session.matters(limit: Site.mostClashes).map {
            ($0.clash, PersonNumber?.none, $0.subject.href($0.clash))
        }
        let years = try session.clashes(limit: Site.mostClashes).map {
            ($0.clash, PersonNumber?.some($0.person), $0.clash.href($0.person, $0.year))
        }
        return try section(
            Texts.page["clashes"] ?? "",
            try (years + matters).filter(\.0.waits).map { clash, person, href in
                let last = try clash.entries.last.flatMap { try session.entry($0) }
                let names = Set(clash.entries.map { places.name($0.kiosk) }).sorted()
                return Matter(
                    what: .state(.stop, clash.kind.words.name, to: href),
                    person: person ?? last?.entry.fact.persons.first,
                    day: last?.entry.header.day ?? today, amount: clash.amount,
                    place: Cell(names.joined(separator: Texts.listComma)),
                    next: Cell(
                        clash.kind.words.next,
                        note: clash.amount == .zero ? "" : clash.kind.words.effect(of: clash.amount)
                    ))
            })
    }

    /// What a review found suspicious and nobody has ruled on.
    func findings(_ found: [ReviewShelf.Found]) throws -> Section {
        // Few are ruled upon, and only those are read again.
        let ruled = try session.ruledEntries()
        return try section(
            Texts.page["findings"] ?? "",
            try found.compactMap { found -> Matter? in
                let finding = found.finding
                guard let reference = finding.last else { return nil }
                if ruled.contains(reference), try isSettled(finding, reference) { return nil }
                return Matter(
                    what: .state(
                        .late, Texts.finding(finding.check),
                        to: link(reference.href, ["matter": finding.check.rawValue])),
                    person: finding.person, day: finding.day,
                    amount: found.amount,
                    place: Cell(places.institution(finding.institution)),
                    next: Cell(Texts.evidence(finding, item: finding.evidence["item"] ?? "")))
            })
    }

    private func isSettled(_ finding: MergedFinding, _ reference: EntryReference) throws -> Bool {
        let rulings = try session.rulings(on: reference.kiosk, reference.sequence)
        return try session.entry(reference).map {
            Rulings(rulings).on($0.entry, finding.check.rawValue) != nil
        } ?? false
    }

    /// One identity number under two person numbers, by whatever names.
    func sameIdentity() throws -> Section {
        let rows = try session.sameIdentity(limit: Self.most).map { people in
            let members = try people.compactMap { try session.member($0) }
            return [
                Cell.state(
                    .late, Texts.twiceRegistered(Set(members.map(\.name)).count),
                    note: members.first?.identity.masked ?? ""),
                Cell(
                    members.map { Texts.masked($0.name) }.joined(separator: Texts.listComma),
                    to: people.first.map { memberHref($0) } ?? "",
                    note: people.map(\.rawValue).joined(separator: Texts.listComma)),
                Cell(Texts.page["twiceNext"] ?? ""),
            ]
        }
        return Section(Texts.page["twice"] ?? "", "", Table(Texts.twiceColumns, rows))
    }

    private func place(_ kiosk: KioskID) -> Cell {
        Cell(places.name(kiosk), note: places.phone(kiosk))
    }
}

extension MergedFinding {
    /// The entry it was last seen in.
    fileprivate var last: EntryReference? {
        visits.last.map { EntryReference(kiosk: $0.kiosk, sequence: $0.sequence) }
    }
}

extension LedgerSession {
    fileprivate func lastEntry(of finding: MergedFinding) throws -> Entry? {
        try finding.last.flatMap { try entry($0) }?.entry
    }
}
