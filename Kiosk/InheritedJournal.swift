import Crypto
import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

/// The journal of the device this one stands in for, as far as the county had it, in a file sealed
/// at rest like everything else: read for what was dispensed before, never added to.
struct InheritedJournal: Sendable {
    private let path: String
    private let aside: String
    private let keys: [DataKey]

    /// - Parameter keys: the data keys, the one in use first.
    init(folder: String, keys: [DataKey]) {
        path = folder + "/before.sealed"
        aside = Box.asideFolder(in: folder)
        self.keys = keys
    }

    func keep(_ lines: [UInt8]) throws { try write(compress(lines)) }

    /// - Returns: the journal's lines; `nil` where this device stands in for none.
    func lines() throws -> [UInt8]? {
        try packed().map { try decompress($0.bytes, limit: Envelope.mostBytes) }
    }

    /// Seals the file with the key in use, where it is sealed with an earlier one.
    ///
    /// One whose key was given up opens no more; it is kept beside the journal that went with it,
    /// and whoever is served is served without it.
    ///
    /// - Parameter device: what boxes of the version before sealed it with.
    func reseal(device: DeviceKey? = nil) throws {
        do {
            guard let (bytes, isNewest) = try packed(device), !isNewest else { return }
            try write(bytes)
        } catch Journal.Fault.keyDiffers {
            try makeFolder(aside)
            try FileManager.default.moveItem(
                atPath: path, toPath: aside + "/" + (path as NSString).lastPathComponent)
        }
    }

    private func write(_ packed: [UInt8]) throws {
        guard let key = keys.first else { preconditionFailure("a device has a data key") }
        let box = try AES.GCM.seal(packed, using: key.derived(for: "before"))
        try writeFile(path, Array(box.combined ?? Data()), secret: true)
    }

    private func packed(_ device: DeviceKey? = nil) throws -> (bytes: [UInt8], isNewest: Bool)? {
        guard exists(path) else { return nil }
        let box = try AES.GCM.SealedBox(combined: try readFile(path))
        let all = keys.map { $0.derived(for: "before") } + (device.map { [Self.key(of: $0)] } ?? [])
        for (place, key) in all.enumerated() {
            guard let bytes = try? AES.GCM.open(box, using: key) else { continue }
            return (Array(bytes), place == 0)
        }
        throw Journal.Fault.keyDiffers(path: path)
    }

    private static func key(of device: DeviceKey) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: device.raw),
            info: Data("village-kiosk before 1".utf8), outputByteCount: 32)
    }
}

extension Desk {
    var inherited: InheritedJournal { InheritedJournal(folder: folder, keys: box.keys.keys) }

    /// Keeps what the county sent back.
    func keepPredecessor(_ contents: StickContents) throws {
        let packed = contents.pieces(under: StickContents.Name.journal)
        guard !packed.isEmpty else { return }
        let lines = try packed.map { try decompress($0, limit: Parcel.mostBytes) }
            .joined(separator: [0x0A])
        try inherited.keep(Array(lines))
    }

    /// Everything the broken device had recorded of a person, in order.
    func entriesBefore(about person: PersonNumber) throws -> [Entry] {
        if before == nil { before = try readPredecessor() }
        return (before ?? []).filter { $0.fact.persons.contains(person) }
    }

    /// Entries of the broken device that are here, in order.
    func readPredecessor() throws -> [Entry] {
        var hash = Fingerprint.zero
        return try (inherited.lines() ?? [])
            .split(separator: 0x0A).map { line in
                let entry = Entry(keeping: Array(line), after: hash)
                hash = entry.hash
                return entry
            }
    }
}
