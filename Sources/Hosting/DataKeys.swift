import Foundation
import Journaling
import Vocabulary

/// The keys one device's files are sealed with: the one in use first, then those that still open
/// what was sealed earlier.
///
/// They come from the operating system's credential store where it hands them to us (systemd puts
/// them into a folder in memory that only this service sees), else from a file of mode 0600 in the
/// data folder. Either is text, one key of 64 hexadecimal digits a line.
public struct DataKeys: Sendable, Equatable {
    public var keys: [DataKey]
    public let source: Source

    public enum Source: Sendable, Equatable {
        /// The credential store; the path is readable for this service alone.
        case credential(String)
        case file(String)

        public var path: String {
            switch self {
            case .credential(let path), .file(let path): path
            }
        }
    }

    public enum Fault: Error, Equatable {
        /// Others than the owner may read the key's file.
        case looseMode(path: String, mode: Int)
        /// The file is there, and is not lines of 64 hexadecimal digits.
        case unreadable(path: String)
        /// The key is kept by the operating system, so it is changed there.
        case keptBySystem(path: String)
        /// Sealed files without any key.
        case missing(path: String)
    }

    /// The name of the file, and of the systemd credential.
    public static let name = "data.key"
    static let mostKeys = 16

    /// - Parameter credentials: the folder named by `CREDENTIALS_DIRECTORY`, where there is one.
    /// - Returns: `nil` where no key was made yet.
    public static func find(in folder: String, credentials: String?) throws -> DataKeys? {
        if let path = credentials.map({ $0 + "/" + name }), exists(path) {
            return DataKeys(keys: try read(path), source: .credential(path))
        }
        let path = folder + "/" + name
        guard exists(path) else { return nil }
        let mode = permissions(of: path)
        guard mode & 0o077 == 0 else { throw Fault.looseMode(path: path, mode: mode) }
        return DataKeys(keys: try read(path), source: .file(path))
    }

    /// Makes the first key of a device, in a file of mode 0600.
    public static func make(in folder: String, randomness: Randomness) throws -> DataKeys {
        let path = folder + "/" + name
        guard let key = DataKey(raw: randomness.bytes(DataKey.length)) else {
            preconditionFailure("32 bytes are a key")
        }
        let made = DataKeys(keys: [key], source: .file(path))
        try made.write(to: path)
        return made
    }

    /// The same keys behind a new one.
    public func renewed(_ randomness: Randomness) -> DataKeys {
        let new = DataKey(raw: randomness.bytes(DataKey.length)).map { [$0] } ?? []
        return DataKeys(keys: Array((new + keys).prefix(DataKeys.mostKeys)), source: source)
    }

    /// Writes the file whole or not at all.
    public func write(to path: String) throws {
        let lines = keys.map { hex($0.raw) + "\n" }.joined()
        try writeFile(path, Array(lines.utf8), secret: true)
    }

    public init(keys: [DataKey], source: Source) {
        self.keys = keys
        self.source = source
    }

    /// Reads a key's file wherever it lies.
    public static func read(_ path: String) throws -> [DataKey] {
        let text = String(decoding: try readFile(path, limit: 4096), as: UTF8.self)
        let keys = text.split(whereSeparator: \.isWhitespace)
            .map { unhex(String($0)).flatMap(DataKey.init(raw:)) }
        let good = keys.compactMap { $0 }
        guard !good.isEmpty, good.count == keys.count, good.count <= mostKeys else {
            throw Fault.unreadable(path: path)
        }
        return good
    }
}

/// Who may read and write a file, as in chmod; 0 where it cannot be asked.
public func permissions(of path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
}
