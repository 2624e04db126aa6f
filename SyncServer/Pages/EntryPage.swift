import Cataloguing
import Identifying
import Journaling
import Merging
import Pricing
import Settling
import Syncing
import Vocabulary

/// One entry in words a person can follow, and in small print the bytes and their hash.
struct EntryPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading: String
    let lead: String
    let back: [Cell]
    let facts: [FactLine]
    let sections: [Section]
    let hash: String
    let json: String
    let rulings: [RulingPanel]
}

extension Site {
    func entry(_ ask: Ask) async throws -> Answer {
        let kiosk = try ask.part("kiosk", KioskID.init(rawValue:))
        let sequence = try ask.part("sequence") { Int($0) }
        let content = try await shelf.content(office)
        let reference = EntryReference(kiosk: kiosk, sequence: sequence)
        let policy = await office.policy
        return try office.store.read { session in
            let places = try Places(session)
            guard let placed = try session.entry(reference) else { throw PageFault.notFound }
            let story = EntryStory(
                placed: placed, content: content, session: session, places: places)
            let reason = try office.hindrance(of: placed, session)
            let teller = RulingTeller(
                site: self, ask: ask, policy: policy, session: session, places: places)
            return .page(
                "entry",
                EntryPage(
                    frame: frame(ask), heading: Texts.entryHeading(placed),
                    lead: reason.map(Texts.hindranceLead) ?? "",
                    back: [
                        Cell(places.name(kiosk), to: "/kiosks/\(kiosk)"),
                        Cell(
                            placed.entry.header.day.description,
                            to: "/kiosks/\(kiosk)/days/\(placed.entry.header.day)"),
                    ], facts: try story.facts(), sections: try story.sections(),
                    hash: placed.entry.hash.description,
                    json: String(decoding: placed.entry.bytes, as: UTF8.self),
                    rulings: try rulingCases(placed, ask, reason, session)
                        .flatMap { try teller.panel($0) }))
        }
    }

    /// What may be ruled on an entry: the finding one came from, or that it takes effect after all;
    /// and whatever holds of it by a ruling, so that it can be taken back when its matter is gone.
    private func rulingCases(
        _ placed: Placed, _ ask: Ask, _ reason: String?, _ session: any LedgerSession
    ) throws -> [RulingCase] {
        let isAside = reason?.hasPrefix(operatorFault) == true
        let held = try Rulings(session.rulings(on: placed.kiosk, placed.sequence))
            .effective(on: placed.entry).map(\.ruling)
        let asked = isAside ? operatorMatter : ask.query["matter"]
        let year = placed.personYears.first
        func matter(_ name: String, subject: String? = nil) -> RulingCase {
            RulingCase(
                matter: name, entries: [placed], person: year?.0, year: year?.1,
                subject: subject.flatMap(Hinge.init(rawValue:)), isAside: name == operatorMatter,
                page: link(placed.reference.href, ["matter": ask.query["matter"]]))
        }
        let others = held.filter { $0.matter != asked }.map {
            matter($0.matter, subject: $0.subject)
        }
        let subject = held.first { $0.matter == asked }?.subject
        return (asked.isEmpty ? [] : [matter(asked, subject: subject)]) + others
    }
}

/// Tells an entry: who, when and where first, then what its kind has to say.
struct EntryStory {
    let placed: Placed
    let content: PublishedContent?
    let session: any LedgerSession
    let places: Places

    private var header: Entry.Header { placed.entry.header }

    func facts() throws -> [FactLine] {
        [
            FactLine(Texts.label("kind"), Texts.kind(placed.entry.fact)),
            FactLine(
                Texts.label("place"),
                Cell(
                    places.name(placed.kiosk), to: "/kiosks/\(placed.kiosk)",
                    note: Texts.entryNumber(placed.reference))),
            FactLine(Texts.label("written"), header.at.description),
            FactLine(Texts.label("day"), header.day.description),
            FactLine(Texts.label("operator"), places.person(header.by)),
        ] + (try specific())
    }

    private func specific() throws -> [FactLine] {
        switch placed.entry.fact {
        case .visit(let visit): try self.visit(visit)
        case .visitVoid(let void):
            [
                voided(void.voids), try personLine(void.person),
                FactLine(Texts.label("reason"), void.reason),
            ] + Texts.amounts(void.amounts)
        case .contribution(let receipt): contribution(receipt)
        case .contributionVoid(let void):
            [
                voided(void.voids),
                FactLine(Texts.label("receipt"), Texts.receipt(void.code, void.number)),
                FactLine(Texts.label("reason"), void.reason),
                FactLine(Texts.label("returned"), .money(void.tenders.values.sum())),
            ]
        case .dayClose(let close): dayClose(close)
        case .contact(let change):
            [try personLine(change.person)] + Texts.contact(change)
        case .opened(let opening):
            [
                FactLine(Texts.label("software"), opening.software),
                FactLine(Texts.label("publicKey"), opening.publicKey),
            ]
        case .signedIn(let signIn): [FactLine(Texts.label("role"), Texts.role(signIn.role))]
        case .bulletinRead(let read):
            [FactLine(Texts.label("bulletins"), Texts.bulletins(read.policy, read.daily))]
        default: try county()
        }
    }

