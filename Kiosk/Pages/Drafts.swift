import Identifying
import Journaling
import Settling
import Syncing
import Vocabulary

/// Names what an operator saw before pressing settle: which order, how much was due, and what whose
/// account pays of it. Stands in the page, so it tells nobody's number.
func markSeen(_ order: Order, _ due: Money, _ accounts: ByAccounts) -> String {
    let family = accounts.family.map { "\($0.owner)=\($0.amount.fen)" }
    let words = [order.id, "\(due.fen)", "\(accounts.own.fen)"] + family
    return String("\(SyncingHash.of(Array(words.joined(separator: " ").utf8)))".prefix(16))
}

/// The order an operator is entering, kept on disk at every key press that reaches us.
///
/// A visit that is left for another patient is put aside under the person's number and comes back
/// when that person does.
struct Drafts: Sendable {
    let desk: Desk
    let owner: String

    /// The order being entered; one that was settled before a power cut is not offered again.
    func current() throws -> Order? {
        guard let order = try desk.shelf.draft(of: owner) else { return nil }
        guard try desk.journal.read({ try $0.entry(identity: order.id) }) == nil else {
            try finish(order)
            return nil
        }
        return order
    }

    func keep(_ order: Order) throws { try desk.shelf.keep(order, of: owner) }

    /// Begins a person's visit, or goes on with the one that was put aside.
    ///
    /// - Returns: the person whose visit was put aside for it.
    @discardableResult
    func begin(_ patient: Patient) throws -> PersonNumber? {
        let left = try putAside(unless: patient.member.number)
        if left == nil, var same = try current() {
            same.assurance = patient.identified.assurance
            try keep(same)
            return nil
        }
        var order = Order(id: desk.randomness.identity(), patient: patient.identified)
        if let aside = try desk.shelf.draft(of: place(patient.member.number)) {
            order = aside
            order.assurance = patient.identified.assurance
        }
        try keep(order)
        return left.flatMap { $0.lines.isEmpty ? nil : $0.person }
    }

    func finish(_ order: Order) throws {
        for owner in [owner, place(order.person)]
        where try desk.shelf.draft(of: owner)?.id == order.id {
            try desk.shelf.keep(nil, of: owner)
        }
    }

    /// Makes room for the next patient without losing anything.
    @discardableResult
    func putAside(unless person: PersonNumber? = nil) throws -> Order? {
        guard let order = try current(), order.person != person else { return nil }
        let isEmpty = order.lines.isEmpty && order.diagnoses.isEmpty
        try desk.shelf.keep(isEmpty ? nil : order, of: place(order.person))
        try desk.shelf.keep(nil, of: owner)
        return order
    }

    private func place(_ person: PersonNumber) -> String { "\(owner)/\(person)" }
}
