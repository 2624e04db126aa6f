import Crypto
import Foundation
import Hosting
import Journaling
import Synchronization
import Syncing
import Vocabulary

/// What is half way between this device and the county, kept so that a cut line costs nothing that
/// has arrived: the parcel being sent, and pieces of sections being fetched. Sealed at rest.
final class Transit: Sendable {
    private let folder: String
    private let inUse: Mutex<SymmetricKey>

    init(folder: String, key: DataKey) {
        self.folder = folder + "/transit"
        inUse = Mutex(Transit.key(key))
    }

    static func key(_ key: DataKey) -> SymmetricKey { key.derived(for: "transit") }

    private var key: SymmetricKey { inUse.withLock { $0 } }

    /// What is half way is forgotten with the key that sealed it: it comes, or goes, once more.
    func renew(_ key: DataKey) throws {
        inUse.withLock { $0 = Transit.key(key) }
        if exists(folder) { try FileManager.default.removeItem(atPath: folder) }
    }

    private var parcelPath: String { folder + "/parcel" }

    /// The parcel that was begun and not answered.
    ///
    /// The very bytes are kept: made anew it would bear another time and so be another parcel.
    func parcel() -> [UInt8]? {
        guard let sealed = try? readFile(parcelPath, limit: 2 * Parcel.mostBytes),
            let box = try? AES.GCM.SealedBox(combined: sealed),
            let bytes = try? AES.GCM.open(box, using: key)
        else { return nil }
        return Array(bytes)
    }

    func keep(parcel bytes: [UInt8]) throws {
        try makeFolder(folder)
        let box = try AES.GCM.seal(bytes, using: key)
        try writeFile(parcelPath, Array(box.combined ?? Data()), secret: true)
    }

    func forgetParcel() { try? FileManager.default.removeItem(atPath: parcelPath) }

    /// What has arrived of something the county publishes.
    func pieces(of name: String) throws -> SealedPieces {
        try makeFolder(folder)
        let safe = name.replacing("/", with: "-")
        return try SealedPieces(path: "\(folder)/\(safe).part", name: name, key: key)
    }

    /// Once a section was taken over its pieces are of no more use; those of others stay.
    ///
    /// - Parameter digests: `nil` forgets all, where something did not stand the check.
    func forgetPieces(of digests: [Fingerprint]?) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names
        where name.hasSuffix(".part")
            && digests?.contains(where: { name.contains("\($0)") }) ?? true
        {
            try? FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }
}

extension Carrier {
    /// This carrier, with every parcel kept until it is answered.
    func keeping(in transit: Transit) -> Carrier {
        var carrier = self
        let send = send
        carrier.send = { packed in
            try transit.keep(parcel: packed)
            let answer = try await send(packed)
            transit.forgetParcel()
            return answer
        }
        return carrier
    }
}
