import Hosting
import Journaling
import Merging
import Syncing
import Vocabulary

// A journal that says two things under one number. Everything it ever said is kept; what counts is
// found from the whole set, so that two servers agree whatever reached them first.
extension Office {
    /// Finds trunk and branches again and carries every cache along.
    ///
    /// Work is proportional to what lies beyond the first contested number.
    ///
    /// - Parameter before: closed months as they stood before anything new was kept.
    func restate(
        _ journal: inout StoredJournal, _ session: any LedgerSession, closed before: Closings
    ) throws {
        let kiosk = journal.kiosk
        let reached = journal.through
        let known = try session.beyond(kiosk)
        let branches = try session.branches(of: kiosk)
        let entries = try session.entries(of: kiosk, behind: min(reached, branches.through))

        var touched: Set<PersonAndYear> = []
        var changes = CacheChanges()
        for placed in entries.reversed() {
            let standing = known[placed.entry.hash]
            // What stood on the trunk so far is what was stored first under its number.
            let stood =
                try standing == nil && placed.sequence <= reached
                && session.hash(kiosk, at: placed.sequence) == placed.entry.hash
            guard standing != nil || stood else { continue }
            changes.foldAgain(
                try takeOut(placed.standing(standing), session, before, &changes.books))
            touched.formUnion(placed.personYears.map(PersonAndYear.init))
        }
        (journal.through, journal.head) = (branches.through, branches.head)
        journal.forkedAt = branches.forkedAt
        let standings = branches.standings(try session.decisions(on: kiosk))
        try session.put(beyond: branches.beyond, standings, of: kiosk)
        let closings = try session.closings()
        for placed in entries {
            let standing = standings[placed.entry.hash]
            try putIn(placed.standing(standing), session, closings, &changes)
            touched.formUnion(placed.personYears.map(PersonAndYear.init))
        }
        try changes.store(in: session)
        try fold(touched, session, by: policy)
        try fold(changes.subjects, session, by: policy)
    }

    /// Restates another journal than the one in hand.
    func restate(_ kiosk: KioskID, _ session: any LedgerSession) throws {
        guard var journal = try session.journal(kiosk), journal.forkedAt != nil else { return }
        try restate(&journal, session, closed: try session.closings())
        try session.put(journal)
    }

    /// The mirror image of ``putIn(_:_:_:_:after:)``.
    ///
    /// - Returns: the subjects to be folded again.
    func takeOut(
        _ placed: Placed, _ session: any LedgerSession, _ closings: Closings, _ books: inout Books
    ) throws -> Set<Hinge> {
        if try session.takeBack(setAside: placed.reference) { return [] }
        let context = try session.bookingContext(of: placed)
        let places = places(placed, context, closings)
        if !places.isEmpty, try placed.branch != .left || hindrance(of: placed, session) == nil,
            let booking = book(placed, context)
        {
            books.add(booking, at: places, taking: true)
        }
        guard placed.branch != .left else { return [] }
        try session.uncache(placed)
        if !placed.isHeld { try session.cache(standing: placed, keep: false) }
        return try session.unmark(placed)
    }

    /// One entry into the caches and the books, or aside with its reason.
    ///
    /// - Parameter previous: the entry before in the same journal, where the caller has it.
    nonisolated func putIn(
        _ placed: Placed, _ session: any LedgerSession, _ closings: Closings,
        _ changes: inout CacheChanges, after previous: Placed? = nil
    ) throws {
        if placed.restsOnOthers || changes.isLarge { try changes.store(in: session) }
        if placed.isVisit { changes.span(placed) }
        if let reason = try hindrance(of: placed, session) {
            if placed.branch != .left { try session.setAside(placed.reference, reason: reason) }
            return
        }
        let booked = try session.bookingContext(of: placed)
        let places = places(placed, booked, closings)
        guard let booking = book(placed, booked) else {
            if placed.branch != .left {
                try session.setAside(placed.reference, reason: "the bookings do not sum")
            }
            return
        }
        changes.books.add(booking, at: places)
        // On whichever branch: a kiosk that holds a version holds it.
        if case .bulletinRead(let read) = placed.entry.fact {
            try session.note(read, of: placed.kiosk)
        }
        guard placed.branch != .left else { return }
        // The post a session was opened under, and a ruling, are asked for by what comes next.
        if !placed.isHeld { try session.cache(standing: placed, keep: true) }
        let context = HingeContext(
            before: try before(placed, previous, session), voided: booked.voided?.entry)
        changes.count(placed, placed.hinges(context))
    }

    /// A clerk says which branches count; nothing changes until another confirms.
    func propose(_ decision: BranchDecision, by id: String) throws -> Entry {
        try requireClerk(id)
        return try decide(decision, by: id)
    }

    /// The second person repeats a proposal; from here on the named branches count.
    func confirm(_ sequence: Int, by id: String) throws -> Entry {
        try requireClerk(id)
        guard let entry = try journal.read({ try $0.entry(sequence) }),
            case .branchDecision(var decision) = entry.fact, decision.confirms == nil
        else { throw OfficeFault.nothingToRelease }
        guard entry.header.by != id else { throw OfficeFault.samePerson }
        decision.confirms = sequence
        return try decide(decision, by: id)
    }

    private func decide(_ decision: BranchDecision, by id: String) throws -> Entry {
        let now = clock.now()
        let entry = try journal.append(
            .branchDecision(decision),
            Journal.Stamp(at: now, day: now.day, by: id, session: ""))
        try takeOwnEntries()
        return entry
    }

    /// - Throws: ``OfficeFault/wrongPIN``.
    func checkPIN(of id: String, _ pin: String) throws {
        guard let person = try store.read({ try $0.operators() }).first(where: { $0.id == id }),
            try PIN.matches(pin, person)
        else { throw OfficeFault.wrongPIN }
    }

    func requireClerk(_ id: String) throws {
        guard let person = try store.read({ try $0.operators() }).first(where: { $0.id == id })
        else { throw OfficeFault.unknownOperator(id) }
        guard person.role == .countyClerk else { throw OfficeFault.roleNotAllowed(id) }
    }
}

extension Placed {
    /// What stands before it in the caches has to be there when it is looked at: a void looks for
    /// other voids of the same, a day's close for the one before. Posts, rulings and what is set
    /// aside are written at once, and closings are read anew where one moves.
    fileprivate var restsOnOthers: Bool {
        if case .dayClose = entry.fact { true } else { voidsNumber != nil }
    }

    /// The same entry under another standing.
    func standing(_ standing: Branches.Standing?) -> Placed {
        Placed(kiosk: kiosk, sequence: sequence, entry: entry, branch: standing)
    }
}
