import Collecting
import Journaling
import Merging
import Syncing
import Vocabulary

// One round of the county: parcel in, merge, acknowledgement out; and in the morning a bulletin.
// Read this first.

extension Office {
    /// Receives a parcel, merges it and signs for what is now stored.
    ///
    /// Everything happens in one durable transaction before the signature exists, so an
    /// acknowledgement never promises more than the disk holds. Repeating is harmless.
    func receive(_ packed: [UInt8]) throws -> [UInt8] {
        let parcel = try Parcel(packed: packed) { kiosk throws(ParcelFault) in
            try publicKey(of: kiosk)
        }
        let journal = try store.write { try merge(parcel, into: $0) }
        if let fork = journal.forkedAt { throw RoundFault.forked(parcel.kiosk, at: fork) }
        return try acknowledge(journal)
    }

    /// Adds what is new, folds the person-years it touches, and remembers the contact.
    private func merge(_ parcel: Parcel, into session: any LedgerSession) throws -> StoredJournal {
        let kiosk = parcel.kiosk
        guard var journal = try held(kiosk, session) else {
            throw ParcelFault.unknownDevice(kiosk)
        }
        journal.lastContact = clock.now()
        let holds = journal.forkedAt == nil ? journal.through : try session.holds(kiosk)
        let arrival = try place(parcel, trunk: journal.through, holds: holds) {
            try session.hash(kiosk, at: $0)
        }
        switch arrival {
        case .new(let entries): try add(entries, to: &journal, session)
        case .gap: break
        case .contested:
            let isNew = try session.keepFork(
                kiosk, from: parcel.firstSequence, after: parcel.previous, parcel.entries)
            if isNew { try restate(&journal, session) }
        }
        if arrival != .gap(holds: journal.through) { try session.keep(parcel.checkpoint) }
        try session.put(journal)
        return journal
    }

    private func add(
        _ entries: [Entry], to journal: inout StoredJournal, _ session: any LedgerSession
    ) throws {
        let placed = entries.enumerated().map { offset, entry in
            Placed(
                kiosk: journal.kiosk, sequence: journal.through + 1 + offset, entry: entry)
        }
        try session.append(placed)
        try fold(placed, session)
        journal.through += entries.count
        journal.head = entries.last?.hash ?? journal.head
        journal.lastEntryAt = entries.last?.header.at ?? journal.lastEntryAt
    }

    /// Folds stored entries into the ledger; what cannot be merged is set aside and blocks nothing.
    func fold(_ placed: [Placed], _ session: any LedgerSession) throws {
        var touched: Set<PersonAndYear> = []
        var decided: Set<KioskID> = []
        var (books, closings) = (Books(), try session.closings())
        for entry in placed {
            if case .monthClosed = entry.entry.fact, try hindrance(of: entry, session) == nil {
                // What stands in the books so far is moved by the closing, so it is stored first.
                try session.store(books)
                books = Books()
                try leaveOut(entry, session, &books)
                closings = try session.closings()
            }
            try putIn(entry, session, closings, &books)
            touched.formUnion(entry.personYears.map(PersonAndYear.init))
            if case .branchDecision(let decision) = entry.entry.fact {
                decided.insert(decision.kiosk)
            }
        }
        try session.store(books)
        for one in touched { try fold(one, session) }
        for kiosk in decided { try restate(kiosk, session) }
    }

    /// Why an entry cannot be merged, in a sentence for the office; `nil` for a sound one.
    nonisolated func hindrance(of placed: Placed, _ session: any LedgerSession) throws -> String? {
        if let reason = placed.hindrance { return reason }
        switch placed.entry.fact {
        case .branchDecision, .adjustment, .monthClosed, .allotment:
            let writer = try session.journal(placed.kiosk)?.institution
            if writer != county { return "only the county decides" }
        case .rightsClosed(let closed) where closed.holder != placed.kiosk || closed.through != nil:
            let writer = try session.journal(placed.kiosk)?.institution
            if writer != county { return "only the holder or the county closes rights" }
        default: break
        }
        return try hindranceOfVoid(placed, session)
    }

    /// A void counts only where it mirrors a stored fact of the same journal that no earlier entry
    /// has voided: no effect twice, and none of something unknown.
    nonisolated private func hindranceOfVoid(
        _ placed: Placed, _ session: any LedgerSession
    ) throws -> String? {
        guard let number = placed.voidsNumber else { return nil }
        guard number < placed.sequence else { return "voids something later" }
        let mirrored = try session.entries(of: placed.kiosk, at: number).filter {
            placed.entry.fact.mirrors($0.entry.fact)
        }
        guard !mirrored.isEmpty else { return "voids something unknown" }
        for (person, year) in placed.personYears {
            let earlier = try session.entries(of: person, year: year).contains {
                $0.kiosk == placed.kiosk && $0.voidsNumber == number
                    && ($0.sequence, $0.entry.hash) < (placed.sequence, placed.entry.hash)
                    && $0.mirrorsAny(of: mirrored)
            }
            if earlier { return "voids something voided before" }
        }
        return nil
    }

    func fold(_ one: PersonAndYear, _ session: any LedgerSession) throws {
        try fold(one, session, by: policy)
    }

    nonisolated func fold(
        _ one: PersonAndYear, _ session: any LedgerSession, by policy: Policy
    ) throws {
        let entries = try session.entries(of: one.person, year: one.year)
        try session.put(Merging.fold(one.person, one.year, entries, by: policy))
    }

    func acknowledge(_ journal: StoredJournal) throws -> [UInt8] {
        let acknowledgement = Acknowledgement(
            county: trust.county, kiosk: journal.kiosk, through: journal.through,
            head: journal.head, at: clock.now(),
            setAside: try store.read { try $0.setAside(of: journal.kiosk) },
            device: Acknowledgement.Device(
                publicKey: journal.publicKey, institution: journal.institution,
                name: journal.name,
                blocks: try CompactJSON.decode(
                    [ReceiptBlock].self, from: Array(journal.blocks.utf8))))
        return try SignedDocument(role: .acknowledgement, acknowledgement, key: service).bytes
    }

    private func publicKey(of kiosk: KioskID) throws(ParcelFault) -> [UInt8] {
        let journal: StoredJournal?
        do { journal = try store.read { try held(kiosk, $0) } } catch {
            throw .unknownDevice(kiosk)
        }
        guard let journal, let key = unhex(journal.publicKey), key.count == 32 else {
            throw .unknownDevice(kiosk)
        }
        guard !journal.revoked else { throw .revokedDevice(kiosk) }
        return key
    }
}

/// What a round cannot settle by itself.
enum RoundFault: Error, Equatable {
    /// The journal says two things under one number: the box was cloned or set back.
    case forked(KioskID, at: Int)
}

/// The unit of merging, as a key.
struct PersonAndYear: Hashable {
    let person: PersonNumber
    let year: Int

    init(_ pair: (PersonNumber, Int)) { (person, year) = pair }
}

extension Placed {
    fileprivate func mirrorsAny(of originals: [Placed]) -> Bool {
        originals.contains { entry.fact.mirrors($0.entry.fact) }
    }

    /// Why the entry cannot be merged, in a sentence for the office; `nil` for a sound one.
    var hindrance: String? {
        if case .unknown(let kind) = entry.fact { return "unknown kind \(kind)" }
        let faults = entry.inconsistencies(as: kiosk, sequence: sequence)
        if !faults.isEmpty { return faults.joined(separator: "; ") }
        return entry.fact.isPlausible ? nil : "amounts no clinic could have"
    }
}
