import Identifying
import Journaling
import Merging
import Pricing
import Rules
import Vocabulary

/// A search for a person; what was typed travels in the body, never in an address.
struct MembersPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading = Texts.page["members"] ?? ""
    let typed: String
    let sections: [Section]
}

/// One person's year: the only page with the name and number in full.
struct MemberPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading: String
    let facts: [FactLine]
    let choices: [Sheet.Choice]
    let sections: [Section]
}

extension Site {
    func members(_ ask: Ask) async throws -> Answer {
        let typed = ask.form["sought"]
        let sought = Sought(typed)
        let found =
            typed.isEmpty
            ? [] : try office.store.read { try $0.search(sought.who, limit: 50) }
        let visits = try sought.amount.map { amount in
            try found.compactMap { try visit(of: $0.number, amount) }
        }
        if let visits, visits.count == 1 {
            return .see(visits[0].href + "#" + Derivation.anchor)
        }
        if found.count == 1 { return .see(memberHref(found[0].number)) }
        let rows = found.map { member in
            [
                Cell(Texts.masked(member.name), to: memberHref(member.number)),
                Cell(member.identity.masked), Cell(Texts.home(member.home)),
                Cell(Texts.ageAndSex(member, office.today), note: member.number.rawValue),
            ]
        }
        let table = Table(Texts.memberColumns, rows, empty: Texts.nobodyFound(typed))
        return .page(
            "members",
            MembersPage(
                frame: frame(ask), typed: typed,
                sections: typed.isEmpty ? [] : [Section(Texts.found(found.count), "", table)]))
    }

    /// The one visit of the last two years in which somebody paid or got an amount.
    private func visit(of person: PersonNumber, _ amount: Money) throws -> EntryReference? {
        try office.store.read { session in
            let years = try session.years(of: person).filter { $0 <= office.today.year }
            let entries = try years.prefix(2).flatMap {
                try session.entries(of: person, year: $0)
            }
            let fitting = entries.filter { placed in
                guard case .visit(let visit) = placed.entry.fact, visit.person == person else {
                    return false
                }
                let amounts = visit.amounts
                return [amounts.fundTotal, amounts.personPart, amounts.total].contains(amount)
            }
            return fitting.count == 1 ? fitting[0].reference : nil
        }
    }

    func member(_ ask: Ask) async throws -> Answer {
        let number = try ask.part("person", PersonNumber.init(rawValue:))
        let content = try await shelf.content(office)
        return try office.store.read { session in
            guard let member = try session.member(number) else { throw PageFault.notFound }
            let years = try session.years(of: number)
            let year =
                try Int(ask.query["year"]) ?? session.latestYear(of: number, by: office.today)
            let story = YearStory(
                member: member, year: year, places: try Places(session), content: content,
                personYear: try session.personYear(number, year)
                    ?? PersonYear(person: number, year: year),
                entries: try session.entries(of: number, year: year).sorted { $0.place < $1.place })
            let reached = ContactLines(
                member: member, contact: foldContact(try session.entries(of: .contact(number))),
                session: session, places: story.places)
            let choices = Set(years + [office.today.year]).sorted(by: >).map {
                Sheet.Choice(
                    text: Texts.year($0), href: memberHref(number, $0), chosen: $0 == year)
            }
            return .page(
                "member",
                MemberPage(
                    frame: frame(ask), heading: member.name,
                    facts: story.facts(on: office.today) + (try member.payers(in: year, session))
                        + Texts.unheard(try session.unheardHolders(story.personYear))
                        + (try reached.lines()),
                    choices: choices,
                    sections: story.clashes() + story.owed() + [story.history(), story.counters()]))
        }
    }
}

/// Who is looked for, and an amount behind the name.
private struct Sought {
    let who: String
    let amount: Money?

    init(_ typed: String) {
        let words = typed.split(whereSeparator: \.isWhitespace).map(String.init)
        let amount = words.count > 1 ? words.last.flatMap { Money(yuan: $0) } : nil
        self.amount = amount
        who = amount == nil ? typed : words.dropLast().joined(separator: " ")
    }
}

extension Placed {
    /// Business day, kiosk, number: the ledger's own order.
    struct Place: Comparable {
        let day: Day
        let kiosk: KioskID
        let sequence: Int

        static func < (a: Place, b: Place) -> Bool {
            (a.day, a.kiosk, a.sequence) < (b.day, b.kiosk, b.sequence)
        }
    }

    var place: Place { Place(day: entry.header.day, kiosk: kiosk, sequence: sequence) }
}

/// Tells a person's year: what happened, what was settled, what is due.
struct YearStory {
    let member: Member
    let year: Int
    let places: Places
    let content: PublishedContent?
    let personYear: PersonYear
    let entries: [Placed]

