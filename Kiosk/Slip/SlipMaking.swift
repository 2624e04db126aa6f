import Cataloguing
import Identifying
import Journaling
import Pricing
import Settling
import Syncing
import Vocabulary

extension Desk {
    /// The slip of a visit, a contribution, or of what took one back.
    func slip(_ sequence: Int) throws -> Slip {
        guard let entry = try journal.read({ try $0.entry(sequence) }) else {
            throw Refusal.nothingToVoid(sequence)
        }
        switch entry.fact {
        case .visit(let visit):
            return try slip(of: visit, in: entry, mark: try voidedMark(sequence))
        case .visitVoid(let void): return try slip(of: void, in: entry)
        case .contribution(let receipt):
            return try slip(of: receipt, in: entry, mark: try voidedMark(sequence))
        case .contributionVoid(let void): return try slip(of: void, in: entry)
        default: throw Refusal.nothingToVoid(sequence)
        }
    }

    /// A reprint of what was taken back says so.
    private func voidedMark(_ sequence: Int) throws -> String? {
        try journal.read { try $0.voider(of: sequence) }.map(Texts.voidedBy)
    }

    private func slip(of visit: Visit, in entry: Entry, mark: String?) throws -> Slip {
        let proof = proof(
            entry, visit.person.rawValue, visit.amounts.total, visit.amounts.fundTotal,
            visit.amounts.personPart)
        var slip = try blank(Texts.of("visitSlip"), entry, proof)
        slip.mark = mark
        slip.payer =
            try payer(visit.person) + [
                Slip.Row(label: Texts.of("kind"), value: Texts.word(visit.kind))
            ]
        slip.lines = visit.lines.map { line(of: $0, on: entry.header.day) }
        slip.parts = parts(visit.amounts)
        slip.payments = payments(visit.tenders) + (try payments(visit.family))
        let settled = try told(visit.settles, &slip)
        guard let quote = try again(visit, on: entry.header.day) else {
            slip.reasons = settled
            return slip
        }
        slip.reasons = Texts.short(quote.reasons) + settled
        let outlook = try Outlook(for: quote.bill, by: policy.rules, given: quote.standing)
        let here = visit.bounds.held[outlook.counter].map {
            $0 - (visit.use.counters[outlook.counter] ?? 0)
        }
        slip.counters = outlook.counters(here: here).map {
            Slip.Row(label: $0.label, value: $0.value)
        }
        return slip
    }

    /// Prices the visit again for its reasons; `nil` where a newer policy no longer gives the same.
    private func again(_ visit: Visit, on day: Day) throws -> Quote? {
        let quote = try? price(
            visit.bill(on: day), by: policy.rules, catalogue: policy.catalogue, given: visit.given,
            within: visit.bounds)
        return quote?.amounts == visit.amounts ? quote : nil
    }

    private func slip(of void: VisitVoid, in entry: Entry) throws -> Slip {
        let proof = proof(
            entry, void.person.rawValue, void.amounts.total, void.amounts.fundTotal,
            void.amounts.personPart)
        var slip = try blank(Texts.of("visitSlip"), entry, proof)
        slip.mark = Texts.redSlip(of: void.voids)
        slip.payer = try payer(void.person)
        if case .visit(let visit) = try journal.read({ try $0.entry(void.voids) })?.fact {
            slip.lines = visit.lines.map { line(of: $0, on: entry.header.day, sign: -1) }
        }
        slip.parts = parts(void.amounts)
        slip.payments = payments(void.tenders) + (try payments(void.family))
        slip.reasons =
            [Texts.voidReason(void.reason)] + (try told(void.settles, &slip, isVoid: true))
        return slip
    }

    /// What was settled beside the price: how much among the payments, why in a line of its own.
    private func told(
        _ settles: [OwedSum]?, _ slip: inout Slip, isVoid: Bool = false
    ) throws -> [String] {
        guard let settles else { return [] }
        let total = settles.total
        slip.payments =
            [
                Slip.Row(
                    label: Texts.settledLabel(isVoid ? -total : total), value: total.description),
                Slip.Row(
                    label: Texts.of("askedNow"), value: (slip.proof.person - total).description),
            ] + slip.payments
        let clinics = try clinics(of: settles)
        let why = isVoid ? [Texts.openAgain] : settles.map { Texts.settled($0, clinics) }
        return why + [Texts.askAbout(assignment)]
    }

    private func line(of line: Visit.Line, on day: Day, sign: Int = 1) -> Slip.Line {
        let item = policy.catalogue.item(line.code, day)
        let amount = Money(fen: sign * line.price.cost(of: line.quantity).fen)
        return Slip.Line(
            name: item?.name ?? line.code, detail: Texts.slipLine(line, item),
            amount: amount.description)
    }

    private func parts(_ amounts: Amounts) -> [Slip.Row] {
        let rows: [(String, Money)] = [
            ("total", amounts.total), ("outside", amounts.outside),
            ("overLimit", amounts.overLimit), ("ownShareFirst", amounts.ownShareFirst),
            ("inScope", amounts.inScope), ("deductiblePart", amounts.deductible),
            ("fundPart", amounts.fundTotal),
        ]
        return rows.filter { $0.1 != .zero || ["total", "fundPart"].contains($0.0) }
            .map { Slip.Row(label: Texts.of($0.0), value: $0.1.description) }
    }
}

// What all slips share.
extension Desk {
    func blank(_ title: String, _ entry: Entry, _ proof: SlipProof) throws -> Slip {
        let by = try shelf.operators().first { $0.id == entry.header.by }?.name ?? entry.header.by
        return Slip(
            title: title, clinic: fullName(assignment.name, in: assignment.townshipName),
            number: entry.header.sequence,
            at: "\(entry.header.day) \(entry.header.at.clockTime)",
            paid: proof.person.description, operatorName: by, proof: proof,
            proofText: try proof.signed(by: key))
    }

    func proof(
        _ entry: Entry, _ payer: String, _ total: Money, _ fund: Money, _ person: Money
    ) -> SlipProof {
        SlipProof(
            kiosk: entry.header.kiosk, sequence: entry.header.sequence, day: entry.header.day,
            payer: payer, total: total, fund: fund, person: person, head: entry.hash)
    }

    func payments(_ journaled: [String: Money]) -> [Slip.Row] {
        tenders(journaled).sorted { $0.key.rawValue < $1.key.rawValue }.map {
            Slip.Row(label: Texts.word($0.key), value: $0.value.description)
        }
    }

    /// What relatives' accounts paid, or were given back; nothing where none were used.
    private func payments(_ family: [FamilyPayment]?) throws -> [Slip.Row] {
        try (family ?? []).map { payment in
            let name = relativeName(try shelf.member(payment.owner)?.name, payment.owner)
            return Slip.Row(label: Texts.familyAccount(name), value: payment.amount.description)
        }
    }

    /// Name and identity number, both masked: slips lie about.
    private func payer(_ number: PersonNumber) throws -> [Slip.Row] {
        guard let member = try shelf.member(number) else {
            return [Slip.Row(label: Texts.of("person"), value: number.rawValue)]
        }
        return [
            Slip.Row(label: Texts.of("person"), value: masked(member.name)),
            Slip.Row(label: Texts.of("identity"), value: member.maskedIdentity),
        ]
    }
}
