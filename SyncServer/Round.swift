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
        let stood = try store.read { try $0.journal(parcel.kiosk) }
        let journal = try store.write { try merge(parcel, into: $0) }
        if let fork = journal.forkedAt {
            if let stood, stood.forkedAt == nil {
                try keepClosedMonths(of: journal, stood: stood.head)
            }
            throw RoundFault.forked(parcel.kiosk, at: fork)
        }
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
            let closings = try session.closings()
            let isNew = try session.keepFork(
                kiosk, from: parcel.firstSequence, after: parcel.previous, parcel.entries)
            if isNew { try restate(&journal, session, closed: closings) }
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
        var (subjects, previous): (Set<Hinge>, Placed?) = ([], nil)
        var (books, closings) = (Books(), try session.closings())
        for entry in placed {
            if entry.movesClosedMonths, try hindrance(of: entry, session) == nil {
                // What stands in the books so far is moved by the closing, so it is stored first.
                try session.store(books)
                books = Books()
                try leaveOut(entry, session, &books)
                closings = try session.closings()
            }
            subjects.formUnion(
                try putIn(entry, session, closings, &books, after: previous))
            touched.formUnion(entry.personYears.map(PersonAndYear.init))
            previous = entry
        }
        try session.store(books)
        for one in touched { try fold(one, session) }
        try fold(subjects, session, by: policy)
        try takeEffect(placed, session)
    }

    /// Decisions of the county reach entries that were put in before.
    private func takeEffect(_ placed: [Placed], _ session: any LedgerSession) throws {
        for case .branchDecision(let decision) in placed.map(\.entry.fact) {
            try restate(decision.kiosk, session)
        }
        for case .ruling(let ruling) in placed.map(\.entry.fact) {
            try putInAgain(ruling.kiosk, ruling.sequence, session)
        }
    }

    /// Why an entry cannot be merged, in a sentence for the office; `nil` for a sound one.
    nonisolated func hindrance(of placed: Placed, _ session: any LedgerSession) throws -> String? {
        if let reason = placed.hindrance { return reason }
        switch placed.entry.fact {
        case .branchDecision, .adjustment, .monthClosed, .monthProposed, .forkFound, .ruling,
            .allotment:
            let writer = try session.journal(placed.kiosk)?.institution
            if writer != county { return "only the county decides" }
        case .rightsClosed(let closed) where closed.holder != placed.kiosk || closed.through != nil:
            let writer = try session.journal(placed.kiosk)?.institution
            if writer != county { return "only the holder or the county closes rights" }
        default: break
        }
        if let number = placed.confirmsNumber {
            let stored = try session.entries(of: placed.kiosk, at: number)
            if let reason = ownApproval(placed, proposal: stored.first) { return reason }
        }
        return try hindranceOfOperator(placed, session) ?? hindranceOfVoid(placed, session)
    }

    /// Whoever's post does not do what the entry says, unless two clerks have let it in.
    nonisolated private func hindranceOfOperator(
        _ placed: Placed, _ session: any LedgerSession
    ) throws -> String? {
        guard placed.movesMoney else { return nil }
        let role = try session.role(
            in: placed.kiosk, session: placed.entry.header.session, before: placed.sequence)
        guard let reason = operatorNotAllowed(placed.entry.fact, role: role) else { return nil }
        let rulings = Rulings(try session.rulings(on: placed.kiosk, placed.sequence))
        return rulings.admits(placed.entry) ? nil : reason
    }

    /// A void counts only where it mirrors a stored fact of the same journal that no earlier entry
    /// has voided: no effect twice, and none of something unknown.
    nonisolated private func hindranceOfVoid(
        _ placed: Placed, _ session: any LedgerSession
    ) throws -> String? {
        guard let number = placed.voidsNumber else { return nil }
        return try voidWithoutEffect(
            placed, stored: try session.entries(of: placed.kiosk, at: number),
            setAside: { try session.isSetAside($0.reference) },
            others: try placed.personYears.flatMap { person, year in
                try session.entries(of: person, year: year)
            })
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
    /// Whether it is somebody's visit or contribution, or takes one back.
    fileprivate var movesMoney: Bool {
        switch entry.fact {
        case .visit, .visitVoid, .contribution, .contributionVoid: true
        default: false
        }
    }

    /// Whether it says what stood in closed months.
    fileprivate var movesClosedMonths: Bool {
        switch entry.fact {
        case .monthClosed, .forkFound: true
        default: false
        }
    }

    /// Why the entry cannot be merged, in a sentence for the office; `nil` for a sound one.
    var hindrance: String? {
        if case .unknown(let kind) = entry.fact { return "unknown kind \(kind)" }
        let faults = entry.inconsistencies(as: kiosk, sequence: sequence)
        if !faults.isEmpty { return faults.joined(separator: "; ") }
        return entry.fact.isPlausible ? nil : "amounts no clinic could have"
    }
}
