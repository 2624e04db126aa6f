import Collecting
import Identifying
import Journaling
import Vocabulary

extension Desk {
    /// The receipt of a household's contribution, with its pre-allocated number.
    func slip(of receipt: ContributionReceipt, in entry: Entry, mark: String?) throws -> Slip {
        let standard = receipt.lines.sum { $0.charged }
        let relief = receipt.lines.sum { $0.relief }
        let proof = proof(entry, receipt.household, standard, relief, receipt.total)
        var slip = try blank(Texts.contributionReceipt(receipt.year), entry, proof)
        slip.mark = mark
        slip.receipt = Slip.ReceiptNumber(
            code: receipt.code, number: receiptNumber(receipt.number))
        slip.payer = [Slip.Row(label: Texts.of("household"), value: receipt.household)]
        slip.lines = try receipt.lines.map { line in
            let member = try shelf.member(line.person)
            return Slip.Line(
                name: member.map { masked($0.name) } ?? line.person.rawValue,
                detail: Texts.receiptLine(line, identity: member?.maskedIdentity),
                amount: line.paid.description)
        }
        slip.parts = [
            Slip.Row(label: Texts.of("standard"), value: standard.description),
            Slip.Row(label: Texts.of("relief"), value: relief.description),
        ]
        slip.payments = payments(receipt.tenders)
        slip.capitals = Texts.capitals(receipt.total)
        return slip
    }

    /// What takes a receipt back: the same number, negative.
    func slip(of void: ContributionVoid, in entry: Entry) throws -> Slip {
        guard case .contribution(let receipt) = try journal.read({ try $0.entry(void.voids) })?.fact
        else { throw Refusal.nothingToVoid(void.voids) }
        let standard = receipt.lines.sum { $0.charged }
        let relief = receipt.lines.sum { $0.relief }
        let proof = proof(entry, receipt.household, -standard, -relief, -receipt.total)
        var slip = try self.slip(of: receipt, in: entry, mark: Texts.redSlip(of: void.voids))
        slip.proof = proof
        slip.proofText = try proof.signed(by: key)
        slip.paid = proof.person.description
        slip.lines = zip(slip.lines, receipt.lines).map { line, original in
            Slip.Line(name: line.name, detail: line.detail, amount: (-original.paid).description)
        }
        slip.parts = [
            Slip.Row(label: Texts.of("standard"), value: (-standard).description),
            Slip.Row(label: Texts.of("relief"), value: (-relief).description),
        ]
        slip.payments = payments(void.tenders)
        slip.capitals = Texts.capitals(-receipt.total)
        slip.reasons = [Texts.voidReason(void.reason)]
        return slip
    }
}
