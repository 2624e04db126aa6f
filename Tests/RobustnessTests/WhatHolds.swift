import Foundation
import GRDB
import Hosting
import Syncing
import Testing
import Vocabulary

@testable import Journaling
@testable import Kiosk

/// What a desk has written, as far as it must come out the same however often it was interrupted.
struct Written: Equatable {
    /// Kind and identity of every entry but signing in, which may be done again, and taking
    /// bulletins over, which an error may put into another order.
    var facts: [String]
    /// The bulletins that the journal's last word of them names.
    var inForce: [Int] = [0, 0]
    var entries: [[UInt8]]
    var acknowledged: Int
    /// Versions of the bulletins on the shelf.
    var held: [Int]

    init(_ journal: Journal, _ shelf: Shelf) throws {
        let entries = try journal.read { try $0.entries(after: 0, limit: 1_000) }
        facts = entries.filter { !["signedIn", "bulletinRead"].contains($0.header.kind) }
            .map(Written.name)
        for case .bulletinRead(let read) in entries.map(\.fact) {
            inForce = [read.policy, read.daily]
        }
        self.entries = entries.map(\.bytes)
        acknowledged = try journal.read { try $0.acknowledged().through }
        held = [try shelf.held(.policy).version, try shelf.held(.daily).version]
    }

    var isAllAcknowledged: Bool { acknowledged == entries.count }

    static let nothing = Written()
    private init() { (facts, entries, acknowledged, held) = ([], [], 0, [0, 0]) }

    /// A void draws its identity when it is pressed; all others have theirs from before.
    private static func name(_ entry: Entry) -> String {
        switch entry.fact {
        case .visitVoid(let void): "visitVoid \(void.voids)"
        case .contributionVoid(let void): "contributionVoid \(void.voids)"
        default: "\(entry.header.kind) \(entry.fact.identity ?? "")"
        }
    }

    /// Whether all that had been written earlier is still there.
    func begins(with earlier: Written) -> Bool {
        entries.starts(with: earlier.entries) && acknowledged >= earlier.acknowledged
            && says(what: earlier)
    }

    /// The same, but for words and numbers that are drawn anew each time.
    func says(what earlier: Written) -> Bool {
        facts.starts(with: earlier.facts)
            && zip(held + inForce, earlier.held + earlier.inForce).allSatisfy { $0 >= $1 }
    }
}

/// What a machine's files are sealed with.
func dataKeys(in folder: String) throws -> [DataKey] {
    try DataKeys.find(in: folder, credentials: nil)?.keys ?? []
}

/// Looks at what is left of a machine after the power cut, without its screens.
struct Remains {
    let folder: String
    let kiosk: KioskID
    let publicKey: [UInt8]

    /// - Parameters:
    ///   - before: what had been written when the step began: all of it was acknowledged.
    ///   - after: what the step writes in all.
    ///   - answered: whether the step returned, so that all of it was acknowledged.
    /// - Returns: sentences; empty where nothing is lost, doubled or broken.
    func faults(since before: Written, _ after: Written, answered: Bool) throws -> [String] {
        var faults: [String] = []
        let keys = try dataKeys(in: folder)
        let journal = try Journal(path: folder + "/journal.sqlite", kiosk: kiosk, keys: keys)
        let shelf = try Shelf(path: folder + "/shelf.sqlite", keys: keys)
        let found = try Written(journal, shelf)
        if !found.begins(with: before) { faults.append("something acknowledged is gone") }
        if answered, !found.says(what: after) { faults.append("something answered is gone") }
        if !after.facts.starts(with: found.facts) || found.entries.count > after.entries.count {
            faults.append("something is there twice: \(found.facts)")
        }
        let verified = try journal.verify(publicKey: publicKey)
        faults += verified.faults
        if try !journal.rebuild() { faults.append("the caches are not those of a rebuild") }
        let integrity = try shelf.database.read {
            try String.fetchOne($0, sql: "PRAGMA integrity_check")
        }
        if integrity != "ok" { faults.append("shelf: \(integrity ?? "no answer")") }
        faults += try torn(shelf, found.held)
        let now = Instant(milliseconds: 1_795_000_000_000)
        let next = try journal.append(
            .dayClose(
                DayClose(
                    identity: "probe", expected: [:], counted: .zero, pieces: [:],
                    difference: .zero, sentence: "")),
            Journal.Stamp(at: now, day: now.day, by: "", session: ""))
        if next.header.sequence != found.entries.count + 1 { faults.append("the next entry fails") }
        return faults
    }

    /// A bulletin lies there whole or not at all.
    private func torn(_ shelf: Shelf, _ held: [Int]) throws -> [String] {
        let (members, names, sections) = try shelf.database.read { db in
            (
                try Int.fetchOne(db, sql: "SELECT count(*) FROM member") ?? 0,
                try Int.fetchOne(db, sql: "SELECT count(*) FROM names") ?? 0,
                try Int.fetchOne(db, sql: "SELECT count(*) FROM section") ?? 0
            )
        }
        let whole = (members > 0) == (held[1] > 0) && (members > 0) == (names > 0)
        return whole && (sections > 0 || held == [0, 0]) ? [] : ["half a bulletin"]
    }
}
