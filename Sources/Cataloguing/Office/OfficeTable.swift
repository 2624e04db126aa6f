import Vocabulary

/// A table with a header row, as a county office has it: CSV or the first sheet of a workbook.
public struct OfficeTable: Equatable, Sendable {
    public let headings: [String]
    /// Rows under the header, each as wide as it; the first of them is row 2 of the file.
    public let rows: [[String]]

    public init(headings: [String], rows: [[String]]) {
        self.headings = headings
        self.rows = rows
    }

    public init(csv text: String) throws(CatalogueFaults) {
        let table: CSVTable
        do { table = try CSVTable(text, needs: []) } catch {
            throw CatalogueFaults(
                error.faults.map {
                    CatalogueFault(row: $0.row, column: $0.column, .width, found: $0.message)
                })
        }
        self.init(headings: table.columns, rows: table.rows)
    }

    /// Where the columns that are asked for stand, under any of the headings offices give them.
    func places<Column: OfficeColumn>(
        of type: Column.Type
    ) throws(CatalogueFaults) -> [Column: Int] {
        var places: [Column: Int] = [:]
        var faults: [CatalogueFault] = []
        for (place, heading) in headings.enumerated() {
            let plain = searchable(heading)
            let column = Column.allCases.first { $0.headings.contains { searchable($0) == plain } }
            guard let column else { continue }
            if let other = places[column] {
                faults.append(
                    CatalogueFault(
                        row: 1, column: heading, .columnTwice, found: heading,
                        expected: headings[other]))
            }
            places[column] = place
        }
        for column in Column.allCases where column.isNeeded && places[column] == nil {
            faults.append(
                CatalogueFault(
                    row: 1, column: column.rawValue, .columnMissing,
                    expected: column.headings.joined(separator: "、")))
        }
        guard faults.isEmpty else { throw CatalogueFaults(faults) }
        return places
    }

    /// Every row read by a closure that reports what is wrong with it; all faults or all rows.
    func read<Column: OfficeColumn, Row>(
        _ type: Column.Type, _ body: (inout OfficeRow<Column>) -> Row?
    ) throws(CatalogueFaults) -> [Row] {
        let places = try places(of: type)
        var faults: [CatalogueFault] = []
        var result: [Row] = []
        for (index, fields) in rows.enumerated() where fields.contains(where: { !$0.isEmpty }) {
            var row = OfficeRow(
                number: index + 2, fields: fields, places: places, headings: headings)
            if let one = body(&row) { result.append(one) }
            faults += row.faults
        }
        guard faults.isEmpty else { throw CatalogueFaults(faults) }
        guard !result.isEmpty else { throw CatalogueFaults(.noRows) }
        return result
    }
}

/// The columns of one kind of table, with the headings they go by.
protocol OfficeColumn: RawRepresentable<String>, CaseIterable, Hashable {
    var headings: [String] { get }
    var isNeeded: Bool { get }
}
