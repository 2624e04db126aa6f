import Foundation
import Rules
import Vocabulary

/// A file that cannot be read or written, with what to do about it.
public struct FileFault: Error, CustomStringConvertible {
    public let path: String
    public let message: String
    public var description: String { "\(path): \(message)" }

    public init(path: String, message: String) {
        self.path = path
        self.message = message
    }
}

/// Reads a whole file, at most `limit` bytes.
public func readFile(_ path: String, limit: Int = 1 << 30) throws -> [UInt8] {
    var found = stat()
    // A pipe or a device would be waited for, and a huge file would fill the memory first.
    if stat(path, &found) == 0 {
        guard found.st_mode & S_IFMT == S_IFREG else {
            throw FileFault(path: path, message: "is no plain file")
        }
        guard Int(found.st_size) <= limit else {
            throw FileFault(
                path: path, message: "\(found.st_size) bytes, at most \(limit) are read")
        }
    }
    let file = open(path, O_RDONLY)
    guard file >= 0 else {
        throw FileFault(path: path, message: "cannot be read; check the name and the permissions")
    }
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        // Piece by piece: what a file says of its length is not believed, and some never end.
        let room = limit - bytes.count
        let count = read(file, &piece, room < piece.count ? room + 1 : piece.count)
        guard count >= 0 else { throw FileFault(path: path, message: "cannot be read to its end") }
        guard count > 0 else { return bytes }
        bytes += piece[..<count]
        guard bytes.count <= limit else {
            throw FileFault(path: path, message: "is longer than the \(limit) bytes that are read")
        }
    }
}

/// Writes a file whole or not at all: beside it first, then moved into place.
///
/// - Parameter secret: readable by the owner alone (mode 0600).
public func writeFile(_ path: String, _ bytes: [UInt8], secret: Bool = false) throws {
    let beside = path + ".new"
    let mode: [FileAttributeKey: Any] = [.posixPermissions: secret ? 0o600 : 0o644]
    guard FileManager.default.createFile(atPath: beside, contents: Data(bytes), attributes: mode),
        flush(beside), rename(beside, path) == 0,
        flush((path as NSString).deletingLastPathComponent)
    else {
        throw FileFault(path: path, message: "cannot be written; is the disk full or read-only?")
    }
}

/// Waits until a file, or the names in a folder, are on the disk.
private func flush(_ path: String) -> Bool {
    let file = open(path.isEmpty ? "." : path, O_RDONLY)
    guard file >= 0 else { return false }
    defer { close(file) }
    return fsync(file) == 0
}

/// Whether a file, a folder or anything else bears the name.
public func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

/// Gives a file another name on the same disk, durably; never over a file that is there.
public func moveFile(_ old: String, _ new: String) throws {
    guard !exists(new), rename(old, new) == 0,
        flush((new as NSString).deletingLastPathComponent),
        flush((old as NSString).deletingLastPathComponent)
    else { throw FileFault(path: old, message: "cannot be moved; is the disk read-only?") }
}

public func makeFolder(_ path: String) throws {
    do {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    } catch {
        throw FileFault(path: path, message: "the folder cannot be made")
    }
}

/// Lets work on a copy of a journal, with its log, and removes it after: what is to be proved or saved
/// stays as it was found.
///
/// The system names the folder, never this program's own chance: two boxes on one machine that draw
/// the same numbers must not find, or remove, each other's copies.
///
/// - Throws: ``FileFault`` if it cannot be read or there is no room for a copy; what `work` throws.
public func onCopy<Value>(of path: String, _ work: (String) throws -> Value) throws -> Value {
    var name = Array((NSTemporaryDirectory() + "/journal-copy-XXXXXX").utf8CString)
    guard mkdtemp(&name) != nil else {
        throw FileFault(path: NSTemporaryDirectory(), message: "no folder can be made here")
    }
    let folder = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let copy = folder + "/journal.sqlite"
    for ending in ["", "-wal"] where exists(path + ending) {
        try writeFile(copy + ending, try readFile(path + ending))
    }
    return try work(copy)
}

/// The rule files of a region's folder: path inside it → text.
public func readRuleFolder(_ folder: String) throws -> [String: String] {
    guard let walker = FileManager.default.enumerator(atPath: folder) else {
        throw FileFault(path: folder, message: "no such folder")
    }
    var files: [String: String] = [:]
    for case let path as String in walker where path.hasSuffix(".yaml") {
        files[path] = String(decoding: try readFile(folder + "/" + path), as: UTF8.self)
    }
    return files
}
