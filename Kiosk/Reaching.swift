import Identifying
import Journaling
import Vocabulary

// How people are reached: anybody at a desk may write it down, since no money hangs on it.
extension Desk {
    /// A household's people as this desk knows them, its own entries counted.
    func people(of household: String) throws -> [Member] {
        let members = try shelf.household(household)
        guard !members.isEmpty else { throw Refusal.unknownHousehold(household) }
        return try members.map {
            try patient(Identified(member: $0, assurance: .name)).member
        }
    }

    /// Writes down what differs from what is known here.
    ///
    /// - Returns: nothing where nothing differs, so that pressing twice writes once.
    func reach(_ member: Member, at typed: ContactDetails, by session: Session) throws -> Entry? {
        guard typed.isPlausible else {
            throw Refusal.notReachable(typed.phone ?? "")
        }
        var (now, before) = (ContactDetails(), ContactDetails())
        if let phone = typed.phone, phone != member.phone ?? "" {
            (now.phone, before.phone) = (phone, member.phone)
        }
        if let group = typed.group, group != member.home.group {
            (now.group, before.group) = (group, member.home.group)
        }
        guard !now.isEmpty else { return nil }
        return try journal.append(
            .contact(
                ContactChange(
                    identity: randomness.identity(), person: member.number, now: now,
                    before: before)), stamp(session))
    }
}
