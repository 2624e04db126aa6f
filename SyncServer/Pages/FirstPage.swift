import Journaling
import Merging
import Syncing
import Vocabulary

/// What needs a person, then the day.
struct FirstPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading = Texts.page["first"] ?? ""
    let tasks: [Matter]
    let calm: Bool
    let questions: [Question]
    let day: String
    let before: String
    let after: String
    /// There is a later day to go to.
    let later: Bool
    let sections: [Section]

    /// What is asked most often, one key away.
    struct Question: Sendable {
        let key: String
        let text: String
        let href: String
        /// The menu has the key otherwise.
        let isOwnKey: Bool
    }

    /// A matter for a person: what, how much is at stake, and the next step.
    struct Matter: Sendable {
        let css: String
        let shape: String
        let count: String
        let what: String
        let stake: String
        let next: String
        let href: String
        let rows: [Table]

        init(
            _ state: Cell.State, _ count: Int, _ what: String, stake: String = "", next: String,
            to href: String, _ rows: [Table] = []
        ) {
            css = state.rawValue
            shape = state.shape
            self.count = Texts.grouped(count)
            self.what = what
            self.stake = stake
            self.next = next
            self.href = href
            self.rows = rows
        }
    }
}

extension Site {
    func first(_ ask: Ask) async throws -> Answer {
        let today = office.today
        let day = ask.query.day("day") ?? today
        return try office.store.read { session in
            let places = try Places(session)
            let tasks = try tasks(session, places)
            return .page(
                "first",
                FirstPage(
                    frame: frame(ask), tasks: tasks, calm: tasks.isEmpty,
                    questions: try questions(session, places), day: day.description,
                    before: "/?day=\(day.adding(days: -1))",
                    after: day < today ? "/?day=\(day.adding(days: 1))" : "",
                    later: day < today, sections: [try dayByTownship(day, session, places)]))
        }
    }

    private func questions(_ session: any LedgerSession, _ places: Places) throws
        -> [FirstPage.Question]
    {
        let night = try session.arrivals(since: lastNight)
        let clashes =
            try session.clashes(limit: Site.mostClashes).map(\.clash)
            + session.matters(limit: Site.mostClashes).map(\.clash)
        let quiet = places.journals.filter { isQuiet($0) }.count
        let answers = [
            ("4", Texts.page["askPerson"] ?? "", "/members"),
            (
                "8", Texts.newClashes(clashes.filter { night.brought($0) }.count),
                "/clashes?since=\(Site.night)"
            ),
            ("9", Texts.page["askClinics"] ?? "", "/ledger/clinics"),
            ("0", Texts.quietCount(quiet), "/kiosks?state=quiet"),
        ]
        return answers.map {
            FirstPage.Question(key: $0.0, text: $0.1, href: $0.2, isOwnKey: $0.0 != "4")
        }
    }

    private func tasks(_ session: any LedgerSession, _ places: Places) throws -> [FirstPage.Matter]
    {
        let clashes = try session.clashes(limit: Site.mostClashes).map(\.clash)
        let matters = try session.matters(limit: Site.mostClashes).map(\.clash).filter(\.waits)
        let clashTasks = Clash.Kind.allCases.flatMap { kind in
            [
                clashTask(
                    kind, clashes.filter { $0.kind == kind }, to: "/clashes?kind=\(kind.rawValue)"),
                clashTask(kind, matters.filter { $0.kind == kind }, to: "/waiting"),
            ].compactMap(\.self)
        }
        return try setBackTask(session) + lostPolicyTask(session) + forkTask(session)
            + setAsideTask(session)
            + proposalTask(session, places)
            + monthTask(session, places) + clashTasks + quietTask(places)
    }

    static let mostClashes = 5000

    private func clashTask(
        _ kind: Clash.Kind, _ clashes: [Clash], to href: String
    ) -> FirstPage.Matter? {
        guard !clashes.isEmpty else { return nil }
        return FirstPage.Matter(
            kind.mergeClass == .personDecides ? .stop : .late, clashes.count, Texts.matters(kind),
            stake: Texts.stake(kind, clashes.map(\.amount)), next: kind.words.next, to: href)
    }

    private func forkTask(_ session: any LedgerSession) throws -> [FirstPage.Matter] {
        let forks = try session.forks()
        guard !forks.isEmpty else { return [] }
        return [
            FirstPage.Matter(
                .stop, forks.count, Texts.page["forkMatter"] ?? "",
                next: Clash.Kind.fork.words.next,
                to: forks.count == 1 ? "/kiosks/\(forks[0].kiosk)/fork" : "/kiosks?state=forked")
        ]
    }

    /// Nothing is given of the limits until every device has been heard of.
    private func setBackTask(_ session: any LedgerSession) throws -> [FirstPage.Matter] {
        guard try session.note(rightsForgotten) != nil else { return [] }
        let silent = try session.silentSinceSetBack(but: office.journal.kiosk)
        guard !silent.isEmpty else { return [] }
        return [
            FirstPage.Matter(
                .stop, silent.count, Texts.page["setBackMatter"] ?? "",
                next: Texts.page["setBackNext"] ?? "", to: "/kiosks")
        ]
    }

