import Identifying
import Journaling
import Merging
import Settling
import Vocabulary

// Relatives who share an account, on a person's page.

extension Member {
    /// Relatives whose accounts may pay for this person, in the order in which they are asked.
    func payers(in year: Int, _ session: any LedgerSession) throws -> [FactLine] {
        try (familyAccounts ?? []).map { owner in
            FactLine(
                Texts.familyPayer,
                Cell(
                    owner.rawValue, to: memberHref(owner, year),
                    note: try session.maskedName(owner)))
        }
    }
}

extension Visit {
    /// In the patient's year: what relatives' accounts paid of it.
    var familyRemark: [String] { family.map { [Texts.paidByFamily($0.total)] } ?? [] }
}

extension YearStory {
    /// What a relative's visit, or its void, took from this person's account or rights; `nil` for
    /// everything that is this person's own.
    func paidForRelative(_ placed: Placed) -> Money? {
        switch placed.entry.fact {
        case .visit(let visit) where visit.person != member.number: break
        case .visitVoid(let void) where void.person != member.number: break
        default: return nil
        }
        return placed.entry.fact.drawn(from: member.number)
    }

    /// Such a visit as it concerns this person: what was paid, and nothing of the illness.
    func line(_ placed: Placed, _ drawn: Money) -> [Cell] {
        let header = placed.entry.header
        return [
            Cell(header.day.description, to: placed.reference.href, note: header.at.clockTime),
            Cell(places.name(placed.kiosk), note: Texts.entryNumber(placed.reference)),
            Cell(Texts.kind(placed.entry.fact), note: Texts.paidForRelative), .money(drawn),
        ] + (0..<3).map { _ in Cell("", css: "num") }
    }
}
