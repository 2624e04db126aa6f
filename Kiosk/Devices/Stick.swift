import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

/// What was written to or read from a stick.
struct StickReport: Codable, Sendable {
    var files: [String] = []
    var entries = 0
    var acknowledgedThrough = 0
    /// Versions taken over, by role.
    var bulletins: [String: Int] = [:]
    /// Entries of journals set aside that the county has signed for now; absent where there were
    /// none.
    var rescued: Int?
}

// A stick carries the same bytes as the network, in one file sealed to its reader.
extension Desk {
    nonisolated var device: KioskID { provision.desk.kiosk }

    /// Writes what the county has not signed for onto a stick, sealed to the county; a device that
    /// has no certificate yet registers with the same file.
    func export(to folder: String) throws -> StickReport {
        try makeFolder(folder)
        var report = StickReport()
        var contents = StickContents()
        if certificate == nil {
            contents.add(StickContents.Name.registration, try CompactJSON.encode(registration()))
        }
        for parcel in try asideParcels() {
            let (journal, through) = (parcel.kiosk, parcel.checkpoint.sequence)
            contents.add(StickContents.Name.aside(journal, through), try parcel.packed())
            report.entries += parcel.entries.count
        }
        var through = try journal.read { try $0.acknowledged().through }
        let checkpoint = try journal.checkpoint(at: clock.now(), key: key)
        repeat {
            let parcel = try nextParcel(of: journal, after: through, upTo: checkpoint, key: key)
            through = parcel.checkpoint.sequence
            contents.add(StickContents.Name.parcel(through), try parcel.packed())
            report.entries += parcel.entries.count
        } while through < checkpoint.sequence
        let label = Envelope.Label(
            direction: .toCounty, county: provision.trust.county, kiosk: device, at: clock.now(),
            signer: hex(key.publicKey))
        let path = folder + "/" + Envelope.fileName(.toCounty, device)
        try writeStickFile(
            path, try Envelope.seal(contents, label, to: provision.stickKey, by: key))
        report.files.append(path)
        report.acknowledgedThrough = try journal.read { try $0.acknowledged().through }
        return report
    }

    /// Takes certificate, acknowledgement and bulletins home from a stick.
    ///
    /// - Throws: ``StickFault`` for a stick that is not for this device, from this county and newer
    ///   than the last; nothing sealed in it has been read then.
    func importStick(_ folder: String) async throws -> StickReport {
        let path = folder + "/" + Envelope.fileName(.fromCounty, device)
        let bytes: [UInt8]
        do { bytes = try readStickFile(path) } catch StickFault.missing(let path) {
            let others = stickFiles(in: folder, .fromCounty).keys.map(\.rawValue).sorted()
            if let other = others.first.flatMap(KioskID.init(rawValue:)) {
                throw StickFault.otherKiosk(other)
            }
            throw StickFault.missing(path)
        }
        let envelope = try Envelope(bytes: bytes)
        try check(envelope.label)
        var report = try await take(try envelope.open(with: key))
        report.files = [path]
        try note(stick: envelope.label.at)
        return report
    }

    private func check(_ label: Envelope.Label) throws(StickFault) {
        guard label.direction == .fromCounty else { throw .wrongDirection(label.direction) }
        guard label.county == provision.trust.county else { throw .otherCounty(label.county) }
        guard label.kiosk == device else { throw .otherKiosk(label.kiosk) }
        guard label.signer == provision.stickSigner else { throw .wrongSigner }
        if let last = lastStick, label.at < last { throw .older(than: last) }
    }

    /// Takes over what a stick brought; everything in it proves itself besides.
    func take(_ contents: StickContents) async throws -> StickReport {
        var report = StickReport()
        let carrier = Carrier.stick(contents)
        try await followRoots(carrier)
        if let bytes = contents.piece(StickContents.Name.certificate) {
            try keep(try CompactJSON.decode(DeviceCertificate.self, from: bytes))
        }
        if let statement = contents.piece(StickContents.Name.acknowledgement(journal.kiosk)) {
            let acknowledgement = try Acknowledgement(
                bytes: statement, for: journal.kiosk, trust: trust)
            try accept(acknowledgement, statement: statement, in: journal)
        }
        try noticeLosses()
        report.rescued = try takeWords(contents)
        for role in [DocumentRole.daily, .policy]
        where contents.piece(StickContents.Name.manifest(role)) != nil {
            guard let fetched = try await fetch(role, carrier) else { continue }
            try take(fetched)
            report.bulletins[role.rawValue] = fetched.manifest.version
        }
        report.acknowledgedThrough = try journal.read { try $0.acknowledged().through }
        return report
    }

    private nonisolated var lastStickPath: String { folder + "/last-stick.json" }

    private nonisolated var lastStick: Instant? {
        guard let bytes = try? readFile(lastStickPath, limit: 64) else { return nil }
        return try? CompactJSON.decode(Instant.self, from: bytes)
    }

    private nonisolated func note(stick at: Instant) throws {
        try writeFile(lastStickPath, try CompactJSON.encode(at))
    }
}
