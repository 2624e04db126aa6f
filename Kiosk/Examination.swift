import Cataloguing
import Checking
import Identifying
import Journaling
import Pricing
import Syncing
import Vocabulary

// What this desk knows of a visit, put before the review rules.

extension Desk {
    /// What the rules say while the bill is typed and when it is settled; where both speak of one
    /// thing, the settlement's word stands.
    func findings(
        _ order: Order, _ patient: Patient, paying tenders: Tenders?, by session: Session?
    ) throws -> [Finding] {
        let encounter = try encounter(order, patient, paying: tenders, by: session)
        let settling = try check(
            encounter, at: .settling, by: policy.rules, knowing: policy.knowledge)
        let keys = Set(settling.map(\.overrideKey))
        let entering = try check(
            encounter, at: .entering, by: policy.rules, knowing: policy.knowledge
        ).filter { !keys.contains($0.overrideKey) }
        return (settling + entering).enumerated().sorted {
            ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset)
        }.map { named($0.element) }
    }

    private func encounter(
        _ order: Order, _ patient: Patient, paying tenders: Tenders?, by session: Session?
    ) throws -> Encounter {
        let items = order.lines.map { item($0) }
        var encounter = Encounter(
            member: patient.member, eligibility: patient.eligibility, day: today, kind: order.kind,
            items: items, history: patient.history)
        encounter.level = assignment.level
        encounter.diagnoses = order.diagnoses
        encounter.at = clock.now()
        encounter.paysFromAccount = tenders?.useAccount ?? false
        encounter.staff = Encounter.Staff(
            licensedThrough: session?.person.licensedThrough,
            suspendedThrough: session?.person.suspendedThrough,
            agreementThrough: assignment.agreementThrough)
        let scanned = !order.lines.allSatisfy { $0.traces?.isEmpty ?? true }
        let visits = try recentVisits.standing(
            scanned ? Desk.visitsAskedForTraces : Desk.visitsLately, in: journal)
        encounter.lately = visits.prefix(Desk.visitsLately).map {
            Encounter.Settled(person: $0.visit.person, at: $0.at, content: $0.visit.content)
        }
        encounter.soldTraces = Set(visits.flatMap { $0.visit.lines.flatMap { $0.traces ?? [] } })
        return encounter
    }

    /// How far back one desk looks by itself; the county looks at everything.
    private static let visitsLately = 20
    private static let visitsAskedForTraces = 500

    private func item(_ line: Order.Line) -> Encounter.Item {
        let known = policy.catalogue.item(line.code, today)
        var item = Encounter.Item(
            code: line.code, feeType: known?.feeType ?? .other, price: line.price,
            priceLimit: known?.priceLimit(at: assignment.level), days: line.days)
        item.quantity = line.quantity
        item.traces = line.traces ?? []
        // Essential and centrally purchased drugs are published at what they are bought for.
        if let known, !Set(known.flags).isDisjoint(with: ["essential", "central"]) {
            item.purchasePrice = known.price
        }
        return item
    }

    /// The other item of a finding by its name, as people call it.
    private func named(_ finding: Finding) -> Finding {
        guard let code = finding.evidence["item"],
            let name = policy.catalogue.item(code, today)?.name
        else { return finding }
        return Finding(
            finding.check, finding.severity, at: finding.stage, line: finding.line,
            finding.evidence.merging(["item": name]) { $1 }, finding.citation)
    }
}

extension Tenders {
    var useAccount: Bool {
        switch self {
        case .all(let tender): tender == .account
        case .listed(let amounts, let family):
            amounts[.account] ?? .zero > .zero || !family.isEmpty
        }
    }
}
