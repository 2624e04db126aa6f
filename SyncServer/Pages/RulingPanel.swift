import Checking
import Journaling
import Merging
import Syncing
import Vocabulary

/// A matter that a person is to rule on: its entries, and whose year hangs on it.
struct RulingCase {
    let matter: String
    /// The entries on both sides; the last is ruled upon, of receipts any.
    let entries: [Placed]
    var person: PersonNumber?
    var year: Int?
    var subject: Hinge?
    /// Kept without effect, so that its year does not hold it yet.
    var isAside = false
    /// The page to come back to.
    let page: String

    /// What may be ruled, each with the entry it is about.
    var choices: [(target: Placed, choice: Ruling.Choice, bearer: Adjustment.Bearer?)] {
        guard let last = entries.last else { return [] }
        func of(_ choice: Ruling.Choice, _ bearers: [Adjustment.Bearer?] = [nil])
            -> [(target: Placed, choice: Ruling.Choice, bearer: Adjustment.Bearer?)]
        {
            bearers.map { (last, choice, $0) }
        }
        if isAside { return of(.admitted) }
        switch Clash.Kind(rawValue: matter) {
        case .contributionTwice: return entries.map { ($0, .receipt, nil) }
        case .limitOverspent: return of(.borne, [.fund, .person, .clinic])
        case .policyOutOfDate, .deductibleTwice, .fork, .unreadable, .owedTwice,
            .contactChangedTwice, .accountOverspent:
            return []
        case .receiptTwice, .receiptSkipped, .receiptOutsideBlock, .clockWrong, .refusalOutlived:
            return of(.stands)
        case .traceCodeTwice, .unpriceable, .visitTwice:
            return of(.stands) + of(.refused, [.clinic, .person])
        case nil:
            guard case .visit = last.entry.fact, Check(rawValue: matter) != nil else { return [] }
            return of(.stands) + of(.refused, [.clinic, .person])
        }
    }

    func ruling(
        on target: Placed, _ choice: Ruling.Choice, _ bearer: Adjustment.Bearer?, reason: String
    ) -> Ruling {
        Ruling(
            matter: matter, kiosk: target.kiosk, sequence: target.sequence,
            hash: target.entry.hash, person: person, year: person == nil ? nil : year,
            subject: subject?.rawValue, choice: choice, bearer: bearer, reason: reason)
    }
}

/// What may be ruled on a matter, what each choice would do to the money, and what has been ruled.
struct RulingPanel: Sendable {
    let t = Texts.page
    let matter: String
    let person: String
    let year: String
    let subject: String
    let page: String
    let decided: [String]
    let waiting: [String]
    let proposal: String
    let mayPropose: Bool
    let mayConfirm: Bool
    let now: String
    let options: [Option]

    struct Option: Sendable {
        let value: String
        let words: String
        let effect: String
        let second: String
    }
}

/// Finds out what each choice would do, by folding with it.
struct RulingTeller {
    let site: Site
    let ask: Ask
    let policy: Policy
    let session: any LedgerSession
    let places: Places

    /// - Returns: none where nothing may be ruled.
    func panel(_ matter: RulingCase) throws -> [RulingPanel] {
        let choices = matter.choices
        guard !choices.isEmpty else { return [] }
        let now = try year(matter, under: nil)
        let history = try history(matter)
        let again = history.held.map {
            ($0.target, Ruling.Choice.reopened, nil as Adjustment.Bearer?)
        }
        let options = try (choices + (again.map { [$0] } ?? [])).map { target, choice, bearer in
            try option(matter, target, choice, bearer, now, over: history.held?.choice)
        }
        let waiting = history.waiting
        return [
            RulingPanel(
                matter: matter.matter, person: matter.person?.rawValue ?? "",
                year: matter.year.map(String.init) ?? "",
                subject: matter.subject?.rawValue ?? "", page: matter.page,
                decided: history.lines, waiting: waiting.map { [line($0)] } ?? [],
                proposal: waiting.map { String($0.sequence) } ?? "",
                mayPropose: ask.mayPublish,
                mayConfirm: ask.mayPublish
                    && waiting.map { $0.entry.header.by != ask.person.id } == true,
                now: now.map { Texts.yearNow($0) } ?? "", options: options)
        ]
    }

    private func option(
        _ matter: RulingCase, _ target: Placed, _ choice: Ruling.Choice,
        _ bearer: Adjustment.Bearer?, _ now: PersonYear?, over held: Ruling.Choice?
    ) throws -> RulingPanel.Option {
        let ruling = matter.ruling(on: target, choice, bearer, reason: "")
        let then = try year(matter, under: ruling)
        let words =
            choice == .receipt
            ? places.name(target.kiosk) + "：" + Texts.choice(choice, bearer)
            : Texts.choice(choice, bearer)
        return RulingPanel.Option(
            value:
                "\(target.kiosk)/\(target.sequence)/\(choice.rawValue)/\(bearer?.rawValue ?? "")",
            words: words, effect: Texts.ruledEffect(now, then, refunds(then)),
            second: choice.needsSecond(over: held) ? Texts.needsSecond : Texts.oneSuffices)
    }

    private func year(_ matter: RulingCase, under ruling: Ruling?) throws -> PersonYear? {
        guard let person = matter.person, let year = matter.year else { return nil }
        // An entry that would be let in counts in the fold that answers for it.
        let admitted = matter.isAside && ruling?.choice == .admitted ? matter.entries : []
        return try site.office.year(
            of: person, year, with: admitted, under: ruling, by: policy, session)
    }

    private func refunds(_ year: PersonYear?) -> [String] {
        (year?.clashes ?? []).filter { $0.kind == .contributionTwice }.compactMap { clash in
            clash.entries.last.map { places.name($0.kiosk) + " " + Texts.yuan(clash.amount) }
        }
    }

    private func history(_ matter: RulingCase) throws -> (
        lines: [String], waiting: Placed?, held: (target: Placed, choice: Ruling.Choice)?
    ) {
        var (lines, waiting): ([String], Placed?) = ([], nil)
        var held: (Placed, Ruling.Choice)?
        let about = matter.choices.map(\.target)
        var seen: Set<EntryReference> = []
        for entry in about where seen.insert(entry.reference).inserted {
            let all = try session.rulings(on: entry.kiosk, entry.sequence)
            if let effective = Rulings(all).on(entry.entry, matter.matter) {
                held = (entry, effective.ruling.choice)
                lines += all.filter { $0.reference == effective.by }.map(line)
            }
            waiting = try session.waitingRuling(on: entry, matter.matter) ?? waiting
        }
        return (lines, waiting, held)
    }

    private func line(_ placed: Placed) -> String {
        guard case .ruling(let ruling) = placed.entry.fact else { return "" }
        return Texts.ruled(
            ruling, places.person(placed.entry.header.by), placed.entry.header.at)
    }
}
