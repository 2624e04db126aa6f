import Crypto
import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

// The journal of the device this one stands in for, as far as the county had it: read for what was
// dispensed before, never added to.
extension Desk {
    private nonisolated var predecessorPath: String { folder + "/before.sealed" }

    private nonisolated var predecessorKey: SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: key.raw),
            info: Data("village-kiosk before 1".utf8), outputByteCount: 32)
    }

    /// Keeps what the county sent back, sealed at rest like everything else.
    nonisolated func keepPredecessor(_ contents: StickContents) throws {
        let packed = contents.pieces(under: StickContents.Name.journal)
        guard !packed.isEmpty else { return }
        let lines = try packed.map { try decompress($0, limit: Parcel.mostBytes) }
            .joined(separator: [0x0A])
        let box = try AES.GCM.seal(Data(compress(Array(lines))), using: predecessorKey)
        try writeFile(predecessorPath, Array(box.combined ?? Data()), secret: true)
    }

    /// Everything the broken device had recorded of a person, in order.
    func entriesBefore(about person: PersonNumber) throws -> [Entry] {
        if before == nil { before = try readPredecessor() }
        return (before ?? []).filter { $0.fact.persons.contains(person) }
    }

    /// Entries of the broken device that are here, in order.
    func readPredecessor() throws -> [Entry] {
        guard FileManager.default.fileExists(atPath: predecessorPath) else { return [] }
        let box = try AES.GCM.SealedBox(combined: try readFile(predecessorPath))
        let packed = Array(try AES.GCM.open(box, using: predecessorKey))
        var hash = Fingerprint.zero
        return try decompress(packed, limit: Envelope.mostBytes)
            .split(separator: 0x0A).map { line in
                let entry = Entry(keeping: Array(line), after: hash)
                hash = entry.hash
                return entry
            }
    }
}
