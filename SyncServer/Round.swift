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
        guard var journal = try held(parcel.kiosk, session) else {
            throw ParcelFault.unknownDevice(parcel.kiosk)
        }
        journal.lastContact = clock.now()
        let arrival = try place(parcel, holds: journal.through) {
            try session.hash(parcel.kiosk, at: $0)
        }
        switch arrival {
        case .new(let entries) where journal.forkedAt == nil:
            try add(entries, to: &journal, session)
        case .new, .gap: break
        case .fork(let sequence, let entries):
            try session.keepFork(parcel.kiosk, from: sequence, entries)
            journal.forkedAt = journal.forkedAt ?? sequence
        }
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
        for entry in placed {
            if let reason = try entry.hindrance ?? hindranceOfVoid(entry, session) {
                try session.setAside(entry.reference, reason: reason)
                continue
            }
            try session.cache(entry)
            touched.formUnion(entry.personYears.map(PersonAndYear.init))
        }
        for one in touched { try fold(one, session) }
    }

    /// A void counts only where it mirrors a stored fact of the same journal that no earlier entry
    /// has voided: no effect twice, and none of something unknown.
    func hindranceOfVoid(_ placed: Placed, _ session: any LedgerSession) throws -> String? {
        guard let reference = placed.voids, reference.sequence < placed.sequence else {
            return placed.voids == nil ? nil : "voids something later"
        }
        guard let original = try session.entry(reference),
            placed.entry.fact.mirrors(original.entry.fact)
        else { return "voids something unknown" }
        for (person, year) in placed.personYears {
            let earlier = try session.entries(of: person, year: year).contains {
                $0.voids == reference && $0.sequence < placed.sequence
            }
            if earlier { return "voids something voided before" }
        }
        return nil
    }

    func fold(_ one: PersonAndYear, _ session: any LedgerSession) throws {
        let entries = try session.entries(of: one.person, year: one.year)
        try session.put(Merging.fold(one.person, one.year, entries, by: policy))
    }

    private func acknowledge(_ journal: StoredJournal) throws -> [UInt8] {
        let acknowledgement = Acknowledgement(
            county: trust.county, kiosk: journal.kiosk, through: journal.through,
            head: journal.head, at: clock.now(),
            setAside: try store.read { try $0.setAside(of: journal.kiosk) })
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
    /// Why the entry cannot be merged, in a sentence for the office; `nil` for a sound one.
    var hindrance: String? {
        if case .unknown(let kind) = entry.fact { return "unknown kind \(kind)" }
        let faults = entry.inconsistencies(as: kiosk, sequence: sequence)
        if !faults.isEmpty { return faults.joined(separator: "; ") }
        return entry.fact.isPlausible ? nil : "amounts no clinic could have"
    }
}
