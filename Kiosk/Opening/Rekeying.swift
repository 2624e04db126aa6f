import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

/// What changing the key came to.
struct RekeyReport: Codable, Sendable, Equatable {
    /// Where the keys lie now.
    var path: String
    /// Whether everything is sealed with the new key already.
    var sealed: Bool
}

// Changing the key, and giving a journal up by somebody's word.
extension Desk {
    /// Seals everything anew under a fresh key.
    ///
    /// The key's file is written first, with the new key before the old one: whenever the power
    /// goes, each database opens with one of the two, and the next opening ends the work. The old
    /// key is taken out last, unless files that were set aside still need it.
    ///
    /// - Parameter out: a file for the operating system's credential store; nothing is sealed then
    ///   until the system hands the new keys to us.
    func rekey(to out: String?) throws -> RekeyReport {
        let renewed = box.keys.renewed(randomness)
        if let out {
            try renewed.write(to: out)
            return RekeyReport(path: out, sealed: false)
        }
        guard case .file(let path) = box.keys.source, let new = renewed.keys.first else {
            throw DataKeys.Fault.keptBySystem(path: box.keys.source.path)
        }
        try renewed.write(to: path)
        box.keys = renewed
        try journal.reseal(with: new)
        try shelf.reseal(with: new)
        try inherited.reseal()
        try transit.renew(new)
        try box.forgetOldKeys()
        return RekeyReport(path: path, sealed: true)
    }
}

extension Box {
    /// Sets the journal aside by somebody's word: its key is gone, or the county found a fork.
    ///
    /// The shelf goes with it where its key is gone too.
    mutating func giveUpJournal() throws {
        try setAside("journal", try whyGivenUp(), "set aside by hand")
        let path = folder + "/shelf.sqlite"
        do { _ = try Shelf(path: path, keys: keys.keys) } catch Journal.Fault.keyDiffers {
            counted = nil
            try setAside("shelf", .keyLost, "set aside by hand")
            lineage.shelfBegun = false
            try lineage.write(in: folder)
        }
    }

    private mutating func whyGivenUp() throws -> Aside.Reason {
        guard let name = device.journal(lineage.journal) else { return .asked }
        do {
            let journal = try Journal(
                path: folder + "/journal.sqlite", kiosk: name, keys: keys.keys, mayCreate: false)
            counted = try? journal.read { (try $0.head().sequence, try $0.acknowledged().through) }
            return .asked
        } catch Journal.Fault.keyDiffers, Journal.Fault.keyMissing {
            return .keyLost
        } catch let fault as Journal.Fault where fault.isDamage {
            return .damaged
        }
    }
}
