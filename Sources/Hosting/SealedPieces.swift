import Crypto
import Foundation
import Vocabulary

/// Bytes that arrive piece by piece and stay when the line or the power is cut, sealed at rest.
///
/// A file of frames, each a length and an AES-GCM box bound to its place; a torn last frame is cut
/// off, and its bytes come again.
public final class SealedPieces: @unchecked Sendable {
    public private(set) var bytes: [UInt8] = []
    private let path: String
    private let name: String
    private let key: SymmetricKey
    private var frames = 0
    private var file: FileHandle

    public init(path: String, name: String, key: SymmetricKey) throws {
        self.path = path
        self.name = name
        self.key = key
        if !FileManager.default.fileExists(atPath: path) { try writeFile(path, [], secret: true) }
        guard let file = FileHandle(forUpdatingAtPath: path) else {
            throw FileFault(path: path, message: "cannot be written; is the disk full?")
        }
        self.file = file
        try read(Array(try file.readToEnd() ?? Data()))
    }

    deinit { try? file.close() }

    private func read(_ held: [UInt8]) throws {
        var place = 0
        while held.count - place >= 4 {
            let length = held[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
            guard length > 0, held.count - place - 4 >= length,
                let box = try? AES.GCM.SealedBox(
                    combined: held[(place + 4)..<(place + 4 + length)]),
                let piece = try? AES.GCM.open(box, using: key, authenticating: label)
            else { break }
            bytes += piece
            frames += 1
            place += 4 + length
        }
        try file.truncate(atOffset: UInt64(place))
    }

    private var label: [UInt8] { Array("\(name) \(frames)".utf8) }

    /// Forgets what arrived: it does not belong to what comes now.
    public func startAgain() throws {
        try file.truncate(atOffset: 0)
        bytes = []
        frames = 0
    }

    public func append(_ piece: [UInt8]) throws {
        let box = try AES.GCM.seal(piece, using: key, authenticating: label)
        let sealed = Array(box.combined ?? Data())
        let length = (0..<4).reversed().map { UInt8(sealed.count >> ($0 * 8) & 0xFF) }
        try file.write(contentsOf: Data(length + sealed))
        bytes += piece
        frames += 1
    }
}
