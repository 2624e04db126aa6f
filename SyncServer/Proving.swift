import Foundation
import Journaling
import Merging
import Syncing
import Vocabulary

// The ledger is what its entries say: checked entry by entry, and by making it again.
extension Office {
    /// Checks every chain, hash, head and branch, and every cache by replaying into a transaction
    /// that is taken back.
    func verify() throws -> LedgerVerification {
        try foldBacklog()
        var result = try store.read { session in
            var result = LedgerVerification()
            try verifyChains(session, &result)
            result.digest = try digest(session)
            return result
        }
        let held = try store.read { try $0.cacheHashes() }
        let made = try replayed()
        for table in Set(held.keys).union(made.keys).sorted() where held[table] != made[table] {
            result.faults.append("cache \(table): differs from what the entries give")
        }
        return result
    }

    private func verifyChains(_ session: any LedgerSession, _ result: inout LedgerVerification)
        throws
    {
        var heads: [KioskID: Fingerprint] = [:]
        try session.forEachEntry { placed in
            let computed = Entry.hash(placed.entry.bytes, after: heads[placed.kiosk] ?? .zero)
            if try session.hash(placed.kiosk, at: placed.sequence) != computed {
                result.faults.append("\(placed.kiosk) \(placed.sequence): hash differs")
            }
            heads[placed.kiosk] = computed
            result.entries += 1
        }
        for journal in try session.journals() {
            let branches = try session.branches(of: journal.kiosk)
            if journal.through > 0 { result.journals += 1 }
            if branches.through != journal.through || branches.head != journal.head {
                result.faults.append("\(journal.kiosk): the head is not that of its entries")
            }
            if branches.forkedAt != journal.forkedAt {
                result.faults.append("\(journal.kiosk): a fork is not where its entries say")
            }
            try verifyCheckpoints(of: journal, session, &result)
            for (sequence, hash, computed) in try session.forkHashes(of: journal.kiosk)
            where hash != computed {
                result.faults.append("\(journal.kiosk) \(sequence): hash of a branch differs")
            }
        }
    }

    /// Every signature a device gave covers what is stored, on whichever branch.
    private func verifyCheckpoints(
        of journal: StoredJournal, _ session: any LedgerSession, _ result: inout LedgerVerification
    ) throws {
        // The office signs its own journal with the server's key, which roots replace.
        let keys =
            journal.kiosk == self.journal.kiosk
            ? try serviceKeys() : [unhex(journal.publicKey) ?? []]
        for checkpoint in try session.checkpoints(of: journal.kiosk) {
            let place = "\(journal.kiosk) \(checkpoint.sequence)"
            result.checkpoints += 1
            if !keys.contains(where: checkpoint.isSigned) {
                result.faults.append("\(place): the checkpoint's signature is not the device's")
            }
            let stored = try session.entries(of: journal.kiosk, at: checkpoint.sequence)
            let isEmpty = checkpoint.sequence == 0 && checkpoint.head == .zero
            if !isEmpty, !stored.contains(where: { $0.entry.hash == checkpoint.head }) {
                result.faults.append("\(place): the checkpoint covers what is not stored")
            }
        }
    }

    private struct TakenBack: Error { let hashes: [String: SetHash] }

    /// The caches as a replay makes them; nothing is changed.
    private func replayed() throws -> [String: SetHash] {
        do {
            try store.write { session in
                try replay(session)
                throw TakenBack(hashes: try session.cacheHashes())
            }
        } catch let taken as TakenBack {
            return taken.hashes
        }
        return [:]
    }

    /// Drops everything derived, replays every entry; the digest must be the same.
    func rebuild() throws -> RebuildAnswer {
        try foldBacklog()
        let before = try digest()
        try store.write { try replay($0) }
        let after = try digest()
        return RebuildAnswer(digest: after, unchanged: before == after)
    }

    /// Trunks first, then what lies beyond forks: by then every decision is known.
    nonisolated func replay(_ session: any LedgerSession, by policy: Policy) throws {
        try session.clearCaches()
        var trunks: [KioskID: Int] = [:]
        var forked: [(StoredJournal, Branches)] = []
        for var journal in try session.journals() {
            let branches = try session.branches(of: journal.kiosk)
            (journal.through, journal.head) = (branches.through, branches.head)
            journal.forkedAt = branches.forkedAt
            try session.put(journal)
            trunks[journal.kiosk] = branches.through
            if branches.forkedAt != nil { forked.append((journal, branches)) }
        }
        try recallDecisions(session)
        var closings = try session.closings()
        var touched: Set<PersonAndYear> = []
        var (changes, previous): (CacheChanges, Placed?) = (CacheChanges(), nil)
        func take(_ placed: Placed) throws {
            try putIn(placed, session, closings, &changes, after: previous)
            previous = placed
            touched.formUnion(placed.personYears.map(PersonAndYear.init))
        }
        try session.forEachEntry { placed in
            if placed.sequence <= trunks[placed.kiosk] ?? 0 { try take(placed) }
        }
        // Decisions about branches stand on trunks.
        try changes.store(in: session)
        for (journal, branches) in forked {
            let standings = branches.standings(try session.decisions(on: journal.kiosk))
            try session.put(beyond: branches.beyond, standings, of: journal.kiosk)
            closings = try session.closings()
            for placed in try session.entries(of: journal.kiosk, behind: journal.through) {
                try take(placed)
            }
        }
        try changes.store(in: session)
        try fold(touched, session, by: policy)
        try fold(changes.subjects, session, by: policy)
    }

    /// Closings and rulings first, from whichever journal: what becomes of other entries rests on
    /// all of them.
    nonisolated private func recallDecisions(_ session: any LedgerSession) throws {
        for journal in try session.journals() where journal.institution == county {
            for placed in try session.entries(of: journal.kiosk, behind: 0)
            where placed.sequence <= journal.through {
                switch placed.entry.fact {
                case .monthClosed, .forkFound, .ruling:
                    guard try hindrance(of: placed, session) == nil else { continue }
                    try session.cache(basis: placed, keep: true)
                    try session.cache(standing: placed, keep: true)
                default: break
                }
            }
        }
    }

    private func replay(_ session: any LedgerSession) throws {
        try replay(session, by: policy)
    }
}

struct LedgerVerification: Codable, Sendable {
    var journals = 0
    var entries = 0
    var checkpoints = 0
    var digest = Fingerprint.zero
    /// Each fault in a sentence; empty for a sound ledger.
    var faults: [String] = []
}

struct RebuildAnswer: Codable, Sendable {
    var digest: Fingerprint
    var unchanged: Bool
}
