import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

// What can still be read of a journal that was set aside goes to the county under its own name: it
// is closed, so its entries up to the damage can be signed for like any others.
extension Desk {
    /// Sends what the county has not signed for of journals set aside.
    ///
    /// One that the county refuses, because it forked, keeps nothing else back; it is tried again
    /// another night, as is one whose key was found meanwhile.
    ///
    /// - Returns: how many entries the county has signed for now and had not before.
    func rescue(_ carrier: Carrier) async -> Int {
        var rescued = 0
        for (index, aside) in box.lineage.asides.enumerated()
        where aside.what == "journal" && aside.isRescued != true {
            let before = aside.signed ?? 0
            let entries = readableEntries(of: aside)
            guard let signed = try? await send(entries, of: aside, carrier) else { continue }
            rescued += max(0, signed - before)
            try? box.note(rescued: index, readable: entries.count, signed: max(signed, before))
        }
        return rescued
    }

    /// Entry after entry from the first until one does not open; the file itself is only copied.
    private func readableEntries(of aside: Aside) -> [Entry] {
        let path = Box.asideFolder(in: folder) + "/" + aside.file
        let copy = NSTemporaryDirectory() + "/rescue-" + hex(randomness.bytes(8))
        defer { try? FileManager.default.removeItem(atPath: copy) }
        guard let name = provision.desk.kiosk.journal(aside.journal), exists(path),
            (try? makeFolder(copy)) != nil
        else { return [] }
        for ending in ["", "-wal"] {
            try? FileManager.default.copyItem(
                atPath: path + ending, toPath: copy + "/journal.sqlite" + ending)
        }
        for key in box.keys.keys {
            guard
                let journal = try? Journal(
                    path: copy + "/journal.sqlite", kiosk: name, keys: [key], mayCreate: false)
            else { continue }
            return journal.readableEntries()
        }
        return []
    }

    private func send(_ entries: [Entry], of aside: Aside, _ carrier: Carrier) async throws -> Int {
        var through = min(aside.signed ?? 0, entries.count)
        while through < entries.count {
            let part = Array(entries[through...].prefix(Parcel.mostEntries))
            guard let last = part.last else { break }
            let checkpoint = try Checkpoint(
                kiosk: last.header.kiosk, sequence: last.header.sequence, head: last.hash,
                at: clock.now(), key: key)
            let parcel = Parcel(
                kiosk: last.header.kiosk,
                previous: through == 0 ? .zero : entries[through - 1].hash,
                entries: part, checkpoint: checkpoint)
            let word = try Acknowledgement(
                bytes: try await carrier.send(try parcel.packed()), for: last.header.kiosk,
                trust: trust)
            // The county may hold more than can be read here, or have gone back to a backup.
            guard word.through < entries.count, word.through != through else { return word.through }
            through = word.through
        }
        return through
    }
}

extension Box {
    mutating func note(rescued index: Int, readable: Int, signed: Int) throws {
        lineage.asides[index].signed = signed
        if let entries = lineage.asides[index].entries, entries < readable {
            lineage.asides[index].entries = readable
        }
        let isGone = lineage.asides[index].reason == .lost
        lineage.asides[index].isRescued = isGone || (readable > 0 && signed >= readable)
        try lineage.write(in: folder)
    }
}
