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
        try? noticeLosses()
        for (index, aside) in unrescued {
            let before = aside.signed ?? 0
            let entries = readableEntries(of: aside)
            guard let word = try? await send(entries, of: aside, carrier) else { continue }
            let signed = max(word.through, before)
            rescued += signed - before
            try? box.note(
                rescued: index, readable: entries.count, signed: signed,
                at: word.at ?? aside.signedAt)
        }
        return rescued
    }

    /// The same for a stick: what the county has not signed for, in parcels.
    func asideParcels() throws -> [Parcel] {
        try unrescued.flatMap { _, aside in
            let entries = readableEntries(of: aside)
            var parcels: [Parcel] = []
            var through = aside.signed ?? 0
            while let parcel = try parcel(of: entries, after: through) {
                parcels.append(parcel)
                through = parcel.checkpoint.sequence
            }
            return parcels
        }
    }

    /// Takes home what the county says on a stick of journals set aside; one it says nothing of, or
    /// of which it holds another branch, is written onto the next stick again.
    ///
    /// - Returns: how many entries it has signed for now and had not before; `nil` for none.
    func takeWords(_ contents: StickContents) throws -> Int? {
        var rescued = 0
        for (index, aside) in unrescued {
            guard let journal = provision.desk.kiosk.journal(aside.journal),
                let statement = contents.piece(StickContents.Name.acknowledgement(journal))
            else { continue }
            let word = try Acknowledgement(bytes: statement, for: journal, trust: trust)
            let entries = readableEntries(of: aside)
            let isHere = (1...max(1, entries.count)).contains(word.through) && !entries.isEmpty
            if isHere, entries[word.through - 1].hash != word.head { continue }
            rescued += max(0, word.through - (aside.signed ?? 0))
            try box.note(
                rescued: index, readable: entries.count, signed: word.through, at: word.at)
        }
        return rescued > 0 ? rescued : nil
    }

    /// A county set back to a backup may lack what it had signed for: that goes to it once more.
    func noticeLosses() throws {
        guard box.lineage.asides.contains(where: { $0.what == "journal" }),
            let statement = try journal.read({ try $0.acknowledged().statement })
        else { return }
        let said = try Acknowledgement(bytes: statement, for: journal.kiosk, trust: trust)
        guard let held = said.earlier else { return }
        for (index, aside) in box.lineage.asides.enumerated() where aside.what == "journal" {
            guard let name = provision.desk.kiosk.journal(aside.journal), let signed = aside.signed,
                aside.signedAt.map({ $0 < said.at }) ?? true
            else { continue }
            let through = held[name.rawValue] ?? 0
            if through < signed { try box.note(lost: index, but: through) }
        }
    }

    private var unrescued: [(index: Int, aside: Aside)] {
        box.lineage.asides.enumerated().map { ($0, $1) }
            .filter { $1.what == "journal" && $1.isRescued != true }
    }

    /// Entry after entry from the first until one does not open; the file itself is only copied.
    private func readableEntries(of aside: Aside) -> [Entry] {
        let path = Box.asideFolder(in: folder) + "/" + aside.file
        guard let name = provision.desk.kiosk.journal(aside.journal), exists(path)
        else { return [] }
        let entries = try? onCopy(of: path) { copy in
            let journals = box.keys.keys.lazy.compactMap { key in
                try? Journal(path: copy, kiosk: name, keys: [key], mayCreate: false)
            }
            return journals.first?.readableEntries() ?? []
        }
        return entries ?? []
    }

    /// - Returns: how far the county has signed, and when it said so; `nil` where nothing was sent.
    private func send(
        _ entries: [Entry], of aside: Aside, _ carrier: Carrier
    ) async throws -> (through: Int, at: Instant?) {
        var through = min(aside.signed ?? 0, entries.count)
        var at: Instant?
        while let parcel = try parcel(of: entries, after: through) {
            let word = try Acknowledgement(
                bytes: try await carrier.send(try parcel.packed()), for: parcel.kiosk, trust: trust)
            // The county may hold more than can be read here, or have gone back to a backup.
            let hasMoved = word.through != through
            (through, at) = (word.through, word.at)
            guard hasMoved, through < entries.count else { break }
        }
        return (through, at)
    }

    /// The next parcel of a journal that is closed; `nil` where all was in one before.
    private func parcel(of entries: [Entry], after through: Int) throws -> Parcel? {
        let part = Array(entries.dropFirst(through).prefix(Parcel.mostEntries))
        guard let last = part.last else { return nil }
        let checkpoint = try Checkpoint(
            kiosk: last.header.kiosk, sequence: last.header.sequence, head: last.hash,
            at: clock.now(), key: key)
        return Parcel(
            kiosk: last.header.kiosk, previous: through == 0 ? .zero : entries[through - 1].hash,
            entries: part, checkpoint: checkpoint)
    }
}

extension Box {
    mutating func note(lost index: Int, but through: Int) throws {
        lineage.asides[index].signed = through
        lineage.asides[index].isRescued = nil
        try lineage.write(in: folder)
    }

    /// - Parameter at: when the county said so.
    mutating func note(rescued index: Int, readable: Int, signed: Int, at: Instant?) throws {
        lineage.asides[index].signed = signed
        lineage.asides[index].signedAt = at
        if let entries = lineage.asides[index].entries, entries < readable {
            lineage.asides[index].entries = readable
        }
        let isGone = lineage.asides[index].reason == .lost
        lineage.asides[index].isRescued = isGone || (readable > 0 && signed >= readable)
        try lineage.write(in: folder)
    }
}