    /// What the office itself decided.
    private func county() throws -> [FactLine] {
        switch placed.entry.fact {
        case .publication(let publication):
            [
                FactLine(Texts.label("policy"), Texts.version(publication.version)),
                FactLine(Texts.label("note"), publication.note),
            ]
        case .branchDecision(let decision):
            [fork(of: decision.kiosk), FactLine(Texts.label("note"), decision.reason)]
        case .adjustment(let adjustment):
            [
                FactLine(
                    Texts.label("entry"),
                    Cell(
                        Texts.entryNumber(adjustment.visit), to: adjustment.visit.href)),
                try personLine(adjustment.person),
                FactLine(Texts.label("reason"), Texts.adjusted(adjustment)),
                FactLine(Texts.label("dueDifference"), .money(adjustment.total)),
            ]
        case .monthClosed(let closed):
            [FactLine(Texts.label("month"), closed.month.description)]
        case .monthProposed(let proposed):
            [FactLine(Texts.label("month"), proposed.month.description)]
        case .forkFound(let found): [fork(of: found.kiosk)]
        case .ruling(let ruling): try self.ruling(ruling)
        case .allotment(let allotment), .rightsTaken(let allotment): Texts.given(allotment)
        case .rightsClosed(let closed): Texts.closed(closed)
        case .unknown(let kind): [FactLine(Texts.label("unknownKind"), kind)]
        default: []
        }
    }

    private func fork(of kiosk: KioskID) -> FactLine {
        FactLine(Texts.label("kiosk"), Cell(kiosk.rawValue, to: "/kiosks/\(kiosk)/fork"))
    }

    private func ruling(_ ruling: Ruling) throws -> [FactLine] {
        let target = EntryReference(kiosk: ruling.kiosk, sequence: ruling.sequence)
        return [
            FactLine(Texts.label("matter"), Texts.matter(ruling.matter)),
            FactLine(
                Texts.label("entry"), Cell(Texts.entryNumber(target), to: target.href)),
            FactLine(Texts.label("decision"), Texts.choice(ruling.choice, ruling.bearer)),
            FactLine(Texts.label("reason"), ruling.reason),
        ] + (try ruling.person.map { [try personLine($0)] } ?? [])
    }

    private func personLine(_ person: PersonNumber) throws -> FactLine {
        FactLine(
            Texts.label("person"),
            Cell(
                try session.maskedName(person), to: memberHref(person, header.day.year),
                note: try session.member(person)?.identity.masked ?? person.rawValue))
    }

    private func voided(_ sequence: Int) -> FactLine {
        let original = EntryReference(kiosk: placed.kiosk, sequence: sequence)
        return FactLine(
            Texts.label("voids"), Cell(Texts.number(sequence), to: original.href))
    }

    private func visit(_ visit: Visit) throws -> [FactLine] {
        let diagnoses = visit.diagnoses.map { code in
            (content?.diagnosis(code) ?? code) + " " + code
        }
        return [
            try personLine(visit.person),
            FactLine(Texts.label("identified"), Texts.assurance(visit.assurance)),
            FactLine(
                Texts.label("scheme"), Texts.scheme(visit.scheme) + " · " + Texts.kind(visit.kind)),
            FactLine(Texts.label("diagnoses"), diagnoses.joined(separator: Texts.listComma)),
        ] + Texts.amounts(visit.amounts) + tenders(visit.tenders)
            + (try (visit.family ?? []).map { try relative($0) }) + (visit.settles ?? []).facts
            + Texts.knowledge(visit)
            + visit.overrides.map {
                FactLine(Texts.label("override"), Cell($0.reason, note: $0.rule))
            }
    }

    private func relative(_ payment: FamilyPayment) throws -> FactLine {
        FactLine(
            Texts.familyPaid,
            .money(
                payment.amount, to: memberHref(payment.owner, header.day.year),
                note: try session.maskedName(payment.owner)))
    }

    private func tenders(_ tenders: [String: Money]) -> [FactLine] {
        tenders.sorted { $0.key < $1.key }.map { word, amount in
            FactLine(Texts.paidWith(word), .money(amount))
        }
    }

    private func contribution(_ receipt: ContributionReceipt) -> [FactLine] {
        [
            FactLine(Texts.label("year"), Texts.year(receipt.year)),
            FactLine(Texts.label("household"), receipt.household),
            FactLine(Texts.label("receipt"), Texts.receipt(receipt.code, receipt.number)),
            FactLine(Texts.label("total"), .money(receipt.total)),
        ] + tenders(receipt.tenders)
    }

    private func dayClose(_ close: DayClose) -> [FactLine] {
        close.expected.sorted { $0.key < $1.key }.map { word, amount in
            FactLine(Texts.expected(word), .money(amount))
        } + [
            FactLine(Texts.label("counted"), .money(close.counted)),
            FactLine(Texts.label("difference"), .money(close.difference, note: close.sentence)),
        ]
    }

    /// The lines of a bill, the people of a receipt.
    func sections() throws -> [Section] {
        switch placed.entry.fact {
        case .visit(let visit):
            let rows = visit.lines.map { line in
                let item = content?.catalogue.item(line.code, header.day)
                return [
                    Cell(item?.name ?? line.code, note: line.code),
                    Cell(item?.specification ?? ""), Cell(line.quantity.description, css: "num"),
                    .money(line.price), .money(line.price.cost(of: line.quantity)),
                ]
            }
            return [Section(Texts.page["lines"] ?? "", "", Table(Texts.lineColumns, rows))]
                + (content.map { [Derivation(visit, header.day, $0).section] } ?? [])
        case .contribution(let receipt):
            let rows = try receipt.lines.map { line in
                [
                    Cell(
                        try session.maskedName(line.person),
                        to: memberHref(line.person, receipt.year)),
                    .money(line.standard),
                    .money(line.relief, note: line.title.map(Texts.title) ?? ""),
                    .money(line.paid),
                ]
            }
            return [Section(Texts.page["people"] ?? "", "", Table(Texts.payerColumns, rows))]
        default: return []
        }
    }
}
