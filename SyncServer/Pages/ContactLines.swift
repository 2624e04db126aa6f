import Identifying
import Journaling
import Merging
import Vocabulary

/// How a person is reached: what holds and who said so, and what another desk said beside it.
struct ContactLines {
    let member: Member
    let contact: Contact
    let session: any LedgerSession
    let places: Places

    func lines() throws -> [FactLine] {
        [
            FactLine(
                Texts.label("phone"),
                try cell(contact.phone, Texts.phone)
                    ?? Cell(
                        member.phone ?? Texts.none,
                        note: member.phone == nil ? "" : Texts.onTheRoll)),
            FactLine(
                Texts.label("group"),
                try cell(contact.group, Texts.group)
                    ?? Cell(Texts.group(member.home.group), note: Texts.onTheRoll)),
        ]
    }

    private func cell<Value>(
        _ said: Contact.Said<Value>?, _ words: (Value) -> String
    ) throws -> Cell? {
        guard let said else { return nil }
        let noted = try noted(said.by)
        guard let other = said.other else {
            return Cell(words(said.value), to: said.by.href, note: noted)
        }
        let subject = Hinge.contact(member.number)
        let clash = try session.clashes(of: subject).first { $0.entries.last == said.by }
        return .state(
            .late, words(said.value), to: clash.map { subject.href($0) } ?? said.by.href,
            note: noted + "；" + Texts.otherwise(words(other.value), try self.noted(other.by)))
    }

    private func noted(_ reference: EntryReference) throws -> String {
        let day = try session.entry(reference)?.entry.header.day
        return Texts.noted(day ?? Day(number: 0), at: places.name(reference.kiosk))
    }
}
