import Foundation
import Identifying
import Vocabulary

/// Everybody's name and pinyin initials, held in memory to be searched: on the disk they are one
/// sealed row, and no index on the disk could be searched without telling the names.
///
/// A whole township is under a megabyte, and looking through it is quicker than a page is drawn.
struct NameList: Sendable {
    private var text: [UInt8] = []
    private var starts: [Int] = []
    private var people: [PersonNumber] = []

    static let empty = NameList()

    /// One line a person: number, name, initials, between tabs.
    static func lines(_ members: some Sequence<Member>) -> [UInt8] {
        Array(
            members.map { "\($0.number.rawValue)\t\($0.name)\t\($0.initials)\n" }.joined().utf8)
    }

    private init() {}

    /// Reads what ``lines(_:)`` wrote.
    init(_ lines: [UInt8]) {
        text.reserveCapacity(lines.count)
        for line in lines.split(separator: newline) {
            guard let end = line.firstIndex(of: tab),
                let number = PersonNumber(rawValue: String(decoding: line[..<end], as: UTF8.self))
            else { continue }
            people.append(number)
            starts.append(text.count)
            text += line[end...]
        }
    }

    var count: Int { people.count }

    /// People whose name or initials hold the text; those that begin with it first.
    func matches(_ typed: String, limit: Int) -> [PersonNumber] {
        let pattern = Array(typed.utf8)
        guard !pattern.isEmpty, !pattern.contains(where: { $0 < 0x20 }) else { return [] }
        var (beginning, within): ([PersonNumber], [PersonNumber]) = ([], [])
        var from = 0
        while beginning.count < limit, let hit = first(pattern, from: from) {
            let record = record(at: hit)
            if text[hit - 1] == tab {
                beginning.append(people[record])
            } else if within.count < limit, !begins(pattern, in: record, after: hit) {
                within.append(people[record])
            } else if begins(pattern, in: record, after: hit) {
                beginning.append(people[record])
            }
            from = record + 1 < starts.count ? starts[record + 1] : text.count
        }
        return Array((beginning + within).prefix(limit))
    }

    /// Whether a later field of the record begins with the text: initials behind a name.
    private func begins(_ pattern: [UInt8], in record: Int, after hit: Int) -> Bool {
        let end = record + 1 < starts.count ? starts[record + 1] : text.count
        guard let field = text[hit..<end].firstIndex(of: tab) else { return false }
        return text[(field + 1)..<end].starts(with: pattern)
    }

    /// Looks for the last byte, which in Chinese text differs more than the first.
    private func first(_ pattern: [UInt8], from: Int) -> Int? {
        text.withUnsafeBytes { whole in
            guard let base = whole.baseAddress, let last = pattern.last else { return nil }
            var place = from + pattern.count - 1
            while place < whole.count,
                let found = memchr(base + place, Int32(last), whole.count - place)
            {
                let end = UnsafeRawPointer(found) - base + 1
                if memcmp(base + end - pattern.count, pattern, pattern.count) == 0 {
                    return end - pattern.count
                }
                place = end
            }
            return nil
        }
    }

    private func record(at offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}

private let newline = UInt8(ascii: "\n")
private let tab = UInt8(ascii: "\t")
