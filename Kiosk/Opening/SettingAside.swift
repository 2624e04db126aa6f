import Foundation
import Hosting
import Journaling
import Vocabulary

// Moving a file out of the way, with its log, never deleting anything.
extension Box {
    static func asideFolder(in folder: String) -> String { folder + "/set-aside" }

    /// Decides, durably, that a file is set aside, and moves it.
    ///
    /// The decision is written first: whenever the power goes, the next opening ends the move
    /// before it looks at anything.
    mutating func setAside(_ what: String, _ reason: Aside.Reason, _ detail: String) throws {
        let now = clock.now()
        var aside = Aside(
            what: what, journal: lineage.journal, file: freeName(what, now), at: now,
            reason: reason, detail: String(detail.prefix(200)))
        (aside.entries, aside.signed) = (counted?.entries, counted?.signed)
        lineage.pending = aside
        if what == "journal" { lineage.next(unknown: receiptsAreKnown ? [] : blocks) }
        try lineage.write(in: folder)
        try finishMove()
        told.append(aside)
    }

    /// A name with the time that no file bears yet.
    private func freeName(_ what: String, _ now: Instant) -> String {
        let owner = what == "journal" ? (device.journal(lineage.journal) ?? device) : device
        let time = now.clockTimeWithSeconds.filter { $0 != ":" }
        let names = (1...).lazy.map { number in
            "\(owner)-\(now.day)-\(time)\(number == 1 ? "" : "-\(number)")-\(what).sqlite"
        }
        let folder = Box.asideFolder(in: folder)
        return names.first { name in
            !["", "-wal"].contains { exists("\(folder)/\(name)\($0)") }
        } ?? "\(owner)-\(what).sqlite"
    }

    /// Ends a move that was decided. The log goes first: a file without its log would look whole.
    mutating func finishMove() throws {
        guard let aside = lineage.pending else { return }
        let target = Box.asideFolder(in: folder) + "/" + aside.file
        try makeFolder(Box.asideFolder(in: folder))
        for ending in ["-wal", "-shm", ""] {
            let source = "\(folder)/\(aside.what).sqlite\(ending)"
            guard exists(source), !exists(target + ending) else { continue }
            try moveFile(source, target + ending)
        }
        lineage.pending = nil
        lineage.asides.append(aside)
        try lineage.write(in: folder)
    }
}
