import Foundation
import Hosting
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
        guard try store.read({ try $0.note(rightsForgotten) }) != nil else { return true }
        guard try store.read({ try $0.silentSinceSetBack(but: own) }).isEmpty else { return false }
        try write(try rightsDrawn().map(Fact.allotment))
        try RightsMark(folder).remove()
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

/// The note of a county that was set back: the last number that a bulletin from before may have.
let setBackNote = "setBack"

/// The note of a county that was set back without its own journal, until it knows its rights again.
let rightsForgotten = "rightsForgotten"

/// A file beside the office's journal for as long as that may not name all rights: the journal came
/// from a backup. The note in the database does not outlive another restoring, the file does.
struct RightsMark {
    private let path: String

    init(_ folder: String) { path = folder + "/rights-forgotten" }

    var isSet: Bool { exists(path) }
    func set() throws { try writeFile(path, [], secret: true) }
    func remove() throws { if isSet { try FileManager.default.removeItem(atPath: path) } }
}

extension Instant {
    /// A bulletin number that counting has not reached by then: the minute in Beijing, as
    /// 202611301432.
    var bulletinNumber: Int { Int(description.filter(\.isNumber).dropLast(2)) ?? 0 }
}

extension LedgerSession {
    /// The last number that a bulletin from before the county was set back may have; `nil` for one
    /// that never was.
    func lastBeforeSetBack() throws -> Int? {
        try number(note: setBackNote)
    }

    /// Notes what a county set back may have forgotten: numbers it gave, and rights.
    ///
    /// Bulletins are numbered by the minute then. Devices are numbered one by one, slower than one a
    /// minute: as many numbers are left out as minutes have passed since anything was heard, so that
    /// two restorings of one backup leave out different ones.
    func noteSetBack(at now: Instant, _ mark: RightsMark) throws {
        if mark.isSet { try put(note: rightsForgotten, Array("1".utf8)) }
        let newest = try [.daily, .policy].compactMap { try released($0)?.version }.max() ?? 0
        try put(note: setBackNote, number: max(newest, now.bulletinNumber))
        let heard = try journals().compactMap(\.lastContact).max() ?? now
        try leaveOut(devices: Office.mostEnrolledAtOnce + max(0, now.seconds(since: heard)) / 60)
    }

    /// Whether policies may have been released that only kiosks still hold: the newest one here is
    /// from before the county was set back, and not every device was heard of since.
    func mayLackPolicies(but own: KioskID) throws -> Bool {
        try released(.policy)?.version ?? 0 <= lastBeforeSetBack() ?? -1
            && !silentSinceSetBack(but: own).isEmpty
    }

    /// Devices that have read nothing of the county since it was set back; none where it never was.
    /// A contested device is given nothing, and one that was set aside writes no more.
    func silentSinceSetBack(but own: KioskID) throws -> [StoredJournal] {
        guard let last = try lastBeforeSetBack() else { return [] }
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
