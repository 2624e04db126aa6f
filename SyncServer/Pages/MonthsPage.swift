import Journaling
import Merging
import Syncing
import Vocabulary

/// A month to be closed: how far it has come, who has not been heard of, and its trial balance.
struct MonthsPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading: String
    let back = [Cell(Texts.page["first"] ?? "", to: "/")]
    let fault: [String]
    let lead = Texts.page["closingLead"] ?? ""
    let choices: [Sheet.Choice]
    let month: String
    let state: ShownCell
    /// What this clerk may do: nothing, or one of the two steps.
    let mayClose: Bool
    let step: String
    let action: String
    let sections: [Section]
}

/// How far the closing of a month has come.
enum MonthState {
    case notOver
    case open
    case proposed(Placed)
    case closed(Placed)
}

extension Site {
    func months(_ ask: Ask) async throws -> Answer { try monthAnswer(ask) }

    private func monthAnswer(_ ask: Ask, fault: [String] = []) throws -> Answer {
        try office.store.read { session in
            let places = try Places(session)
            let (months, closed) = (try bookedMonths(session), try session.closingEntries())
            let asked = Month(ask.query["month"]) ?? Month(ask.form["month"])
            // The oldest that is over and still open is the one to be closed next.
            let month =
                asked ?? months.first { closed[$0] == nil } ?? months.last
                ?? Month(of: office.today).adding(-1)
            let state = try state(of: month, closed, session)
            let story = MonthStory(month: month, session: session, places: places, site: self)
            return .page(
                "months",
                MonthsPage(
                    frame: frame(ask), heading: Texts.monthHeading(month), fault: fault,
                    choices: months.suffix(12).reversed().map {
                        Sheet.Choice(
                            text: Texts.month($0, isClosed: closed[$0] != nil),
                            href: "/months?month=\($0)", chosen: $0 == month)
                    }, month: month.description,
                    state: ShownCell(story.words(state), label: ""),
                    mayClose: ask.mayPublish && mayClose(state, ask.person.id),
                    step: story.step(state), action: story.action(state),
                    sections: [try story.unheard()] + (try story.balance())))
        }
    }

    private func mayClose(_ state: MonthState, _ id: String) -> Bool {
        switch state {
        case .open: true
        case .proposed(let placed): placed.entry.header.by != id
        case .notOver, .closed: false
        }
    }

    private func state(
        of month: Month, _ closed: [Month: Placed], _ session: any LedgerSession
    ) throws -> MonthState {
        if let placed = closed[month] { return .closed(placed) }
        guard month < Month(of: office.today) else { return .notOver }
        return try session.proposedClosing(of: month).map { .proposed($0) } ?? .open
    }

    /// Months that are over and hold anything, the oldest first.
    func bookedMonths(_ session: any LedgerSession) throws -> [Month] {
        guard let first = try session.firstBooked().map(Month.init) else { return [] }
        let last = Month(of: office.today).adding(-1)
        return first <= last ? (first.number...last.number).map(Month.init(number:)) : []
    }

    /// One clerk asks for a month to be closed, another closes it.
    func closeMonth(_ ask: Ask) async throws -> Answer {
        guard let month = Month(ask.form["month"]) else {
            throw PageFault.unreadable(field: "month")
        }
        let (id, pin) = (ask.person.id, ask.form["pin"])
        do {
            try await door.withAttempt(of: id) {
                _ = try await office.close(month, by: id, pin: pin)
            }
            return .see("/months?month=\(month)")
        } catch let fault where Site.isTypingFault(fault) {
            return try monthAnswer(ask, fault: [Site.sentence(fault)])
        }
    }

    /// A month that is over and waits to be closed.
    func monthTask(_ session: any LedgerSession, _ places: Places) throws -> [FirstPage.Matter] {
        let closed = try session.closings()
        let open = try bookedMonths(session).filter { !closed.isClosed($0) }
        guard let first = open.first else { return [] }
        let proposal = try session.proposedClosing(of: first)?.entry.header
        return [
            FirstPage.Matter(
                .late, open.count, Texts.openMonths(first),
                stake: proposal.map { Texts.closingAsked(places.person($0.by), $0.at) } ?? "",
                next: Texts.page["closingNext"] ?? "", to: "/months")
        ]
    }
}

/// Tells a month: its state, whose entries are missing, and its books.
struct MonthStory {
    let month: Month
    let session: any LedgerSession
    let places: Places
    let site: Site

    /// A kiosk's usual day is taken from so many days before its last entry.
    private static let usualDays = 30

