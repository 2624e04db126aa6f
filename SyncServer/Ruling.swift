import Collecting
import Hosting
import Journaling
import Merging
import Syncing
import Vocabulary

// What a rule holds up to a person: subjects folded, entries let in, and the county's rulings.
extension Office {
    /// Folds subjects again; each is a handful of entries.
    nonisolated func fold(
        _ subjects: Set<Hinge>, _ session: any LedgerSession, by policy: Policy
    ) throws {
        for subject in subjects {
            let entries = try session.entries(of: subject)
            let blocks = try Set(entries.map(\.kiosk)).map { kiosk in
                (kiosk, try session.blocks(of: kiosk))
            }
            let known = Known(
                blocks: Dictionary(uniqueKeysWithValues: blocks), policy: policy)
            try session.put(Merging.fold(subject, entries, knowing: known), of: subject)
        }
    }

    /// When the entry before one on a trunk was written; branches are looked at by a person anyway.
    nonisolated func before(
        _ placed: Placed, _ previous: Placed?, _ session: any LedgerSession
    ) throws -> Instant? {
        guard placed.branch == nil, placed.sequence > 1 else { return nil }
        if let previous, previous.kiosk == placed.kiosk, previous.branch == nil,
            previous.sequence == placed.sequence - 1
        {
            return previous.entry.header.at
        }
        return try session.entries(of: placed.kiosk, at: placed.sequence - 1)
            .first { $0.branch == nil }?.entry.header.at
    }

    /// Puts an entry in again after a ruling on it, and with it voids that waited for it.
    func putInAgain(_ kiosk: KioskID, _ sequence: Int, _ session: any LedgerSession) throws {
        let aside = try session.setAside(of: kiosk).filter { $0 > sequence }
        var again = try session.entries(of: kiosk, at: sequence)
        again += try aside.flatMap { try session.entries(of: kiosk, at: $0) }
            .filter { $0.voidsNumber == sequence }
        let through = try session.folded(of: kiosk) ?? session.journal(kiosk)?.through ?? 0
        again.removeAll { $0.branch == nil && $0.sequence > through }
        let closings = try session.closings()
        var changes = CacheChanges()
        for placed in again.reversed() {
            changes.foldAgain(try takeOut(placed, session, closings, &changes.books))
        }
        for placed in again { try putIn(placed, session, closings, &changes) }
        try changes.store(in: session)
        let touched = Set(again.flatMap(\.personYears).map(PersonAndYear.init))
        try fold(touched, session, by: policy)
        try fold(changes.subjects, session, by: policy)
    }

    /// A clerk rules on an entry; what moves money waits for another to confirm.
    func propose(_ ruling: Ruling, by id: String) throws -> Entry {
        try requireClerk(id)
        guard ruling.confirms == nil else { throw OfficeFault.nothingToRelease }
        return try append(ruling, by: id)
    }

    /// The second person repeats a ruling; from here on it holds.
    func confirmRuling(_ sequence: Int, by id: String) throws -> Entry {
        try requireClerk(id)
        guard let entry = try journal.read({ try $0.entry(sequence) }),
            case .ruling(var ruling) = entry.fact, ruling.confirms == nil
        else { throw OfficeFault.nothingToRelease }
        guard entry.header.by != id else { throw OfficeFault.samePerson }
        ruling.confirms = sequence
        return try append(ruling, by: id)
    }

    private func append(_ ruling: Ruling, by id: String) throws -> Entry {
        let now = clock.now()
        let entry = try journal.append(
            .ruling(ruling), Journal.Stamp(at: now, day: now.day, by: id, session: ""))
        try takeOwnEntries()
        return entry
    }

    /// What a person's year would come to under a ruling, found by folding with it.
    nonisolated func year(
        of person: PersonNumber, _ year: Int, with admitted: [Placed] = [], under ruling: Ruling?,
        by policy: Policy, _ session: any LedgerSession
    ) throws -> PersonYear {
        var entries = try session.entries(of: person, year: year) + admitted
        if let ruling { entries += try supposed(ruling) }
        return Merging.fold(person, year, entries, by: policy)
    }

    /// A proposal and its confirmation, as if two clerks had written them behind everything else.
    nonisolated private func supposed(_ ruling: Ruling) throws -> [Placed] {
        var confirmed = ruling
        confirmed.confirms = Int.max - 1
        return try [(ruling, "1"), (confirmed, "2")].enumerated().map { place, one in
            let sequence = Int.max - 1 + place
            let header = Entry.Header(
                kiosk: journal.kiosk, sequence: sequence, at: clock.now(), day: today,
                by: one.1, session: "", kind: Fact.ruling(one.0).kind)
            return Placed(
                kiosk: journal.kiosk, sequence: sequence,
                entry: try Entry(.ruling(one.0), header, after: .zero))
        }
    }
}

extension LedgerSession {
    /// Receipt numbers a desk was given.
    func blocks(of kiosk: KioskID) throws -> [ReceiptBlock] {
        guard let journal = try journal(kiosk) else { return [] }
        return try CompactJSON.decode([ReceiptBlock].self, from: Array(journal.blocks.utf8))
    }

    /// The latest ruling on an entry's matter that waits for a second person.
    func waitingRuling(on entry: Placed, _ matter: String) throws -> Placed? {
        let all = try rulings(on: entry.kiosk, entry.sequence).filter { placed in
            guard case .ruling(let ruling) = placed.entry.fact else { return false }
            return ruling.hash == entry.entry.hash && ruling.matter == matter
        }.sorted { $0.reference < $1.reference }
        let confirmed = Set(all.compactMap(\.confirmsNumber))
        guard let last = all.last(where: { $0.confirmsNumber == nil }),
            !confirmed.contains(last.sequence),
            Rulings(all).on(entry.entry, matter)?.by != last.reference
        else { return nil }
        return last
    }
}
