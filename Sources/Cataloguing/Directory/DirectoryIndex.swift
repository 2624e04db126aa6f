import Foundation
import Vocabulary

/// The search over one directory. Entries of one name are one entry of the tail index, since a drug
/// of three thousand makers is typed by one name; the shorter name comes first.
public struct DirectoryIndex: Sendable {
    public let directory: Directory
    public let bytes: Data
    private let tails: TailIndex
    private let groups: Int

    private static let magic = Array("DIRECT\u{0}\u{1}".utf8)

    /// Takes an index made earlier; `nil` where it does not fit the directory.
    public init?(_ directory: Directory, bytes: Data) {
        guard bytes.count >= 20, bytes.starts(with: DirectoryIndex.magic) else { return nil }
        let (groups, lines, size) = bytes.withUnsafeBytes { raw in
            (number(raw, 8), number(raw, 12), number(raw, 16))
        }
        let front = 20 + 4 * (groups + 1) + 4 * lines
        guard size == directory.bytes.count, front <= bytes.count,
            let tails = TailIndex(bytes: bytes[(bytes.startIndex + front)...]),
            tails.entryCount == groups
        else { return nil }
        self.directory = directory
        self.bytes = bytes
        self.tails = tails
        self.groups = groups
    }

    /// Makes the index; a national list of drugs takes seconds.
    public init(_ directory: Directory) {
        let groups = DirectoryIndex.groups(of: directory)
        var starts: [UInt32] = [0]
        var lines: [UInt32] = []
        for group in groups {
            lines += group.lines
            starts.append(UInt32(lines.count))
        }
        var data = Data(DirectoryIndex.magic)
        data.append([UInt32(groups.count), UInt32(lines.count), UInt32(directory.bytes.count)])
        data.append(starts)
        data.append(lines)
        data.append(TailIndex(groups.lazy.map(\.terms)).bytes)
        guard let made = DirectoryIndex(directory, bytes: data) else {
            preconditionFailure("what was just made can be read")
        }
        self = made
    }

    private struct Group {
        let name: String
        let terms: SearchTerms
        var lines: [UInt32]
    }

    private static func groups(of directory: Directory) -> [Group] {
        struct Key: Hashable {
            let name: String
            let aliases: [String]
            let mnemonic: String
        }
        var places: [Key: Int] = [:]
        var groups: [Group] = []
        directory.forEach { place, entry in
            let key = Key(name: entry.name, aliases: entry.aliases, mnemonic: entry.mnemonic)
            if let known = places[key] {
                groups[known].lines.append(UInt32(place))
                return
            }
            places[key] = groups.count
            let terms = SearchTerms(
                names: [entry.name] + entry.aliases, initials: [entry.mnemonic])
            groups.append(Group(name: entry.name, terms: terms, lines: [UInt32(place)]))
        }
        return groups.sorted {
            ($0.name.utf8.count, $0.name, $0.lines[0])
                < ($1.name.utf8.count, $1.name, $1.lines[0])
        }
    }

    /// Entries in force on a day that match what was typed, best first: those whose code or name
    /// begins with it, then those that contain it.
    public func matches(_ typed: String, on day: Day, limit: Int) -> [DirectoryMatch] {
        let byCode = entries(codeBeginning: typed, on: day, limit: limit)
        let byName = tails.first(limit, matching: typed) { match in
            entries(of: match.entry, on: day, limit: limit).map {
                DirectoryMatch(entry: $0, kind: directory.kind, atStart: match.atStart)
            }
        }
        guard !byCode.isEmpty else { return byName }
        let codes = Set(byCode.map(\.entry.code))
        return Array((byCode + byName.filter { !codes.contains($0.entry.code) }).prefix(limit))
    }

    /// Only what looks like a code is sought among them: a letter alone is the beginning of a name.
    private func entries(
        codeBeginning typed: String, on day: Day, limit: Int
    ) -> [DirectoryMatch] {
        let code = code(typed)
        guard code.utf8.count >= 4, code.utf8.contains(where: { (0x30...0x39).contains($0) })
        else { return [] }
        return directory.entries(codeBeginning: code, limit: limit)
            .filter { $0.isInForce(on: day) }
            .map { DirectoryMatch(entry: $0, kind: directory.kind, atStart: true) }
    }

    private func code(_ typed: String) -> String {
        String(
            decoding: searchable(typed).utf8.map { byte in
                (0x61...0x7A).contains(byte) ? byte - 0x20 : byte
            }, as: UTF8.self)
    }

    private func entries(of group: Int, on day: Day, limit: Int) -> [DirectoryEntry] {
        let places: [Int] = bytes.withUnsafeBytes { raw in
            let lines = 20 + 4 * (groups + 1)
            let (first, end) = (number(raw, 20 + 4 * group), number(raw, 24 + 4 * group))
            guard first <= end, lines + 4 * end <= raw.count else { return [] }
            return (first..<end).prefix(4 * limit).map { number(raw, lines + 4 * $0) }
        }
        return Array(
            places.lazy.compactMap { directory.entry(at: $0) }.filter { $0.isInForce(on: day) }
                .prefix(limit))
    }
}

/// An entry of the directory that fits what was typed.
public struct DirectoryMatch: Hashable, Sendable {
    public let entry: DirectoryEntry
    public let kind: ListKind
    public let atStart: Bool
}

private func number(_ raw: UnsafeRawBufferPointer, _ offset: Int) -> Int {
    guard offset + 4 <= raw.count else { return 0 }
    return Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
}
