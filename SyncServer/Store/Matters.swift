import Journaling
import Merging
import Vocabulary

/// Clashes that no person-year holds, and what the county has ruled on entries.
protocol Matters {
    /// Notes which subjects entries speak of.
    func mark(_ marks: [Mark]) throws
    /// Forgets it, and says which they were.
    func unmark(_ placed: Placed) throws -> Set<Hinge>
    func entries(of subject: Hinge) throws -> [Placed]
    /// Replaces what a subject shows and carries the county's digest along.
    func put(_ clashes: [Clash], of subject: Hinge) throws
    func clashes(of subject: Hinge) throws -> [Clash]
    func matters(limit: Int) throws -> [(subject: Hinge, clash: Clash)]
    /// How people are reached, as far as any desk wrote it down.
    func contacts() throws -> [PersonNumber: ContactDetails]
    /// Every subject that any entry speaks of.
    func forEachHinge(_ body: (Hinge) throws -> Void) throws
    /// Keeps or forgets what later entries rest on: sign-ins and rulings.
    func cache(standing placed: Placed, keep: Bool) throws
    /// Rulings on an entry, proposals among them.
    func rulings(on kiosk: KioskID, _ sequence: Int) throws -> [Placed]
    /// Entries that anybody has ruled upon or proposed to.
    func ruledEntries() throws -> Set<EntryReference>
    /// The post under which a session was opened before a number of its journal.
    func role(in kiosk: KioskID, session: String, before sequence: Int) throws -> Role?
    /// The first request for a month to be closed.
    func proposedClosing(of month: Month) throws -> Placed?
    /// What stood in the books of a journal when it was found forked.
    func stood(_ kiosk: KioskID) throws -> Fingerprint?
    /// Of a forked journal under a closing, the entries beyond its trunk that stood then.
    func standingInClosings() throws -> [KioskID: (MonthClosed) -> Set<Fingerprint>]
    func isSetAside(_ reference: EntryReference) throws -> Bool
    /// People of the roll under one identity number, where there are several.
    func sameIdentity(limit: Int) throws -> [[PersonNumber]]
}

/// An entry speaks of a subject.
struct Mark: Sendable, Hashable {
    let entry: Placed
    let subject: Hinge
}
