import Vocabulary

/// One fault of a published table: file, row, column, what is wrong.
public struct BatchFault: Error, Equatable, Sendable, CustomStringConvertible {
    public let file: String
    public let fault: RowFault

    public var description: String { "\(file): \(fault)" }
}

/// All faults of all tables at once; nothing is taken over then.
public struct BatchFaults: Error, Equatable, Sendable, CustomStringConvertible {
    public let faults: [BatchFault]
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// Reads the national insurer's published knowledge points as they are published: tables of several
/// shapes, drugs in two (what a generic name is limited to; which codes bear the name).
///
/// A table is recognised by its columns, never by its file's name; which batch a point is of follows
/// from what it limits.
///
/// - Parameter files: name → text.
/// - Throws: ``BatchFaults``, every fault of every row of every file.
public func nationalBatches(_ files: [String: String]) throws(BatchFaults) -> [KnowledgePoint] {
    var reader = BatchReader()
    for (name, text) in files.sorted(by: { $0.key < $1.key }) { reader.read(name, text) }
    reader.join()
    guard reader.faults.isEmpty else { throw BatchFaults(faults: reader.faults) }
    return reader.points
}

struct BatchReader {
    var points: [KnowledgePoint] = []
    var faults: [BatchFault] = []
    /// What a generic name is limited to, by limit and name.
    private var limits: [String: (limit: Limit, file: String, row: Int)] = [:]
    private var codes: [(key: String, code: String, file: String, row: Int)] = []
    private var used: Set<String> = []

    mutating func read(_ file: String, _ text: String) {
        let table: CSVTable
        do { table = try CSVTable(text, needs: []) } catch {
            faults += error.faults.map { BatchFault(file: file, fault: $0) }
            return
        }
        let places = Dictionary(table.columns.enumerated().map { ($1, $0) }) { first, _ in first }
        guard let shape = Shape(columns: Set(table.columns)) else {
            return fault(file, 1, table.columns.first ?? "", "no known table has these columns")
        }
        for (index, row) in table.rows.enumerated() {
            let field = { (name: String) in places[name].map { row[$0] } ?? "" }
            // Sums and remarks stand under some tables, where a number would be.
            if field("序号").hasPrefix("合计") || field("序号").hasPrefix("备注") { continue }
            read(shape, field, file, index + 2)
        }
    }

    private mutating func read(
        _ shape: Shape, _ field: (String) -> String, _ file: String, _ row: Int
    ) {
        let code = field(shape.codeColumn) + (shape == .codesByName ? field("药品代码") : "")
        if shape != .limitByName, !isCode(code) {
            return fault(file, row, shape.codeColumn, "\"\(code)\" is no national code")
        }
        switch shape {
        case .codesByName:
            codes.append((field("限定类型") + field("药品通用名"), code, file, row))
        case .limitByName:
            let (kind, value) = (field("限定类型"), field("限定对象") + field("限定值域"))
            guard let limit = Limit(kind, value) else {
                return fault(file, row, "限定类型", "\(kind) \"\(value)\" is not known here")
            }
            limits[kind + field("药品通用名")] = (limit, file, row)
        case .limitByItem:
            let value = field("限定对象") + field("限定性别") + field("限定值域")
            guard let limit = Limit(field("限定类型"), value) else {
                return fault(
                    file, row, "限定类型", "\(field("限定类型")) \"\(value)\" is not known here")
            }
            points.append(limit.point(code))
        case .repeated, .frequency, .cycle, .remark:
            guard let limit = shape.limit(field) else {
                return fault(
                    file, row, shape.valueColumn,
                    "\"\(field(shape.valueColumn))\" is not known here")
            }
            points.append(limit.point(code))
        }
    }

    /// Brings names and codes together; a name without codes or a code without a limit is a fault.
    mutating func join() {
        for (key, code, file, row) in codes {
            guard let found = limits[key] else {
                fault(file, row, "药品通用名", "no table says what this name is limited to")
                continue
            }
            used.insert(key)
            points.append(found.limit.point(code))
        }
        for (key, found) in limits.sorted(by: { $0.key < $1.key }) where !used.contains(key) {
            fault(found.file, found.row, "药品通用名", "no table gives codes for this name")
        }
    }

    private mutating func fault(_ file: String, _ row: Int, _ column: String, _ message: String) {
        faults.append(
            BatchFault(file: file, fault: RowFault(row: row, column: column, message: message)))
    }

    private func isCode(_ text: String) -> Bool {
        (8...27).contains(text.utf8.count) && text.allSatisfy { $0.isASCII && !$0.isWhitespace }
    }
}
