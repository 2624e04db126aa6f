import Cataloguing
import Journaling
import Merging
import Pricing
import Publishing
import Rules
import Syncing
import Vocabulary

// What is in force, and since when, and who says so.
extension Site {
    func policy(_ ask: Ask) async throws -> Answer {
        let content = try await shelf.content(office)
        let draft = try draftOf(ask.person.id)
        let steps = try office.journal.read { try $0.latest(["publication"], limit: 30) }
        return try office.store.read { session in
            let places = try Places(session)
            let waiting = try session.proposal()
            let rows = steps.compactMap { entry -> [Cell]? in
                guard case .publication(let step) = entry.fact else { return nil }
                return [
                    Cell(entry.header.at.description), Cell(Texts.step(step.step)),
                    Cell(Texts.version(step.version)), Cell(places.person(entry.header.by)),
                    Cell(step.note),
                ]
            }
            return .page(
                "policy",
                PolicyPage(
                    frame: frame(ask),
                    lead: content.map { Texts.inForce($0.version, $0.content.catalogue.count) }
                        ?? Texts.page["noPolicy"] ?? "",
                    lacking: try policiesLacking(session),
                    waiting: waiting.map {
                        [Texts.waitingSince(places.person($0.by), ago($0.at), $0.firstDay)]
                    } ?? [], changes: Texts.draftCount(draft.prices.count + draft.parameters.count),
                    mayPublish: ask.mayPublish,
                    sections: [
                        Section(Texts.page["steps"] ?? "", "", Table(Texts.stepColumns, rows))
                    ],
                    worst: try content.map {
                        try WorstCases($0.rules, on: office.today, session).sentences
                    } ?? []))
        }
    }

    /// What a backup took of the policy, and what to do first.
    func policiesLacking(_ session: any LedgerSession) throws -> [String] {
        let mayComeBack = try session.mayLackPolicies(but: office.journal.kiosk)
        let lost = try office.lostRelease(session).map { at, told in
            Texts.policyLost(told, at) + (mayComeBack ? "" : Texts.page["policyAgain"] ?? "")
        }
        return [lost, mayComeBack ? Texts.page["policiesLacking"] : nil].compactMap(\.self)
    }

    func parameters(_ ask: Ask) async throws -> Answer {
        guard let content = try await shelf.content(office) else { throw OfficeFault.noPolicy }
        let groups = Set(content.rules.all.map(\.group)).sorted()
        let chosen = groups.contains(ask.query["group"]) ? ask.query["group"] : groups.first ?? ""
        let today = office.today
        let cards = content.rules.all.filter { $0.group == chosen }.map { parameter in
            ParametersPage.Card(parameter, on: today, mayChange: ask.mayPublish)
        }
        let choices = groups.map {
            Sheet.Choice(
                text: Texts.group($0), href: link("/policy/parameters", ["group": $0]),
                chosen: $0 == chosen)
        }
        return .page(
            "parameters", ParametersPage(frame: frame(ask), choices: choices, cards: cards))
    }

    func catalogue(_ ask: Ask) async throws -> Answer {
        guard let content = try await shelf.content(office) else { throw OfficeFault.noPolicy }
        let sought = ask.query["q"]
        let items = sought.isEmpty ? [] : content.items(matching: sought, limit: 40)
        let today = office.today
        let rows = items.flatMap { versions in
            versions.reversed().map { itemRow($0, versions, today, ask.mayPublish) }
        }
        let found = Section(
            Texts.foundItems(items.count), Texts.page["catalogueSentence"] ?? "",
            Table(Texts.itemColumns, rows, empty: Texts.noItem(sought)))
        return .page(
            "catalogue",
            CataloguePage(
                frame: frame(ask), sought: sought, sections: sought.isEmpty ? [] : [found]))
    }

    private func itemRow(
        _ item: CatalogueItem, _ versions: [CatalogueItem], _ today: Day, _ mayChange: Bool
    ) -> [Cell] {
        let current = versions.last { $0.validFrom <= today } ?? versions[0]
        let isCurrent = item == current
        let change = isCurrent && mayChange ? "/policy/draft/price/\(item.code)" : ""
        let state: Cell =
            isCurrent
            ? .state(.good, Texts.page["inForceNow"] ?? "")
            : .state(
                .plain, Texts.page[item.validFrom > today ? "later" : "earlier"] ?? "")
        return [
            Cell(item.name, note: item.code), Cell(Texts.packed(item)),
            Cell(Texts.itemClass(item.itemClass), note: Texts.ownShare(item.ownShare)),
            .money(item.price),
            item.priceLimit.map { .money($0) } ?? Cell(Texts.noLimit, css: "num"),
            Cell(item.validFrom.description, css: "fixed"), state,
            Cell(change.isEmpty ? "" : Texts.page["changePrice"] ?? "", to: change),
        ]
    }
}

struct PolicyPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading = Texts.page["policy"] ?? ""
    let lead: String
    let lacking: [String]
    let waiting: [String]
    let changes: String
    let mayPublish: Bool
    let sections: [Section]
    /// What dividing limits can cost at worst.
    let worst: [String]
}

struct CataloguePage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading = Texts.page["catalogue"] ?? ""
    let sought: String
    let sections: [Section]
}

struct ParametersPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading = Texts.page["parameters"] ?? ""
    let choices: [Sheet.Choice]
    let cards: [Card]

    /// A parameter with its values, the newest first.
    struct Card: Sendable {
        let name: String
        let path: String
        let reviewed: String
        let values: Table
        let change: String
        let mayChange: Bool

        init(_ parameter: Parameter, on today: Day, mayChange: Bool) {
            name = parameter.description
            path = parameter.path
            reviewed = Texts.reviewed(parameter.reviewedOn)
            let current = parameter.inForce(on: today)
            let rows = parameter.values.reversed().map { dated in
                [
                    dated == current
                        ? Cell.state(.good, Texts.page["inForceNow"] ?? "")
                        : .state(
                            .plain, Texts.page[dated.from > today ? "later" : "earlier"] ?? ""),
                    Cell(dated.from.description, css: "fixed"),
                    Cell(Texts.value(dated.value, parameter.unit), css: "right"),
                    Cell(dated.source),
                ]
            }
            values = Table(Texts.valueColumns, rows)
            change = link("/policy/draft/parameter", ["path": parameter.path])
            self.mayChange = mayChange && !parameter.holdsTable
        }
    }
}

extension Parameter {
    /// The first folder: a scheme, or what all schemes share.
    var group: String { String(path.prefix { $0 != "/" }) }

    /// Values by level or title are changed in the file, not through the form.
    var holdsTable: Bool {
        switch values.last?.value {
        case .table?, .rows?, .bands?: return true
        default: break
        }
        return false
    }
}
