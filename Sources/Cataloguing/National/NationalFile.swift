import Foundation
import Vocabulary

/// Reads a national download file: UTF-8, a row a line, fields between tabs, `null` for empty.
struct NationalFile {
    let kind: ListKind
    let layout: NationalLayout
    private var faults: [CatalogueFault] = []
    private var width: Int?

    /// Rows passed over because they are no longer in force (有效标志 0).
    private(set) var passedOver = 0

    init(_ kind: ListKind) {
        self.kind = kind
        layout = kind.layout
    }

    /// More rows are no list of this country.
    static let mostRows = 2_000_000

    /// All entries, or all faults.
    mutating func read(_ bytes: [UInt8]) throws(CatalogueFaults) -> [DirectoryEntry] {
        var entries: [(row: Int, entry: DirectoryEntry)] = []
        var number = 0
        bytes.withUnsafeBufferPointer { text in
            var place = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            while place < text.count {
                let end = NationalFile.find(0x0A, in: text, from: place) ?? text.count
                number += 1
                let last = end > place && text[end - 1] == 0x0D ? end - 1 : end
                if last > place, number <= NationalFile.mostRows {
                    let line = UnsafeBufferPointer(rebasing: text[place..<last])
                    if let entry = entry(line, number) { entries.append((number, entry)) }
                }
                place = end + 1
            }
        }
        if number > NationalFile.mostRows {
            fault(0, nil, .tooLarge, "\(number)", expected: "\(NationalFile.mostRows)")
        }
        let unique = withoutRepeats(entries)
        guard faults.isEmpty else { throw CatalogueFaults(faults) }
        guard !unique.isEmpty else { throw CatalogueFaults(.noRows) }
        return unique
    }

    private static func find(
        _ byte: UInt8, in text: UnsafeBufferPointer<UInt8>, from place: Int
    ) -> Int? {
        guard let base = text.baseAddress else { return nil }
        guard let found = memchr(base + place, Int32(byte), text.count - place) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Where the fields of a line begin and end.
    private static func fields(of line: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var fields: [Range<Int>] = []
        fields.reserveCapacity(100)
        var place = 0
        while let tab = find(0x09, in: line, from: place) {
            fields.append(place..<tab)
            place = tab + 1
        }
        fields.append(place..<line.count)
        return fields
    }

    private mutating func entry(
        _ line: UnsafeBufferPointer<UInt8>, _ number: Int
    ) -> DirectoryEntry? {
        let fields = NationalFile.fields(of: line)
        let usual = width ?? fields.count
        width = usual
        guard fields.count >= layout.fewest, fields.count == usual else {
            let expected = max(usual, layout.fewest)
            fault(number, nil, .width, "\(fields.count)", expected: "\(expected)")
            return nil
        }
        var row = NationalRow(line: line, fields: fields)
        if let flag = layout.inForce, row.text(flag) == "0" {
            passedOver += 1
            return nil
        }
        let entry = DirectoryEntry(&row, layout)
        for (column, problem) in row.problems {
            fault(number, column, problem, row.text(column))
        }
        return row.problems.isEmpty ? entry : nil
    }

    private mutating func fault(
        _ row: Int, _ column: Int?, _ problem: CatalogueFault.Problem, _ found: String,
        expected: String = ""
    ) {
        faults.append(
            CatalogueFault(
                row: row, column: column.map { "\(kind.rawValue)#\($0)" } ?? "", problem,
                found: found, expected: expected))
    }

    /// The lists name some codes twice with other record numbers; that is harmless where both say
    /// the same name, and a fault where they do not.
    private mutating func withoutRepeats(
        _ entries: [(row: Int, entry: DirectoryEntry)]
    ) -> [DirectoryEntry] {
        struct Key: Hashable {
            let code: String
            let from: Day?
        }
        var places: [Key: Int] = [:]
        places.reserveCapacity(entries.count)
        var unique: [DirectoryEntry] = []
        for (row, entry) in entries {
            let key = Key(code: entry.code, from: entry.validFrom)
            guard let known = places[key] else {
                places[key] = unique.count
                unique.append(entry)
                continue
            }
            if unique[known].name != entry.name {
                fault(
                    row, layout.code, .twice, "\(entry.code) \(entry.name)",
                    expected: unique[known].name)
            }
            unique[known] = entry
        }
        return unique
    }
}

/// One line while it is read.
struct NationalRow {
    let line: UnsafeBufferPointer<UInt8>
    let fields: [Range<Int>]
    var problems: [(Int, CatalogueFault.Problem)] = []

    /// The field of a national column number; empty for `null` and for columns the file has not.
    func text(_ column: Int) -> String {
        guard column <= fields.count else { return "" }
        var field = line[fields[column - 1]]
        while let byte = field.first, byte == 0x20 { field = field.dropFirst() }
        while let byte = field.last, byte == 0x20 { field = field.dropLast() }
        if field.elementsEqual("null".utf8) || field.isEmpty { return "" }
        return String(decoding: field, as: UTF8.self)
    }

    func first(_ columns: [Int]) -> String {
        for column in columns {
            let text = text(column)
            if !text.isEmpty { return text }
        }
        return ""
    }

    mutating func day(_ column: Int?) -> Day? {
        guard let column else { return nil }
        let text = text(column)
        guard !text.isEmpty else { return nil }
        let day = Cataloguing.day(text)
        if day == nil { problems.append((column, .notADay)) }
        return day
    }
}

extension DirectoryEntry {
    init(_ row: inout NationalRow, _ layout: NationalLayout) {
        self.init(code: row.text(layout.code), name: row.first(layout.names))
        if code.isEmpty {
            row.problems.append((layout.code, .empty))
        } else if Cataloguing.code(code) == nil {
            row.problems.append((layout.code, .notACode))
        }
        if name.isEmpty { row.problems.append((layout.names[0], .empty)) }
        if name.contains("\u{FFFD}") { row.problems.append((layout.names[0], .notUTF8)) }
        for column in layout.aliases {
            let alias = row.text(column)
            if !alias.isEmpty, alias != name, !aliases.contains(alias) { aliases.append(alias) }
        }
        specification = row.first(layout.specification)
        unit = row.first(layout.unit)
        maker = layout.maker.map { row.text($0) } ?? ""
        validFrom = row.day(layout.from)
        validTo = row.day(layout.to)
        if let from = validFrom, let to = validTo, to < from, let column = layout.to {
            row.problems.append((column, .endsBeforeStart))
        }
        mnemonic = layout.mnemonic.map { row.text($0).lowercased() } ?? ""
        restriction = layout.restriction.map { row.text($0) } ?? ""
        marks = layout.marks.filter { yes(row.text($0.column)) == true }.map(\.mark.rawValue)
        if line.utf8.count > DirectoryEntry.mostBytes {
            row.problems.append((layout.names[0], .tooLong))
        }
    }
}
