import Allotting
import Cataloguing
import Checking
import Identifying
import Journaling
import Pricing
import Scanning
import Settling
import Syncing
import Vocabulary

// One visit, from card to journal: scan, identify, price, settle, journal. Read this first.

extension Desk {
    /// Who is this? Verified offline, against the county's roll.
    func identify(_ typed: String) throws -> Patient {
        let scan = try interpret(typed)
        return try patient(try find(scan))
    }

    /// What would it cost, who would pay, and what should be said before?
    ///
    /// - Parameters:
    ///   - tenders: how the person pays, once that is known.
    ///   - session: who settles, once that is known.
    func quote(
        _ order: Order, paying tenders: Tenders? = nil, by session: Session? = nil
    ) throws -> Proposal {
        let patient = try patient(order)
        let bill = order.bill(for: patient.member, on: today, level: assignment.level)
        let quote = try price(
            bill, by: policy.rules, catalogue: policy.catalogue, given: patient.standing,
            within: patient.bounds)
        let findings = try findings(order, patient, paying: tenders, by: session)
        return Proposal(
            patient: patient, quote: quote, findings: findings,
            follows: try follows(quote, patient),
            owed: OwedToday(order, patient, quote, by: policy.rules, on: today))
    }

    /// Settles the visit and makes it durable; the same order again gives the same entry, and
    /// another one under its identity is refused.
    func settle(_ order: Order, paying tenders: Tenders, by session: Session) throws -> Entry {
        try require(.villageDoctor, session)
        if let known = try journal.read({ try $0.entry(identity: order.id) }) {
            guard case .visit(let visit) = known.fact, visit.person == order.person else {
                throw Refusal.identityTaken(order.id)
            }
            guard order.asks(for: visit) else {
                throw Refusal.saidDifferently(known.header.sequence)
            }
            return known
        }
        try requireTime()
        let proposal = try quote(order, paying: tenders, by: session)
        try proposal.admit(order)
        let settlement = try Settling.settle(
            proposal.quote,
            tenders: tenders.split(proposal.asked, ownPart: proposal.quote.amounts.personPart),
            account: proposal.account, owed: proposal.owed?.settled ?? [],
            family: tenders.family, balances: proposal.familyBalances)
        var visit = Visit(
            identity: order.id, patient: proposal.patient.identified, diagnoses: order.diagnoses,
            quote: proposal.quote, settlement: settlement, given: proposal.patient.standing,
            knowledge: try knowledge, overrides: proposal.overrides(order) + proposal.leftOut,
            days: order.lines.map(\.days), traces: order.lines.map(\.traces))
        visit.rights = try taking(proposal, settlement)
        return try journal.append(.visit(visit), stamp(session))
    }

    /// Takes a visit back with its mirror image; on the day itself, once, with a reason.
    func void(_ sequence: Int, reason: String, by session: Session) throws -> Entry {
        try require(.villageDoctor, session)
        guard !reason.allSatisfy(\.isWhitespace) else { throw Refusal.reasonNeeded }
        try requireTime()
        let (stamp, identity) = (stamp(session), randomness.identity())
        return try journal.append(stamp) { reader in
            guard let entry = try reader.entry(sequence), case .visit(let visit) = entry.fact else {
                throw Refusal.nothingToVoid(sequence)
            }
            guard try reader.voider(of: sequence) == nil else {
                throw Refusal.alreadyVoided(sequence)
            }
            guard entry.header.day == stamp.day else {
                throw Refusal.voidOnlySameDay(entry.header.day)
            }
            return .visitVoid(
                VisitVoid(identity: identity, of: visit, sequence: sequence, reason: reason))
        }
    }
}

/// A priced order with everything that is known about it.
struct Proposal: Sendable {
    let patient: Patient
    let quote: Quote
    let findings: [Finding]
    /// What the fund pays less today because this kiosk holds no right to it.
    let follows: Money
    /// What is settled with it of what the person is owed or owes; `nil` where nothing is open.
    let owed: OwedToday?

    /// What the person's account may pay of this bill.
    var account: Money {
        let held = patient.holdings?.held[.ownAccount].map { Money(fen: $0) }
        return min(patient.account, quote.paying.byAccounts, held ?? patient.account)
    }

    /// Stops and unanswered warnings.
    func open(_ order: Order) -> [Finding] {
        findings.filter { finding in
            switch finding.severity {
            case _ where finding.stage != .settling: false
            case .stop: true
            case .warn: order.reason(for: finding) == nil
            case .report: false
            }
        }
    }

    func admit(_ order: Order) throws {
        guard !order.diagnoses.isEmpty else { throw Refusal.noDiagnosis }
        let open = open(order)
        guard open.isEmpty else { throw Refusal.findings(open) }
    }

    func overrides(_ order: Order) -> [Visit.Override] {
        findings.filter { $0.severity == .warn }.compactMap { finding in
            order.reason(for: finding).map { Visit.Override(rule: finding.overrideKey, reason: $0) }
        }
    }
}

/// How the person pays the own part.
enum Tenders: Sendable, Equatable {
    /// All of it in one kind.
    case all(Tender)
    /// As listed, with what relatives' accounts pay; must sum to what is due.
    case listed([Tender: Money], family: [FamilyPayment] = [])

    var family: [FamilyPayment] {
        if case .listed(_, let family) = self { family } else { [] }
    }

    /// - Parameter ownPart: an account pays no more than that; what the person owes is no care.
    func split(_ due: Money, ownPart: Money? = nil) -> [Tender: Money] {
        switch self {
        case .all(.account) where due > ownPart ?? due:
            [.account: ownPart ?? due, .cash: due - (ownPart ?? due)]
        case .all(let tender): [tender: due]
        case .listed(let amounts, _): amounts
        }
    }
}

extension Desk {
    private func follows(_ quote: Quote, _ patient: Patient) throws -> Money {
        guard quote.reasons.contains(where: { $0.article == .heldHere }) else { return .zero }
        let free = try price(
            quote.bill, by: policy.rules, catalogue: policy.catalogue, given: patient.standing,
            explained: false)
        return free.amounts.fundTotal - quote.amounts.fundTotal
    }

    func patient(_ order: Order) throws -> Patient {
        guard let member = try shelf.member(order.person) else {
            throw IdentificationFault.unknownNumber(order.person)
        }
        return try patient(Identified(member: member, assurance: order.assurance))
    }
}
