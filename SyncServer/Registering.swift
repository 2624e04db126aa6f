import Collecting
import Foundation
import Hosting
import Identifying
import Journaling
import Publishing
import Syncing
import Vocabulary

// Devices join the county once: the office gives a one-time code, the device makes its own key.
extension Office {
    /// Prepares a device for an institution.
    ///
    /// - Parameters:
    ///   - server: address the device will sync with.
    func enroll(_ institution: String, server: String) throws -> Provision {
        let code = hex(randomness.bytes(10))
        return try store.write { session in
            guard let place = try session.institutions().first(where: { $0.code == institution })
            else { throw OfficeFault.unknownInstitution(institution) }
            let isDesk = place.kind == "township"
            let kiosk = try nextKiosk(isDesk ? "T" : "K", session)
            let blocks = isDesk ? try newBlock(for: kiosk) : []
            let journal = StoredJournal(
                kiosk: kiosk, institution: place.code, name: place.name, publicKey: "",
                oneTimeCode: code, revoked: false, through: 0, head: .zero,
                blocks: String(decoding: try CompactJSON.encode(blocks), as: UTF8.self))
            try session.put(journal)
            return Provision(
                trust: trust, desk: try assignment(journal, place), server: server,
                oneTimeCode: code)
        }
    }

    /// More devices than a county enrols between two backups.
    private static let numbersLeftAfterRestore = 100

    private func nextKiosk(_ letter: String, _ session: any LedgerSession) throws -> KioskID {
        let used =
            try session.journals().filter { $0.kiosk.rawValue.hasPrefix(letter) }
            .compactMap { Int($0.kiosk.rawValue.dropFirst()) }.max() ?? 0
        // Numbers given out between a backup and its restoring are not known here any more.
        let skipped =
            try session.note("enrolledAfterRestore") == nil ? 0 : Office.numbersLeftAfterRestore
        let floor = try session.note("enrolFrom/" + letter).flatMap {
            Int(String(decoding: $0, as: UTF8.self))
        }
        let from = max(used, floor ?? used + skipped)
        if skipped > 0 { try session.put(note: "enrolFrom/" + letter, Array(String(from).utf8)) }
        let digits = String(from + 1)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
        guard let kiosk = KioskID(rawValue: letter + zeros + digits) else {
            throw OfficeFault.faults("no kiosk number left")
        }
        return kiosk
    }

    /// Ten thousand receipts of the year's series, a block of its own for every desk.
    private func newBlock(for kiosk: KioskID) throws -> [ReceiptBlock] {
        let number = Int(kiosk.rawValue.dropFirst()) ?? 0
        let year = String(today.year).suffix(2)
        return [
            ReceiptBlock(
                code: trust.county.prefix(2) + "0301" + year, first: number * 10_000 + 1,
                last: number * 10_000 + 10_000)
        ].compactMap { $0 }
    }

    /// Takes a device's key against its one-time code; the same key again is harmless.
    func register(_ registration: Registration) throws {
        try store.write { session in
            guard var journal = try session.journal(registration.kiosk) else {
                return try session.put(try remember(registration))
            }
            if journal.publicKey == registration.publicKey { return }
            guard journal.publicKey.isEmpty else {
                throw OfficeFault.alreadyRegistered(registration.kiosk)
            }
            guard journal.oneTimeCode == registration.oneTimeCode, !journal.oneTimeCode.isEmpty,
                unhex(registration.publicKey)?.count == 32
            else { throw OfficeFault.wrongCode(registration.kiosk) }
            journal.publicKey = registration.publicKey
            journal.oneTimeCode = ""
            try session.put(journal)
        }
        // The newcomer needs a roll of its township tonight, not tomorrow.
        if try store.read({ try $0.memberCount() }) > 0 { try publishDaily() }
    }

    func revoke(_ kiosk: KioskID) throws {
        try store.write { session in
            guard var journal = try session.journal(kiosk) else {
                throw OfficeFault.unknownDevice(kiosk)
            }
            journal.revoked = true
            try session.put(journal)
        }
    }
}