    func words(_ state: MonthState) -> Cell {
        switch state {
        case .notOver: .state(.plain, Texts.page["monthNotOver"] ?? "")
        case .open: .state(.late, Texts.page["monthOpen"] ?? "")
        case .proposed(let placed):
            .state(
                .late,
                Texts.closingAsked(
                    places.person(placed.entry.header.by), placed.entry.header.at),
                to: placed.reference.href)
        case .closed(let placed):
            .state(
                .good,
                Texts.closedBy(places.person(placed.entry.header.by), placed.entry.header.at),
                to: placed.reference.href)
        }
    }

    func step(_ state: MonthState) -> String {
        if case .proposed = state {
            Texts.page["confirmMonth"] ?? ""
        } else {
            Texts.page["proposeMonth"] ?? ""
        }
    }

    func action(_ state: MonthState) -> String {
        if case .proposed = state {
            Texts.page["confirmMonthLead"] ?? ""
        } else {
            Texts.page["proposeMonthLead"] ?? ""
        }
    }

    /// Kiosks that have not spoken since the month was over: some of it may lie with them.
    func unheard() throws -> Section {
        let end = Instant(startOf: month.next.firstDay)
        let silent = places.journals.filter { journal in
            journal.isServed && !journal.publicKey.isEmpty
                && journal.kiosk != site.office.journal.kiosk
                && (journal.lastContact.map { $0 < end } ?? true)
        }
        let sums = try silent.isEmpty ? [:] : session.sums(from: nil, to: month.lastDay)
        let days =
            try silent.isEmpty
            ? []
            : session.days(
                from: month.firstDay.adding(days: -2 * Self.usualDays), to: month.lastDay)
        let usual = Dictionary(grouping: days, by: \.kiosk)
        var (rows, due, fund): ([[Cell]], Money, Money) = ([], .zero, .zero)
        for journal in silent {
            let missing = missing(journal, usual[journal.kiosk] ?? [])
            let held = -(sums[journal.kiosk]?[.contributionsDue] ?? .zero)
            rows.append(row(journal, missing, held))
            (due, fund) = (due + held, fund + missing.fund + missing.contributions)
        }
        let foot = [
            Cell(Texts.page["sum"] ?? ""), Cell(""), Cell(""), .money(due), .money(fund),
        ]
        return Section(
            Texts.unheard(rows.count), Texts.unheardSentence(Self.usualDays),
            Table(
                Texts.unheardColumns, rows, foot: rows.isEmpty ? [] : [foot],
                empty: Texts.page["allHeard"] ?? ""))
    }

    private func row(_ journal: StoredJournal, _ missing: Missing, _ held: Money) -> [Cell] {
        [
            Cell(
                places.name(journal.kiosk), to: "/kiosks/\(journal.kiosk)",
                note: places.phone(journal.kiosk)),
            .state(.late, site.contact(journal)),
            Cell(
                journal.lastEntryAt?.day.description ?? Texts.none,
                note: Texts.missing(missing.days)),
            .money(held),
            .money(
                missing.fund + missing.contributions,
                note: Texts.perhaps(missing.fund, missing.contributions)),
        ]
    }

    /// What a kiosk may hold of the month: days without a word, at what it usually does in a day.
    private struct Missing {
        var days = 0
        var fund = Money.zero
        var contributions = Money.zero
    }

    private func missing(_ journal: StoredJournal, _ rows: [DayRow]) -> Missing {
        let last = min(journal.lastEntryAt?.day ?? month.firstDay, month.lastDay)
        let from = max(last, month.firstDay.adding(days: -1))
        var missing = Missing(days: max(0, month.lastDay.days(since: from)))
        let before = rows.filter { $0.day <= last && last.days(since: $0.day) < Self.usualDays }
            .total()
        func expected(_ sum: Money) -> Money {
            Money(fen: sum.fen * missing.days / Self.usualDays)
        }
        (missing.fund, missing.contributions) = (
            expected(before.fund), expected(before.contributions)
        )
        return missing
    }

    /// The month's trial balance by scheme.
    func balance() throws -> [Section] {
        let balance = try session.trialBalance(from: month.firstDay, to: month.lastDay, by: .scheme)
        let groups = site.sections(of: balance, places)
        guard groups.isEmpty else { return groups }
        let lead = Texts.balanceLead(month.firstDay, month.lastDay, 0, .zero)
        return [Section(Texts.page["balance"] ?? "", "", Table([], [], empty: lead))]
    }
}
