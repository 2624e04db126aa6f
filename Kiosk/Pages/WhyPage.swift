import Cataloguing
import Hummingbird
import Identifying
import Pricing
import Rules
import Settling
import Syncing
import Vocabulary

/// Why this much? The derivation line by line, in words a farmer can follow, each with its rule.
struct WhyPage: Sendable {
    let site: Site

    func add(to routes: Routes) {
        routes.get("/visit/why", for: .villageDoctor) { call in
            let drafts = Drafts(desk: site.desk, owner: call.session.person.id)
            guard let order = try drafts.current(), !order.lines.isEmpty else {
                return .redirect(to: "/visit")
            }
            let proposal = try await site.desk.quote(order)
            let policy = await site.desk.policy
            return try await site.page(
                "why", WhyView(proposal, policy, site.desk.today), title: Texts.of("why"),
                for: call.session)
        }
    }
}

private struct WhyView {
    let name: String
    let total: String
    let fundPart: String
    let personPart: String
    let steps: [Step]

    struct Step {
        let number: Int
        let sentence: String
        let arithmetic: String
        let amount: String
        let sources: [String]
    }

    init(_ proposal: Proposal, _ policy: HeldPolicy, _ day: Day) {
        let quote = proposal.quote
        name = proposal.patient.member.name
        total = quote.amounts.total.description
        fundPart = quote.amounts.fundTotal.description
        personPart = quote.amounts.personPart.description
        let priced = quote.reasons.enumerated().map { index, reason in
            let code = reason.line.flatMap { quote.bill.lines[$0 - 1].code }
            let item = code.flatMap { policy.catalogue.item($0, day)?.name }
            return Step(
                number: index + 1, sentence: Texts.sentence(for: reason, item: item),
                arithmetic: Texts.arithmetic(reason), amount: reason.amount.description,
                sources: reason.citations.map { citation in
                    Texts.source(citation, policy.rules[citation.parameter]?.description)
                })
        }
        let settled = priced + WhyView.settling(proposal, policy, after: priced.count)
        steps = settled + WhyView.family(proposal, policy, after: settled.count)
    }

    /// Who pays of it where accounts are asked, after the own account.
    private static func family(
        _ proposal: Proposal, _ policy: HeldPolicy, after steps: Int
    ) -> [Step] {
        let sources = [proposal.quote.paying.familyCitation].compactMap { $0 }.map { citation in
            Texts.source(citation, policy.rules[citation.parameter]?.description)
        }
        let shown = proposal.familyShown.enumerated().map { place, shown in
            Step(
                number: steps + 1 + place, sentence: Texts.familyPays(shown.name),
                arithmetic: Texts.familyPays(shown.amount, here: shown.here),
                amount: shown.amount.description, sources: sources)
        }
        let (due, accounts) = (proposal.asked, proposal.byAccounts.total)
        guard !shown.isEmpty, due > accounts else { return shown }
        return shown + [
            Step(
                number: steps + 1 + shown.count, sentence: Texts.cashForTheRest,
                arithmetic: Texts.cash(of: due, after: accounts),
                amount: (due - accounts).description, sources: [])
        ]
    }

    /// What is settled beside the price comes last, by the county's own switch.
    private static func settling(
        _ proposal: Proposal, _ policy: HeldPolicy, after steps: Int
    ) -> [Step] {
        guard let owed = proposal.owed, !owed.settled.isEmpty else { return [] }
        let sources = [owed.terms.citation].compactMap { $0 }.map { citation in
            Texts.source(citation, policy.rules[citation.parameter]?.description)
        }
        return [
            Step(
                number: steps + 1, sentence: Texts.settled(owed.settled.total),
                arithmetic: Texts.asked(
                    proposal.quote.amounts.personPart, less: owed.settled.total, proposal.asked),
                amount: proposal.asked.description, sources: sources)
        ]
    }
}
