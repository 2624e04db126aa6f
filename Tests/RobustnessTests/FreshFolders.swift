import Foundation
import SmallCounty

/// Folders for one look or run each, all below one that goes when the test is over.
final class FreshFolders: @unchecked Sendable {
    private let root: TestFolder
    private var count = 0

    init() throws { root = try TestFolder() }

    /// A new folder, empty or with a copy.
    func next(from base: String? = nil) throws -> String {
        count += 1
        let path = "\(root.path)/\(count)"
        if let base {
            try FileManager.default.copyItem(atPath: base, toPath: path)
        } else {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        }
        return path
    }
}
