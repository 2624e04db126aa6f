/// One fault of a table, told by row so that the clerk can mend it; rows are counted as an editor
/// counts lines.
public struct RowFault: Error, Equatable, Sendable, CustomStringConvertible {
    public let row: Int
    public let column: String
    public let message: String

    public init(row: Int, column: String, message: String) {
        self.row = row
        self.column = column
        self.message = message
    }

    public var description: String { "row \(row), \(column): \(message)" }
}

/// All faults of a table at once; nothing of a faulty table is taken over.
public struct TableFaults: Error, Equatable, Sendable, CustomStringConvertible {
    public let faults: [RowFault]
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// A table with a header row, as a county office exports it: comma-separated, quotes doubled, UTF-8
/// with or without a byte order mark.
public struct CSVTable: Sendable {
    public let columns: [String]
    public let rows: [[String]]

    /// No table of a county is longer; more is refused before any of it is split.
    public static let mostBytes = 128 << 20

    public init(_ text: String, needs needed: [String]) throws(TableFaults) {
        guard text.utf8.count <= CSVTable.mostBytes else {
            let message = "\(text.utf8.count) bytes, at most \(CSVTable.mostBytes) are read"
            throw TableFaults(faults: [RowFault(row: 1, column: "", message: message)])
        }
        var records = CSVTable.records(text)
        let header = records.isEmpty ? [] : records.removeFirst()
        let missing = needed.filter { !header.contains($0) }
        var faults = missing.map { RowFault(row: 1, column: $0, message: "the column is missing") }
        for (index, record) in records.enumerated() where record.count != header.count {
            faults.append(
                RowFault(
                    row: index + 2, column: header.first ?? "",
                    message: "\(record.count) fields, the header has \(header.count)"))
        }
        guard faults.isEmpty else { throw TableFaults(faults: faults) }
        columns = header
        rows = records
    }

    /// Every row read by a closure that collects what is wrong with it.
    public func read<Row>(
        _ body: (_ field: (String) -> String, _ fault: (String, String) -> Void) -> Row?
    ) throws(TableFaults) -> [Row] {
        var faults: [RowFault] = []
        var result: [Row] = []
        let places = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
        for (index, record) in rows.enumerated() {
            let row = body({ places[$0].map { record[$0] } ?? "" }) { column, message in
                faults.append(RowFault(row: index + 2, column: column, message: message))
            }
            if let row { result.append(row) }
        }
        guard faults.isEmpty else { throw TableFaults(faults: faults) }
        return result
    }

    private static func records(_ text: String) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field = ""
        var quoted = false
        var characters = text.unicodeScalars.makeIterator()
        var pending = characters.next()
        if pending == "\u{FEFF}" { pending = characters.next() }
        while let character = pending {
            pending = characters.next()
            switch (character, quoted) {
            case ("\"", true) where pending == "\"":
                field.unicodeScalars.append(character)
                pending = characters.next()
            case ("\"", _): quoted.toggle()
            case (",", false):
                record.append(field)
                field = ""
            case ("\n", false):
                records.append(record + [field])
                (record, field) = ([], "")
            case ("\r", false): break
            default: field.unicodeScalars.append(character)
            }
        }
        if !field.isEmpty || !record.isEmpty { records.append(record + [field]) }
        return records
    }
}
