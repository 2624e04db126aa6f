import Foundation
import Hosting
import Journaling
import Merging
import Syncing
import Vocabulary

// Sticks: what the network carries, sealed into one file a device and direction.
extension Office {
    /// Takes a device's stick: its registration, if it comes for the first time, and its parcels.
    ///
    /// - Parameter answers: folder for what goes home; `nil` writes nothing.
    func importStick(_ bytes: [UInt8], _ path: String, answers: String?) throws -> ImportReport {
        let envelope = try Envelope(bytes: bytes)
        let label = envelope.label
        guard label.direction == .toCounty else { throw StickFault.wrongDirection(label.direction) }
        guard label.county == trust.county else { throw StickFault.otherCounty(label.county) }
        guard let journal = try store.read({ try $0.journal(label.kiosk) }) else {
            throw ParcelFault.unknownDevice(label.kiosk)
        }
        guard !journal.revoked else { throw ParcelFault.revokedDevice(label.kiosk) }
        guard journal.publicKey.isEmpty || journal.publicKey == label.signer else {
            throw StickFault.wrongSigner
        }
        let held = try held(of: label.kiosk)
        let contents = try envelope.open(with: stickKey)
        let certificate = try register(from: contents, label)
        for packed in contents.pieces(under: StickContents.Name.asides) {
            // One that is refused, because it forked, keeps nothing else back.
            do { _ = try receive(packed) } catch is RoundFault {} catch is ParcelFault {}
        }
        var through = 0
        for packed in contents.pieces(under: StickContents.Name.parcels) {
            let answer = try receive(packed)
            through = try SignedDocument(role: .acknowledgement, bytes: answer)
                .value(Acknowledgement.self).through
        }
        if let answers { try writeStick(for: label.kiosk, to: answers, certificate) }
        return ImportReport(
            stick: true, file: path, journal: label.kiosk, through: through,
            new: try self.held(of: label.kiosk) - held)
    }

    /// Whoever comes for the first time must bring proof of the code, under the key that signed.
    private func register(
        from contents: StickContents, _ label: Envelope.Label
    ) throws -> DeviceCertificate? {
        guard let bytes = contents.piece(StickContents.Name.registration) else {
            let known = try store.read { try $0.journal(label.kiosk)?.publicKey }
            guard known == label.signer else { throw StickFault.wrongSigner }
            return nil
        }
        let registration = try CompactJSON.decode(Registration.self, from: bytes)
        guard registration.kiosk == label.kiosk, registration.publicKey == label.signer else {
            throw StickFault.wrongSigner
        }
        return try register(registration)
    }

    /// Writes acknowledgement and bulletins for one device, or for all that have registered.
    ///
    /// - Returns: the files written.
    @discardableResult
    func writeStick(
        for kiosk: KioskID?, to folder: String, _ certificate: DeviceCertificate? = nil
    ) throws -> [String] {
        try makeFolder(folder)
        if let kiosk { return [try writeOneStick(for: kiosk, to: folder, certificate)] }
        let registered = try store.read { session in
            try session.journals().filter { journal in
                try !journal.revoked && session.device(journal.kiosk) != nil
            }.map(\.kiosk)
        }
        return try registered.map { try writeOneStick(for: $0, to: folder, nil) }
    }

    private func writeOneStick(
        for kiosk: KioskID, to folder: String, _ certificate: DeviceCertificate?
    ) throws -> String {
        let (journal, device) = try store.read { (try $0.journal(kiosk), try $0.device(kiosk)) }
        guard let journal, let device else { throw OfficeFault.unknownDevice(kiosk) }
        guard !journal.revoked else { throw OfficeFault.revoked(kiosk) }
        var contents = try bulletins(for: journal)
        if let certificate {
            contents.add(StickContents.Name.certificate, try CompactJSON.encode(certificate))
        }
        for journal in try store.read({ try $0.journals(of: kiosk) })
        where journal.forkedAt == nil {
            let aside = try store.read { try $0.setAside(of: journal.kiosk) }
            contents.add(
                StickContents.Name.acknowledgement(journal.kiosk), try acknowledge(journal, aside))
        }
        let path = folder + "/" + Envelope.fileName(.fromCounty, kiosk)
        try writeStickFile(
            path,
            try Envelope.seal(
                contents, label(.fromCounty, kiosk), to: device.stickKey, by: stickKey))
        return path
    }

    /// Everything a new device needs to work without ever having had a network, sealed under its
    /// one-time code; for a spare also the journal of the device it stands in for.
    func writeProvision(_ provision: Provision, to folder: String) throws {
        try makeFolder(folder)
        let kiosk = provision.desk.kiosk
        guard let journal = try store.read({ try $0.journal(kiosk) }),
            let code = JoinCode(provision.oneTimeCode)
        else { throw OfficeFault.unknownDevice(kiosk) }
        var contents = try bulletins(for: journal)
        contents.add(StickContents.Name.provision, try CompactJSON.encode(provision))
        if let old = provision.replaces { try add(journalOf: old, to: &contents) }
        try writeStickFile(
            folder + "/" + Envelope.fileName(.provision, kiosk),
            try Envelope.seal(
                contents, label(.provision, kiosk), under: try code.secret(for: kiosk),
                randomness: randomness, by: stickKey))
    }

    private func add(journalOf old: Predecessor, to contents: inout StickContents) throws {
        let lines = try store.read { session in
            try (0..<old.through).compactMap { place in
                try session.entry(EntryReference(kiosk: old.kiosk, sequence: place + 1))?
                    .entry.bytes
            }
        }
        for start in stride(from: 0, to: lines.count, by: Parcel.mostEntries) {
            let piece = lines[start..<min(start + Parcel.mostEntries, lines.count)]
            contents.add(
                StickContents.Name.journal + "\(start + 1)",
                compress(Array(piece.joined(separator: [0x0A]))))
        }
    }

    private func label(_ direction: Envelope.Direction, _ kiosk: KioskID) -> Envelope.Label {
        Envelope.Label(
            direction: direction, county: trust.county, kiosk: kiosk, at: clock.now(),
            signer: hex(stickKey.publicKey))
    }

    /// Roots, manifests and sections for a device, as the network hands them out.
    private func bulletins(for journal: StoredJournal) throws -> StickContents {
        let recipient = try recipient(of: journal)
        return try store.read { session in
            var contents = StickContents()
            for version in 1..<((try session.released(.root)?.version ?? 0) + 1) {
                guard let root = try session.statement(.root, version: version) else { continue }
                contents.add(StickContents.Name.root(version), root)
            }
            for role in [DocumentRole.daily, .policy] where try session.released(role) != nil {
                let statement = try manifest(role, for: recipient, session)
                contents.add(StickContents.Name.manifest(role), statement)
                for section in try Office.manifest(of: statement, role).sections(for: recipient) {
                    guard let packed = try session.section(section.digest) else { continue }
                    contents.add(StickContents.Name.section("\(section.digest)"), packed)
                }
            }
            return contents
        }
    }
}
