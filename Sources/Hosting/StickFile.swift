import Foundation
import Syncing
import Vocabulary

/// Reads a file of a stick that anybody may have prepared: only a plain file, never larger than the
/// limit, and without following a link.
public func readStickFile(_ path: String, limit: Int = Envelope.mostBytes) throws -> [UInt8] {
    // A pipe would keep us waiting for its writer without the third flag.
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
        throw errno == ELOOP ? StickFault.notAFile(path) : StickFault.missing(path)
    }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
        throw StickFault.notAFile(path)
    }
    guard about.st_size <= limit else { throw StickFault.tooLarge(Int(about.st_size)) }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: false)
    let data = try handle.read(upToCount: Int(about.st_size)) ?? Data()
    guard data.count == Int(about.st_size) else { throw StickFault.cutOrDamaged }
    return Array(data)
}

/// Writes a file onto a stick whole or not at all, and never through a link that lies in wait there.
public func writeStickFile(_ path: String, _ bytes: [UInt8]) throws {
    let beside = path + ".new"
    unlink(beside)
    let file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
        throw FileFault(path: path, message: "cannot be written; is the stick full or locked?")
    }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: false)
    defer { close(file) }
    do { try handle.write(contentsOf: Data(bytes)) } catch {
        unlink(beside)
        throw FileFault(path: path, message: "cannot be written; is the stick full?")
    }
    guard fsync(file) == 0, rename(beside, path) == 0 else {
        throw FileFault(path: path, message: "cannot be written; is the stick full or locked?")
    }
}

/// The files of a direction that lie on a stick, by device.
public func stickFiles(in folder: String, _ direction: Envelope.Direction) -> [KioskID: String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var found: [KioskID: String] = [:]
    for name in names where name.hasSuffix("." + direction.rawValue) {
        guard let kiosk = KioskID(rawValue: String(name.prefix { $0 != "." })) else { continue }
        found[kiosk] = folder + "/" + name
    }
    return found
}
