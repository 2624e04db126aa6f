import Journaling
import Merging
import Syncing
import Vocabulary

// A county set back without its own journal has forgotten which rights it gave since the backup, and
// kiosks may be spending them. It gives none, and books nothing more, until every device has read a
// bulletin of the restored county: behind that word a device spends no right which the bulletin does
// not list, but those it wrote down itself when it drew them, and those are learned from its journal.
extension Office {
    /// Whether every right that may still be spent is known; learns what devices wrote down as soon
    /// as all have been heard of. What is stored must be folded.
    func knowsRights() throws -> Bool {
        let own = journal.kiosk
        guard let silent = try store.read({ try $0.silentSinceSetBack(but: own) }) else {
            return true
        }
        guard silent.isEmpty else { return false }
        try write(try rightsDrawn().map(Fact.allotment))
        try store.write { try $0.forget(note: rightsForgotten) }
        return true
    }

    /// Rights are of a year; those of the last one may still be open.
    private static let rightsBack = 366

    /// What devices drew and this journal does not name.
    private func rightsDrawn() throws -> [Allotment] {
        var drawn: [String: Allotment] = [:]
        let last = today.adding(days: -Office.rightsBack)
        for (person, year) in try store.read({ try $0.personYears(since: last) }) {
            for placed in try store.read({ try $0.entries(of: person, year: year) }) {
                guard case .rightsTaken(let taken) = placed.entry.fact,
                    taken.holder == placed.kiosk,
                    try journal.read({ try $0.entry(identity: taken.identity) }) == nil
                else { continue }
                drawn[taken.identity] = taken
            }
        }
        return drawn.values.sorted { $0.identity < $1.identity }
    }
}

/// The note of a county that was set back without its own journal: the last number that a nightly
/// bulletin from before may have.
let rightsForgotten = "rightsForgotten"

/// More nights than lie between a backup and its restoring.
let nightsLeftAfterRestore = 400

extension LedgerSession {
    /// The last number of a nightly bulletin from before the county was set back; `nil` for one that
    /// remembers.
    func lastBeforeSetBack() throws -> Int? {
        try note(rightsForgotten).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    /// Devices that have read nothing of the county since it was set back; `nil` for one that
    /// remembers. A contested device is given nothing, and one that was set aside writes no more.
    func silentSinceSetBack(but own: KioskID) throws -> [StoredJournal]? {
        guard let last = try lastBeforeSetBack() else { return nil }
        let read = try nightsRead()
        let served = try journals().filter {
            $0.isServed && !$0.publicKey.isEmpty && $0.forkedAt == nil && $0.kiosk != own
        }
        let newest = Dictionary(grouping: served, by: \.kiosk.device).compactMap { _, all in
            all.max { $0.kiosk.journal < $1.kiosk.journal }
        }
        return newest.filter { (read[$0.kiosk] ?? 0) <= last }
            .sorted { $0.kiosk < $1.kiosk }
    }
}
