import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

/// Parcels on their way in: what has arrived of one stays when the line breaks, so that the device
/// goes on at the byte where it was.
///
/// Lost here, a parcel is only sent again; so nothing of this needs to be durable or shared.
actor Uploads {
    private let folder: String

    init(folder: String) { self.folder = folder }

    /// A parcel by its device, the beginning of its SHA-256, and its size in bytes.
    struct Name: Sendable, Hashable {
        let kiosk: KioskID
        let digest: String
        let size: Int

        init?(kiosk: KioskID, digest: String?, size: String?) {
            guard let digest, digest.utf8.count == Name.digits, unhex(digest) != nil,
                let size = size.flatMap(Int.init), (0...Parcel.mostBytes).contains(size)
            else { return nil }
            self.kiosk = kiosk
            self.digest = digest
            self.size = size
        }

        static let digits = 16
        var file: String { "\(kiosk)-\(digest)-\(size).part" }
    }

    /// How many bytes of a parcel are here.
    func held(_ name: Name) -> Int {
        let about = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name.file)
        return (about?[.size] as? Int) ?? 0
    }

    /// A device sends one parcel at a time: what it gave up on is forgotten.
    func begin(_ name: Name) throws {
        try makeFolder(folder)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder)
        where file.hasPrefix("\(name.kiosk)-") && file != name.file {
            try FileManager.default.removeItem(atPath: folder + "/" + file)
        }
        let path = folder + "/" + name.file
        guard FileManager.default.fileExists(atPath: path) else {
            _ = FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            return
        }
    }

    /// Keeps a piece that arrived; what was here before is not written twice, whichever of two
    /// lines brings it.
    func take(_ piece: [UInt8], at offset: Int, of name: Name) throws {
        let held = held(name)
        guard offset >= 0, offset <= held else { throw UploadFault.gap(held: held) }
        guard offset + piece.count <= name.size else { throw UploadFault.tooLong }
        let new = piece.dropFirst(held - offset)
        guard !new.isEmpty else { return }
        let path = folder + "/" + name.file
        guard let file = FileHandle(forWritingAtPath: path) else {
            throw FileFault(path: path, message: "cannot be written; is the disk full?")
        }
        defer { try? file.close() }
        try file.seekToEnd()
        try file.write(contentsOf: Data(new))
    }

    /// The whole parcel, which is no longer kept here then.
    ///
    /// - Throws: ``UploadFault`` where bytes are missing, or are not those that were announced.
    func whole(_ name: Name) throws -> [UInt8] {
        let path = folder + "/" + name.file
        let bytes = try readFile(path, limit: Parcel.mostBytes)
        guard bytes.count == name.size else { throw UploadFault.gap(held: bytes.count) }
        try FileManager.default.removeItem(atPath: path)
        guard "\(SyncingHash.of(bytes))".hasPrefix(name.digest) else { throw UploadFault.altered }
        return bytes
    }
}

/// Why a piece of a parcel is not taken; the device asks how far it came, and goes on there.
enum UploadFault: Error, Equatable {
    case gap(held: Int)
    case tooLong
    /// Not the bytes that were announced: everything is to be sent again.
    case altered
}
