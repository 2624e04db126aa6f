import Journaling
import Syncing
import Vocabulary

/// A step that is in force in the store and has still to be written into the office's journal.
///
/// Store and journal are two files, and a power cut may fall between them. So the step is noted in
/// the transaction that makes it, written into the journal after it, and by the next start where it
/// was not.
struct Intention: Codable {
    var at: Instant
    var by: String
    var fact: Publication

    /// Each process journals its own steps, in its own journal.
    static func note(of journal: KioskID) -> String { "intention \(journal)" }

    init(_ step: Publication.Step, of proposal: Proposal, at: Instant, by: String) throws {
        let document = try SignedDocument(role: .policy, bytes: Array(proposal.statement.utf8))
        fact = Publication(
            step: step, version: proposal.version, manifest: document.fingerprint,
            note: proposal.note)
        self.at = at
        self.by = by
    }

    /// Notes it beside what it does.
    func put(_ session: any LedgerSession, for journal: KioskID) throws {
        try session.put(note: Intention.note(of: journal), try CompactJSON.encode(self))
    }

    fileprivate var stamp: Journal.Stamp {
        Journal.Stamp(at: at, day: at.day, by: by, session: "")
    }

    /// Whether an entry is this very step.
    fileprivate func isWritten(in entry: Entry) -> Bool {
        entry.header.at == at && entry.header.by == by && entry.fact == .publication(fact)
    }
}

extension Office {
    /// Makes a step that notes itself, and journals it; first one that a power cut left unjournaled.
    func journaling(
        _ step: Publication.Step, of proposal: Proposal, by id: String,
        _ change: (Intention) throws -> Void
    ) throws {
        let intention = try Intention(step, of: proposal, at: clock.now(), by: id)
        try carryOut()
        try change(intention)
        try carryOut()
    }

    /// Journals the step that was noted last, unless that was done already.
    func carryOut() throws {
        let name = Intention.note(of: journal.kiosk)
        guard let noted = try store.read({ try $0.note(name) }) else { return }
        let intention = try CompactJSON.decode(Intention.self, from: noted)
        let kind = Fact.publication(intention.fact).kind
        let newest = try journal.read { try $0.latest([kind], limit: 1) }
        if !newest.contains(where: intention.isWritten(in:)) {
            try journal.append(.publication(intention.fact), intention.stamp)
        }
        try takeOwnEntries()
        try store.write { try $0.forget(note: name) }
    }
}