    /// What was released and is in force nowhere.
    private func lostPolicyTask(_ session: any LedgerSession) throws -> [FirstPage.Matter] {
        guard try office.lostRelease(session) != nil else { return [] }
        return [
            FirstPage.Matter(
                .stop, 1, Texts.page["policyLostMatter"] ?? "",
                next: Texts.page["policyLostNext"] ?? "", to: "/policy")
        ]
    }

    private func setAsideTask(_ session: any LedgerSession) throws -> [FirstPage.Matter] {
        let count = try session.setAside(limit: Site.mostClashes).count
        guard count > 0 else { return [] }
        return [
            FirstPage.Matter(
                .stop, count, Texts.page["setAsideMatter"] ?? "",
                next: Texts.page["setAsideNext"] ?? "",
                to: "/set-aside")
        ]
    }

    private func proposalTask(_ session: any LedgerSession, _ places: Places) throws
        -> [FirstPage.Matter]
    {
        guard let proposal = try session.proposal() else { return [] }
        return [
            FirstPage.Matter(
                .late, 1, Texts.waitingPolicy(proposal.note),
                stake: Texts.waitingSince(
                    places.person(proposal.by), ago(proposal.at), proposal.firstDay),
                next: Texts.page["waitingNext"] ?? "", to: "/policy/proposal")
        ]
    }

    private func quietTask(_ places: Places) -> [FirstPage.Matter] {
        let quiet = places.journals.filter { isQuiet($0) }
            .sorted { ($0.lastContact?.milliseconds ?? 0) < ($1.lastContact?.milliseconds ?? 0) }
        guard !quiet.isEmpty else { return [] }
        let rows = quiet.prefix(5).map { journal in
            [
                Cell(places.name(journal.kiosk), to: "/kiosks/\(journal.kiosk)"),
                Cell(contact(journal)), Cell(places.phone(journal.kiosk)),
            ]
        }
        let table = Table(Texts.quietColumns, rows)
        return [
            FirstPage.Matter(
                .late, quiet.count, Texts.quietKiosks(quietDays),
                next: Texts.page["quietNext"] ?? "", to: "/kiosks?state=quiet", [table])
        ]
    }

    func isQuiet(_ journal: StoredJournal) -> Bool {
        guard !journal.publicKey.isEmpty, !journal.revoked, journal.kiosk != office.journal.kiosk
        else { return false }
        let last = journal.lastContact ?? Instant(milliseconds: 0)
        return office.clock.now().seconds(since: last) >= quietDays * 86_400
    }

    /// How long ago, in words.
    func ago(_ instant: Instant) -> String { Texts.ago(instant, now: office.clock.now()) }

    func contact(_ journal: StoredJournal) -> String {
        journal.lastContact.map(ago) ?? Texts.page["never"] ?? ""
    }
}

// The day, township by township, with the same day of the week before beside it.
extension Site {
    private func dayByTownship(_ day: Day, _ session: any LedgerSession, _ places: Places) throws
        -> Section
    {
        let week = day.adding(days: -7)
        let now = Dictionary(grouping: try money(session, day, day)) {
            places.township($0.kiosk)
        }
        let then = Dictionary(grouping: try money(session, week, week)) {
            places.township($0.kiosk)
        }
        let townships = places.townships.filter { !$0.isEmpty || now[$0] != nil }
        let rows = townships.map { township in
            let link = ledgerLink(by: .kiosk, from: day, to: day, township: township)
            return [Cell(places.townshipName(township), to: link)]
                + figures(now[township] ?? [], then[township] ?? [], link)
        }
        let foot = [
            [Cell(Texts.page["sum"] ?? "")]
                + figures(
                    now.values.flatMap { $0 }, then.values.flatMap { $0 },
                    ledgerLink(by: .township, from: day, to: day))
        ]
        return Section(
            Texts.dayHeading(day), Texts.weekBefore(week), Table(Texts.dayColumns, rows, foot: foot)
        )
    }

    /// The ledger's days without the office's own journal, which moves no money.
    func money(_ session: any LedgerSession, _ from: Day, _ to: Day) throws -> [DayRow] {
        try session.days(from: from, to: to).filter { $0.kiosk != office.journal.kiosk }
    }

    private func figures(_ now: [DayRow], _ then: [DayRow], _ link: String) -> [Cell] {
        let (now, then) = (now.total(), then.total())
        return [
            .count(now.visits, to: link, note: Texts.lastWeek(Texts.grouped(then.visits))),
            .money(now.fund, to: link, note: Texts.lastWeek(Texts.yuan(then.fund))),
            .count(now.receipts, to: link, note: Texts.lastWeek(Texts.grouped(then.receipts))),
            .money(
                now.contributions, to: link, note: Texts.lastWeek(Texts.yuan(then.contributions))),
        ]
    }
}

extension [DayRow] {
    /// The sum, under the first row's day and kiosk.
    func total() -> DayRow {
        var sum = DayRow(day: first?.day ?? Day(number: 0), kiosk: first?.kiosk ?? .nobody)
        for row in self {
            sum.visits += row.visits
            sum.total += row.total
            sum.fund += row.fund
            sum.person += row.person
            sum.receipts += row.receipts
            sum.contributions += row.contributions
        }
        return sum
    }
}
