import Collecting
import Foundation
import Hosting
import Identifying
import Journaling
import Publishing
import Syncing
import Vocabulary

/// A one-time code that waits for its device.
struct PendingCode: Sendable, Hashable, Codable {
    /// The code as both sides work with it, in hexadecimal; the code itself is nowhere.
    var secret: String
    var expires: Instant
    var triesLeft: Int

    static let daysValid = 30
    static let mostTries = 5
}

// Devices join the county once: the office gives a one-time code, the device makes its own key.
extension Office {
    /// Prepares a device for an institution.
    ///
    /// - Parameter server: address the device will sync with.
    func enroll(_ institution: String, server: String) throws -> Provision {
        try store.write { session in
            let place = try self.place(institution, session)
            return try provision(place, server: server, replaces: nil, session)
        }
    }

    func enroll(_ input: EnrollInput) throws -> Provision {
        let provision =
            if let broken = input.replace {
                try replace(broken, lastSeen: input.lastSeen, server: input.server)
            } else if let kiosk = input.again {
                try renewCode(of: kiosk, server: input.server)
            } else {
                try enroll(input.institution ?? "", server: input.server)
            }
        if let stick = input.stick {
            // What goes onto the stick counts everything the county holds by now, and holds the
            // new device's rights.
            try allot()
            try publishDaily()
            try writeProvision(provision, to: stick)
        }
        return provision
    }

    /// Prepares a spare for a device that broke: the spare gets a number and a journal of its own,
    /// since entries of the old one that nobody has may still turn up.
    ///
    /// - Parameter lastSeen: the highest entry number anybody has seen on a slip of the old device.
    func replace(_ kiosk: KioskID, lastSeen: Int?, server: String) throws -> Provision {
        try store.write { session in
            guard var old = try session.journal(kiosk) else {
                throw OfficeFault.unknownDevice(kiosk)
            }
            if let lastSeen, lastSeen < old.through {
                throw OfficeFault.lastSeenBeforeHeld(kiosk, held: old.through)
            }
            let place = try self.place(old.institution, session)
            let predecessor = Predecessor(kiosk: kiosk, through: old.through, lastSeen: lastSeen)
            let spare = try provision(place, server: server, replaces: predecessor, session)
            old.revoked = true
            old.oneTimeCode = ""
            try session.put(old)
            let key = try session.device(kiosk)?.stickKey ?? ""
            try session.put(
                EnrolledDevice(kiosk: kiosk, stickKey: key, replacedBy: spare.desk.kiosk))
            return spare
        }
    }

    /// A new code for a device that is prepared and has not registered: the old one ran out, was
    /// mistyped too often, or got lost.
    func renewCode(of kiosk: KioskID, server: String) throws -> Provision {
        try store.write { session in
            guard var journal = try session.journal(kiosk) else {
                throw OfficeFault.unknownDevice(kiosk)
            }
            guard !journal.revoked else { throw OfficeFault.revoked(kiosk) }
            guard journal.publicKey.isEmpty else { throw OfficeFault.alreadyRegistered(kiosk) }
            let code = JoinCode(randomness: randomness)
            journal.oneTimeCode = try pending(code, kiosk)
            try session.put(journal)
            let place = try self.place(journal.institution, session)
            return try provision(journal, place, code, server: server, replaces: nil)
        }
    }

    private func place(_ code: String, _ session: any LedgerSession) throws -> Institution {
        guard let place = try session.institutions().first(where: { $0.code == code }) else {
            throw OfficeFault.unknownInstitution(code)
        }
        return place
    }

    private func provision(
        _ place: Institution, server: String, replaces: Predecessor?, _ session: any LedgerSession
    ) throws -> Provision {
        let code = JoinCode(randomness: randomness)
        let isDesk = place.kind == "township"
        let kiosk = try nextKiosk(isDesk ? .desk : .clinic, session)
        let blocks = isDesk ? try newBlock(for: kiosk) : []
        let journal = StoredJournal(
            kiosk: kiosk, institution: place.code, name: place.name, publicKey: "",
            oneTimeCode: try pending(code, kiosk), revoked: false, through: 0, head: .zero,
            blocks: String(decoding: try CompactJSON.encode(blocks), as: UTF8.self))
        try session.put(journal)
        return try provision(journal, place, code, server: server, replaces: replaces)
    }

    private func provision(
        _ journal: StoredJournal, _ place: Institution, _ code: JoinCode, server: String,
        replaces: Predecessor?
    ) throws -> Provision {
        Provision(
            trust: trust, desk: try assignment(journal, place), server: server,
            oneTimeCode: code.text, authority: try authority.pem,
            stickKey: stickKey.stickPublicKey, stickSigner: hex(stickKey.publicKey),
            replaces: replaces)
    }

    private func pending(_ code: JoinCode, _ kiosk: KioskID) throws -> String {
        let pending = PendingCode(
            secret: hex(try code.secret(for: kiosk)),
            expires: clock.now().adding(seconds: PendingCode.daysValid * 86_400),
            triesLeft: PendingCode.mostTries)
        return String(decoding: try CompactJSON.encode(pending), as: UTF8.self)
    }

    /// More devices than a county enrols at once.
    static let mostEnrolledAtOnce = 100

    private func nextKiosk(_ series: DeviceSeries, _ session: any LedgerSession) throws -> KioskID {
        let digits = String(try session.lastNumber(in: series) + 1)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
        guard let kiosk = KioskID(rawValue: series.rawValue + zeros + digits) else {
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

    /// What is held of a journal. A device's next journal ("K0012-2") needs no new enrolment: it
    /// is taken from the same device, under the same key, as an empty one.
    nonisolated func held(_ kiosk: KioskID, _ session: any LedgerSession) throws -> StoredJournal? {
        let device = try session.journal(kiosk.device)
        guard kiosk.journal > 1, var next = device else { return try session.journal(kiosk) }
        if var known = try session.journal(kiosk) {
            // Whoever revokes the device revokes all its journals.
            known.revoked = known.revoked || next.revoked
            return known
        }
        next.kiosk = kiosk
        (next.through, next.head, next.forkedAt) = (0, .zero, nil)
        (next.lastContact, next.lastEntryAt) = (nil, nil)
        return next
    }

    func revoke(_ kiosk: KioskID) throws {
        try store.write { session in
            guard var journal = try session.journal(kiosk) else {
                throw OfficeFault.unknownDevice(kiosk)
            }
            journal.revoked = true
            journal.oneTimeCode = ""
            try session.put(journal)
        }
    }
}

/// The letter that a device's number begins with.
private enum DeviceSeries: String, CaseIterable {
    case clinic = "K"
    case desk = "T"

    /// The note of the last number left out.
    var note: String { "enrolFrom/" + rawValue }
}

extension LedgerSession {
    /// The last number that is borne or left out.
    fileprivate func lastNumber(in series: DeviceSeries) throws -> Int {
        let borne = try journals().filter { $0.kiosk.rawValue.hasPrefix(series.rawValue) }
            .compactMap { Int($0.kiosk.rawValue.dropFirst()) }
        return max(borne.max() ?? 0, try number(note: series.note) ?? 0)
    }

    /// Gives no device the next numbers: others may bear them that are not known here any more.
    func leaveOut(devices count: Int) throws {
        for series in DeviceSeries.allCases {
            try put(note: series.note, number: try lastNumber(in: series) + count)
        }
    }
}
