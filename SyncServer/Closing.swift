import Hosting
import Journaling
import Merging
import Syncing
import Vocabulary

/// How far the closing of a month has come.
enum MonthStep: Equatable {
    /// One clerk asked for it; another has to close.
    case proposed(Entry)
    case closed(Entry)
}

// Months are closed by two clerks and stay as they were, whatever is found later.
extension Office {
    /// The first clerk asks for a month that is over to be closed, the second closes it: what is
    /// merged by then stands, what comes later is late.
    func close(_ month: Month, by id: String, pin: String) throws -> MonthStep {
        try checkPIN(of: id, pin)
        try requireClerk(id)
        guard month < Month(of: today) else { throw OfficeFault.monthNotOver(month) }
        guard try store.read({ try !$0.closings().isClosed(month) }) else {
            throw OfficeFault.monthClosed(month)
        }
        guard let proposal = try store.read({ try $0.proposedClosing(of: month) }) else {
            return .proposed(try append(.monthProposed(MonthProposed(month: month)), by: id))
        }
        guard proposal.entry.header.by != id else { throw OfficeFault.samePerson }
        try bookAdjustments()
        let closed = try store.read { session in
            MonthClosed(
                month: month,
                through: Dictionary(
                    uniqueKeysWithValues: try session.journals().map {
                        ($0.kiosk.rawValue, $0.through)
                    }), heads: try forkedHeads(session), confirms: proposal.sequence)
        }
        return .closed(try append(.monthClosed(closed), by: id))
    }

    private func append(_ fact: Fact, by id: String) throws -> Entry {
        let now = clock.now()
        let entry = try journal.append(
            fact, Journal.Stamp(at: now, day: now.day, by: id, session: ""))
        try takeOwnEntries()
        return entry
    }

    /// Of forked journals, the end of the trunk and of the branches that count.
    private func forkedHeads(_ session: any LedgerSession) throws -> [String: [Fingerprint]]? {
        var heads: [String: [Fingerprint]] = [:]
        for journal in try session.journals() where journal.forkedAt != nil {
            let counting = try session.beyond(journal.kiosk).filter { $0.value == .counts }
            let links = try session.branches(of: journal.kiosk).beyond
                .filter { counting[$0.hash] != nil }
            let inner = Set(links.map(\.previous))
            heads[journal.kiosk.rawValue] =
                [journal.head] + links.map(\.hash).filter { !inner.contains($0) }
        }
        return heads.isEmpty ? nil : heads
    }

    /// Says in the office's journal what stood in the books when journals were found forked, so that
    /// months closed with them stay as they are.
    ///
    /// Ledger and journal are two files: what a power cut left unsaid is said with the next parcel.
    func keepClosedMonths() throws {
        let awaited = try store.read { try $0.awaitedForks() }
        guard !awaited.isEmpty else { return }
        let unsaid = try store.read { session in
            try awaited.filter { try session.stood($0.kiosk) == nil }
        }
        let now = clock.now()
        for found in unsaid {
            try journal.append(
                .forkFound(found), Journal.Stamp(at: now, day: now.day, by: "", session: ""))
        }
        try store.write { try $0.forget(awaited) }
        if !unsaid.isEmpty { try takeOwnEntries() }
    }

    /// Takes entries that a closing leaves out from the days they stand on to the open month, and
    /// puts back into closed months what stood there before a fork was found.
    nonisolated func leaveOut(
        _ moving: Placed, _ session: any LedgerSession, _ books: inout Books
    ) throws {
        let before = try session.closings()
        try session.cache(basis: moving, keep: true)
        let after = try session.closings()
        for placed in try moved(by: moving, session) {
            let context = try session.bookingContext(of: placed)
            let (old, new) = (
                places(placed, context, before), places(placed, context, after)
            )
            guard !old.elementsEqual(new, by: ==), try hindrance(of: placed, session) == nil,
                let booking = book(placed, context)
            else { continue }
            books.add(booking, at: old, taking: true)
            books.add(booking, at: new)
        }
    }

    /// Entries whose place in the books may hang on a closing or on a fork that was found.
    nonisolated private func moved(by moving: Placed, _ session: any LedgerSession) throws
        -> [Placed]
    {
        switch moving.entry.fact {
        case .monthClosed(let closed):
            try session.journals().flatMap { journal -> [Placed] in
                let held = closed.through[journal.kiosk.rawValue] ?? 0
                guard journal.forkedAt == nil else {
                    return try session.notSetAside(
                        of: journal.kiosk, behind: min(held, journal.through))
                }
                return journal.through > held
                    ? try session.counted(of: journal.kiosk, behind: held) : []
            }
        case .forkFound(let found):
            try session.notSetAside(
                of: found.kiosk, behind: try session.journal(found.kiosk)?.through ?? 0)
        default: []
        }
    }
}

extension LedgerSession {
    /// Everything behind a number of a forked journal that is not kept without effect.
    fileprivate func notSetAside(of kiosk: KioskID, behind sequence: Int) throws -> [Placed] {
        try entries(of: kiosk, behind: sequence).filter { try !isSetAside($0.reference) }
    }

    /// Notes in the transaction that finds a fork what the office's journal has to say of it.
    func remember(_ found: ForkFound) throws {
        try put(awaited: try awaitedForks() + [found])
    }

    func awaitedForks() throws -> [ForkFound] {
        try note(forksNote).map { try CompactJSON.decode([ForkFound].self, from: $0) } ?? []
    }

    fileprivate func forget(_ said: [ForkFound]) throws {
        try put(awaited: try awaitedForks().filter { !said.contains($0) })
    }

    private func put(awaited forks: [ForkFound]) throws {
        guard !forks.isEmpty else { return try forget(note: forksNote) }
        try put(note: forksNote, try CompactJSON.encode(forks))
    }
}

private let forksNote = "forksFound"
