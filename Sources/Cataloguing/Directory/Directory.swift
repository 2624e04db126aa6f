import Foundation
import Vocabulary

/// One national list as it is published and kept: a heading, then a line an entry, sorted by code,
/// so that a code is found in the bytes themselves.
public struct Directory: Sendable, Equatable {
    public let kind: ListKind
    public let bytes: Data
    /// Where the first entry begins.
    private let start: Int

    /// `nil` where the bytes are not a directory.
    public init?(bytes: Data) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let heading = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
        guard heading.count == 2, heading[0] == "directory",
            let kind = ListKind(rawValue: String(heading[1])),
            bytes.last == UInt8(ascii: "\n"), bytes.count < UInt32.max
        else { return nil }
        self.kind = kind
        self.bytes = bytes
        start = end + 1
    }

    /// The same bytes for the same entries, in whatever order they come.
    public init(_ kind: ListKind, _ entries: some Sequence<DirectoryEntry>) {
        var data = Data("directory \(kind.rawValue)\n".utf8)
        let start = data.count
        for line in entries.map({ Array(($0.line + "\n").utf8) })
            .sorted(by: { $0.lexicographicallyPrecedes($1) })
        {
            data.append(contentsOf: line)
        }
        self.kind = kind
        self.bytes = data
        self.start = start
    }

    /// The entry of a code on a day; of several the one that began last.
    public func entry(_ code: String, on day: Day) -> DirectoryEntry? {
        versions(of: code).filter { $0.isInForce(on: day) }
            .max { $0.validFrom ?? .first < $1.validFrom ?? .first }
    }

    public func item(_ code: String, _ day: Day) -> CatalogueItem? {
        entry(code, on: day)?.item(of: kind, on: day)
    }

    /// Entries whose code begins with what was typed.
    func entries(codeBeginning typed: String, limit: Int) -> [DirectoryEntry] {
        let sought = Array(typed.utf8)
        return scan(from: sought, limit: limit) { $0.code.utf8.starts(with: sought) }
    }

    private func versions(of code: String) -> [DirectoryEntry] {
        scan(from: Array((code + "\t").utf8), limit: .max) { $0.code == code }
    }

    private func scan(
        from sought: [UInt8], limit: Int, while wanted: (DirectoryEntry) -> Bool
    ) -> [DirectoryEntry] {
        bytes.withUnsafeBytes { raw in
            var found: [DirectoryEntry] = []
            var place = firstLine(in: raw, notBefore: sought)
            while place < raw.count, found.count < limit {
                let end = lineEnd(in: raw, place)
                guard let entry = DirectoryEntry(line: raw[place..<end]), wanted(entry) else {
                    break
                }
                found.append(entry)
                place = end + 1
            }
            return found
        }
    }

    /// Halves the bytes, each time going back to the beginning of a line.
    private func firstLine(in raw: UnsafeRawBufferPointer, notBefore sought: [UInt8]) -> Int {
        var (low, high) = (start, raw.count)
        while low < high {
            let middle = (low + high) / 2
            var line = middle
            while line > low, raw[line - 1] != UInt8(ascii: "\n") { line -= 1 }
            let end = lineEnd(in: raw, line)
            if raw[line..<end].lexicographicallyPrecedes(sought) {
                low = end + 1
            } else {
                high = line
            }
        }
        return low
    }

    private func lineEnd(in raw: UnsafeRawBufferPointer, _ place: Int) -> Int {
        var end = place
        while end < raw.count, raw[end] != UInt8(ascii: "\n") { end += 1 }
        return end
    }

    /// Every entry with the place of its line.
    func forEach(_ body: (_ place: Int, _ entry: DirectoryEntry) -> Void) {
        bytes.withUnsafeBytes { raw in
            var place = start
            while place < raw.count {
                let end = lineEnd(in: raw, place)
                if let entry = DirectoryEntry(line: raw[place..<end]) { body(place, entry) }
                place = end + 1
            }
        }
    }

    /// The entry whose line begins at a place.
    func entry(at place: Int) -> DirectoryEntry? {
        guard place >= start, place < bytes.count else { return nil }
        return bytes.withUnsafeBytes { raw in
            DirectoryEntry(line: raw[place..<lineEnd(in: raw, place)])
        }
    }

    public var count: Int { bytes.count { $0 == UInt8(ascii: "\n") } - 1 }
}

extension Day {
    /// Before every day of any list.
    fileprivate static let first = Day(number: 0)
}