    func facts(on day: Day) -> [FactLine] {
        let paid = member.coverage.paidYears.sorted(by: >).prefix(4).map { Texts.year($0) }
        return [
            FactLine(Texts.label("identity"), member.identity.description),
            FactLine(Texts.label("number"), member.number.rawValue),
            FactLine(Texts.label("sex"), Texts.ageAndSex(member, day)),
            FactLine(Texts.label("home"), Texts.home(member.home)),
            FactLine(Texts.label("scheme"), Texts.scheme(member.scheme)),
            FactLine(Texts.label("paidYears"), paid.joined(separator: Texts.listComma)),
        ] + member.titles.map { FactLine(Texts.label("title"), Texts.title($0)) }
            + member.recognitions.map {
                FactLine(Texts.label("recognition"), Cell($0.name, note: $0.disease))
            }
            + (member.coverage.suspended.map {
                [FactLine(Texts.label("suspended"), Cell($0.reason, note: $0.from.description))]
            } ?? [])
            + (member.coverage.died.map { [FactLine(Texts.label("died"), $0.description)] } ?? [])
    }

    func clashes() -> [Section] {
        guard !personYear.clashes.isEmpty else { return [] }
        let rows = personYear.clashes.map { clash in
            [
                Cell.state(
                    .late, clash.kind.words.name, to: clash.href(member.number, year)),
                Cell(
                    clash.entries.map { places.name($0.kiosk) }.joined(separator: Texts.listComma)),
                .money(clash.amount, note: clash.kind.words.effect(of: clash.amount)),
            ]
        }
        return [Section(Texts.page["clashes"] ?? "", "", Table(Texts.memberClashColumns, rows))]
    }

    func history() -> Section {
        let rows = entries.filter(isOwn).map(line)
        let (claimed, due) = (personYear.claimed, personYear.due)
        let foot = [
            Cell(Texts.visits(claimed.visits)), Cell(""), Cell(""), .money(claimed.total),
            .money(claimed.fund), .money(due.fund), difference(due.fund - claimed.fund),
        ]
        return Section(
            Texts.page["history"] ?? "", Texts.page["historySentence"] ?? "",
            Table(Texts.historyColumns, rows, foot: entries.isEmpty ? [] : [foot]))
    }

    private func line(_ placed: Placed) -> [Cell] {
        if let drawn = paidForRelative(placed) { return line(placed, drawn) }
        let header = placed.entry.header
        let correction = personYear.corrections.first { $0.visit == placed.reference }
        let money = placed.entry.fact.money
        let settled = money?.fund
        let start = [
            Cell(header.day.description, to: placed.reference.href, note: header.at.clockTime),
            Cell(places.name(placed.kiosk), note: Texts.entryNumber(placed.reference)),
            Cell(Texts.kind(placed.entry.fact), note: remark(placed)),
            money.map { Cell.money($0.total) } ?? Cell("", css: "num"),
        ]
        guard let settled else { return start + (0..<3).map { _ in Cell("", css: "num") } }
        guard case .visit = placed.entry.fact, !isVoided(placed) else {
            return start + [.money(settled), Cell("", css: "num"), Cell("", css: "num")]
        }
        let due = correction?.due ?? settled
        return start + [.money(settled), .money(due), difference(due - settled)]
    }

    private func difference(_ amount: Money) -> Cell {
        .money(amount, note: amount == .zero ? "" : Texts.owed(amount))
    }

    private func isVoided(_ placed: Placed) -> Bool {
        entries.contains { $0.voidsEntry == placed.reference }
    }

    private func remark(_ placed: Placed) -> String {
        if isVoided(placed) { return Texts.page["voided"] ?? "" }
        switch placed.entry.fact {
        case .visit(let visit):
            let diagnoses = visit.diagnoses.map { content?.diagnosis($0) ?? $0 }
            return (diagnoses + visit.familyRemark).joined(separator: Texts.listComma)
        case .contribution(let receipt):
            let stands = personYear.contributions.first == placed.reference
            return Texts.receipt(receipt.code, receipt.number)
                + (stands ? "" : Texts.duplicateMark)
        case .visitVoid(let void): return void.reason
        case .contributionVoid(let void): return void.reason
        default: return ""
        }
    }

    /// What was used of the year's counters, beside what the year allows.
    func counters() -> Section {
        let standing = personYear.standing
        let names = Set(standing.counters.keys.filter { $0.period == .year }.map(\.name)).sorted()
        let rows = names.map { name in
            [
                Cell(Texts.counter(name)),
                .money(
                    standing.money(.deductible, name),
                    note: Texts.outOf(limit(name, "deductible"))),
                .money(standing.money(.paid, name), note: Texts.outOf(limit(name, "limit_year"))),
            ]
        }
        return Section(
            Texts.page["counters"] ?? "", "",
            Table(Texts.counterColumns, rows, empty: Texts.page["noCounters"] ?? ""))
    }

    private func limit(_ counter: String, _ figure: String) -> Money? {
        guard let day = entries.last(where: isOwn)?.entry.header.day else { return nil }
        let path = "\(member.scheme.rawValue)/\(counter)/\(figure)"
        return (try? content?.rules.money(path, on: day, key: "village"))?.value
    }
}

extension Placed {
    /// The entry this one takes back, in the same journal.
    var voidsEntry: EntryReference? {
        switch entry.fact {
        case .visitVoid(let void): EntryReference(kiosk: kiosk, sequence: void.voids)
        case .contributionVoid(let void): EntryReference(kiosk: kiosk, sequence: void.voids)
        default: nil
        }
    }
}
