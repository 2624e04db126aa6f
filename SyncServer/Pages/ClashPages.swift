import Cataloguing
import Identifying
import Journaling
import Merging
import Pricing
import Rules
import Vocabulary

// One clash with both of its sides beside each other.
extension Site {
    func clash(_ ask: Ask) async throws -> Answer {
        let person = try ask.part("person", PersonNumber.init(rawValue:))
        let year = try ask.part("year") { Int($0) }
        let kind = try ask.part("kind", Clash.Kind.init(rawValue:))
        let kiosk = try ask.part("kiosk", KioskID.init(rawValue:))
        let last = EntryReference(kiosk: kiosk, sequence: try ask.part("sequence") { Int($0) })
        let policy = await office.policy
        return try office.store.read { session in
            let personYear = try session.personYear(person, year)
            guard let personYear,
                let clash = personYear.clashes.first(where: {
                    $0.kind == kind && $0.entries.last == last
                })
            else { throw PageFault.notFound }
            let places = try Places(session)
            let story = ClashStory(
                clash: clash, personYear: personYear, policy: policy, session: session,
                places: places)
            let teller = RulingTeller(
                site: self, ask: ask, policy: policy, session: session, places: places)
            return .page(
                "clash",
                try story.page(
                    frame(ask),
                    try teller.panel(
                        RulingCase(
                            matter: kind.rawValue, entries: try story.entries(), person: person,
                            year: year, page: clash.href(person, year)))))
        }
    }

    /// A clash that hangs on a receipt, a box or a clock.
    func matter(_ ask: Ask) async throws -> Answer {
        guard let subject = Hinge(rawValue: ask.query["subject"]) else {
            throw PageFault.notFound
        }
        let policy = await office.policy
        return try office.store.read { session in
            let clash = try session.clashes(of: subject)
                .first { $0.kind.rawValue == ask.query["kind"] }
            guard let clash else { throw PageFault.notFound }
            let places = try Places(session)
            let last = try clash.entries.last.flatMap { try session.entry($0) }
            let year = last?.personYears.first
            let story = ClashStory(
                clash: clash,
                personYear: try year.flatMap { try session.personYear($0.0, $0.1) },
                policy: policy, session: session, places: places)
            var matter = RulingCase(
                matter: clash.kind.rawValue, entries: try story.entries(), subject: subject,
                page: subject.href(clash))
            if clash.kind == .traceCodeTwice { (matter.person, matter.year) = (year?.0, year?.1) }
            let teller = RulingTeller(
                site: self, ask: ask, policy: policy, session: session, places: places)
            return .page("clash", try story.page(frame(ask), try teller.panel(matter)))
        }
    }
}

/// Both sides of a clash beside each other, and what follows from it.
struct ClashPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading: String
    let person: ShownCell
    let happened: String
    let classWords: String
    let standard: String
    let effect: String
    let amount: String
    let next: String
    let sides: [Side]
    let detail: String
    let rulings: [RulingPanel]

    struct Side: Sendable {
        let name: String
        let verdict: String
        let facts: [FactLine]
    }
}

struct ClashStory {
    let clash: Clash
    let personYear: PersonYear?
    let policy: Policy
    let session: any LedgerSession
    let places: Places

    func entries() throws -> [Placed] {
        try clash.entries.compactMap { try session.entry($0) }
    }

    func page(_ frame: Frame, _ rulings: [RulingPanel]) throws -> ClashPage {
        let entries = try entries()
        var sides = entries.enumerated().map { place, placed in
            side(placed, clash.kind.words.side(place, of: entries.count))
        }
        if clash.kind == .policyOutOfDate, let placed = entries.last { sides += inForce(placed) }
        return ClashPage(
            frame: frame, heading: clash.kind.words.name,
            person: ShownCell(try person(), label: ""),
            happened: clash.kind.words.happened, classWords: Texts.mergeClass(clash.kind),
            standard: clash.kind.words.standard, effect: clash.kind.words.effect(of: clash.amount),
            amount: Texts.yuan(clash.amount.magnitude), next: nextStep(entries), sides: sides,
            detail: clash.detail, rulings: rulings)
    }

    private func person() throws -> Cell {
        guard let personYear else { return Cell("") }
        return Cell(
            try session.maskedName(personYear.person),
            to: memberHref(personYear.person, personYear.year),
            note: try session.member(personYear.person)?.identity.masked ?? "")
    }

    private func nextStep(_ entries: [Placed]) -> String {
        guard clash.kind == .contributionTwice, let later = entries.last,
            case .contribution(let receipt) = later.entry.fact
        else { return clash.kind.words.next }
        return Texts.refundNext(
            places.name(later.kiosk), places.phone(later.kiosk),
            Texts.receipt(receipt.code, receipt.number))
    }

    private func side(_ placed: Placed, _ verdict: String) -> ClashPage.Side {
        let header = placed.entry.header
        let common = [
            FactLine(
                Texts.label("entry"),
                Cell(Texts.entryNumber(placed.reference), to: placed.reference.href)),
            FactLine(Texts.label("day"), Cell(header.day.description, note: header.at.description)),
            FactLine(Texts.label("operator"), places.person(header.by)),
            FactLine(Texts.label("phone"), places.phone(placed.kiosk)),
        ]
        return ClashPage.Side(
            name: places.name(placed.kiosk), verdict: verdict, facts: common + body(placed))
    }

    private func body(_ placed: Placed) -> [FactLine] {
        switch placed.entry.fact {
        case .visit(let visit):
            let correction = personYear?.corrections.first { $0.visit == placed.reference }
            let due = correction?.due ?? visit.amounts.fundTotal
            return Texts.shortAmounts(visit.amounts)
                + [
                    FactLine(Texts.label("dueFund"), .money(due)),
                    FactLine(
                        Texts.label("dueDifference"), .money(due - visit.amounts.fundTotal)),
                ] + Texts.knowledge(visit)
        case .contribution(let receipt):
            let line = receipt.lines.first { $0.person == personYear?.person }
            return [
                FactLine(Texts.label("receipt"), Texts.receipt(receipt.code, receipt.number)),
                FactLine(Texts.label("household"), receipt.household),
                FactLine(Texts.label("year"), Texts.year(receipt.year)),
                FactLine(Texts.label("personPaid"), .money(line?.paid ?? .zero)),
                FactLine(Texts.label("total"), .money(receipt.total)),
            ]
        case .contact(let change): return Texts.contact(change)
        default: return []
        }
    }

    /// The other side of an outdated policy is what was in force that day.
    private func inForce(_ placed: Placed) -> [ClashPage.Side] {
        guard case .visit(let visit) = placed.entry.fact,
            let quote = try? price(
                visit.bill(on: placed.entry.header.day), by: policy.rules,
                catalogue: policy.catalogue, given: visit.given, within: visit.bounds)
        else { return [] }
        let reasons = quote.reasons.map { reason in
            FactLine(
                Texts.article(reason.article),
                Cell.money(
                    reason.amount,
                    note: reason.arithmetic + " "
                        + reason.citations.map(\.source)
                        .joined(separator: Texts.listComma)))
        }
        return [
            ClashPage.Side(
                name: Texts.page["inForce"] ?? "", verdict: Texts.page["inForceVerdict"] ?? "",
                facts: Texts.shortAmounts(quote.amounts) + reasons)
        ]
    }
}
