import Collecting
import Journaling
import Merging
import Synchronization
import Syncing
import Vocabulary

// One round of the county: parcel in, merge, acknowledgement out; and in the morning a bulletin.
// Read this first.

extension Office {
    /// Receives a parcel, merges it and signs for what is now stored.
    ///
    /// Everything happens in one durable transaction before the signature exists, so an
    /// acknowledgement never promises more than the disk holds. Repeating is harmless.
    func receive(_ packed: [UInt8]) throws -> [UInt8] { try receive(try verified(packed)) }

    func receive(_ parcel: SignedParcel) throws -> [UInt8] {
        try foldBacklog()
        let journal = try store.write { session in
            let journal = try take(parcel, session)
            try foldStored(session)
            return try session.journal(journal.kiosk) ?? journal
        }
        try keepClosedMonths()
        return try answer(journal, try store.read { try $0.setAside(of: journal.kiosk) })
    }

    /// Stores parcels of many kiosks in one durable transaction; what is new in them waits to be
    /// folded. One that is refused takes nothing from the others.
    func keep(_ parcels: [SignedParcel]) throws -> [Result<StoredJournal, any Error>] {
        let kept: [Result<StoredJournal, any Error>] = try store.write { session in
            try parcels.map { parcel in
                do { return .success(try take(parcel, session)) } catch let fault as ParcelFault {
                    return .failure(fault)
                }
            }
        }
        try keepClosedMonths()
        return kept
    }

    /// Signs for what is stored of a journal.
    ///
    /// - Parameter aside: numbers that cannot be merged, as far as it is folded.
    nonisolated func answer(_ journal: StoredJournal, _ aside: [Int]) throws -> [UInt8] {
        if let fork = journal.forkedAt { throw RoundFault.forked(journal.kiosk, at: fork) }
        return try acknowledge(journal, aside)
    }

    /// Checks a parcel's chain and signature; reads none of its entries.
    nonisolated func verified(_ packed: [UInt8]) throws(ParcelFault) -> SignedParcel {
        do {
            return try SignedParcel(packed: packed) { kiosk throws(ParcelFault) in
                try rememberedKey(of: kiosk)
            }
        } catch .wrongSignature(let kiosk) {
            // The device may have registered another key since this one was read.
            seenKeys.withLock { $0[kiosk] = nil }
            return try SignedParcel(packed: packed) { kiosk throws(ParcelFault) in
                try rememberedKey(of: kiosk)
            }
        }
    }

    /// The device's key, from memory where it was read before: checking signatures need not wait for
    /// the store. Whether it still is the device's is asked again where the parcel is stored.
    nonisolated private func rememberedKey(of kiosk: KioskID) throws(ParcelFault) -> [UInt8] {
        if let key = seenKeys.withLock({ $0[kiosk] }) { return key }
        let key = try publicKey(of: kiosk)
        seenKeys.withLock { $0[kiosk] = key }
        return key
    }

    /// Adds what is new behind the journal, to be folded next, and remembers the contact.
    private func take(_ parcel: SignedParcel, _ session: any LedgerSession) throws -> StoredJournal
    {
        let kiosk = parcel.kiosk
        guard var journal = try held(kiosk, session) else {
            throw ParcelFault.unknownDevice(kiosk)
        }
        // Revoked, or registered anew, since the signature was checked.
        guard !journal.revoked else { throw ParcelFault.revokedDevice(kiosk) }
        guard parcel.signer == unhex(journal.publicKey) else {
            throw ParcelFault.wrongSignature(kiosk)
        }
        journal.lastContact = clock.now()
        let holds = journal.forkedAt == nil ? journal.through : try session.holds(kiosk)
        let arrival = try place(parcel, trunk: journal.through, holds: holds) {
            $0 == journal.through ? journal.head : try session.hash(kiosk, at: $0)
        }
        switch arrival {
        case .new(let entries):
            try session.put(
                arrived: entries.count, of: kiosk, behind: journal.through, at: clock.now())
            try add(entries, to: &journal, session)
        case .gap: break
        case .contested: try contest(parcel, &journal, session)
        }
        // A box with nothing to send may sign for what a county set back has lost.
        let signed = parcel.checkpoint
        let isStored = try session.entries(of: kiosk, at: signed.sequence).contains {
            $0.entry.hash == signed.head
        }
        if isStored || signed.sequence == 0 { try session.keep(signed) }
        try session.put(journal)
        return journal
    }

    /// Keeps entries under numbers that say something else already.
    private func contest(
        _ parcel: SignedParcel, _ journal: inout StoredJournal, _ session: any LedgerSession
    ) throws {
        // Every entry stands in the books before any is contested.
        try foldStored(session)
        let closings = try session.closings()
        let stood = journal.forkedAt == nil ? journal.head : nil
        let isNew = try session.keepFork(
            journal.kiosk, from: parcel.firstSequence, after: parcel.previous, parcel.entries)
        if isNew {
            try session.put(
                arrived: parcel.entries.count, of: journal.kiosk,
                behind: parcel.firstSequence - 1, at: clock.now())
            try restate(&journal, session, closed: closings)
        }
        if let stood, journal.forkedAt != nil, !closings.isEmpty {
            try session.remember(ForkFound(kiosk: journal.kiosk, head: stood))
        }
    }

    private func add(
        _ entries: [EntryBytes], to journal: inout StoredJournal, _ session: any LedgerSession
    ) throws {
        guard let last = entries.last else { return }
        try session.append(entries, to: journal.kiosk, behind: journal.through)
        if try session.folded(of: journal.kiosk) == nil {
            try session.put(folded: journal.through, of: journal.kiosk)
        }
        journal.through += entries.count
        journal.head = last.hash
        journal.lastEntryAt = last.entry().header.at
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

    nonisolated func acknowledge(_ journal: StoredJournal, _ aside: [Int]) throws -> [UInt8] {
        let acknowledgement = Acknowledgement(
            county: county, kiosk: journal.kiosk, through: journal.through,
            head: journal.head, at: clock.now(),
            setAside: aside,
            device: Acknowledgement.Device(
                publicKey: journal.publicKey, institution: journal.institution,
                name: journal.name,
                blocks: try CompactJSON.decode(
                    [ReceiptBlock].self, from: Array(journal.blocks.utf8))),
            earlier: try earlier(than: journal.kiosk))
        return try SignedDocument(role: .acknowledgement, acknowledgement, key: service).bytes
    }

    nonisolated private func earlier(than journal: KioskID) throws -> [String: Int]? {
        guard journal != journal.device else { return nil }
        let others = try store.read { try $0.journals(of: journal.device) }
            .filter { $0.kiosk != journal }
        return Dictionary(uniqueKeysWithValues: others.map { ($0.kiosk.rawValue, $0.through) })
    }

    nonisolated private func publicKey(of kiosk: KioskID) throws(ParcelFault) -> [UInt8] {
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

extension Placed {
    /// Whether it is somebody's visit or contribution, or takes one back.
    fileprivate var movesMoney: Bool {
        switch entry.fact {
        case .visit, .visitVoid, .contribution, .contributionVoid: true
        default: false
        }
    }

    /// Whether it says what stood in closed months.
    var movesClosedMonths: Bool {
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
