import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The first sheet of an XLSX workbook, as text.
///
/// Only what a table needs is read: shared and inline strings, numbers, truth values. Formulas give
/// their last result. Dates come as day counts, which the readers of days know.
struct Workbook {
    /// Rows from the first, all of one width.
    let rows: [[String]]

    static let limits: ZipArchive.Limits = {
        var limits = ZipArchive.Limits()
        limits.bytes = 256 << 20
        return limits
    }()

    /// More columns than any catalogue has; spreadsheets allow sixteen thousand.
    static let mostColumns = 256
    static let mostCells = 20_000_000

    /// The part that makes an archive a workbook.
    static let part = "xl/workbook.xml"

    init(_ archive: ZipArchive) throws(CatalogueFaults) {
        let book = BookReader()
        try book.parse(archive, Workbook.part)
        let relations = RelationReader()
        try relations.parse(archive, "xl/_rels/workbook.xml.rels")
        guard let first = book.firstSheet, let target = relations.targets[first] else {
            throw CatalogueFaults(.notATable)
        }
        let strings = StringReader()
        if archive.files["xl/sharedStrings.xml"] != nil {
            try strings.parse(archive, "xl/sharedStrings.xml")
        }
        let sheet = SheetReader(strings.strings)
        let path = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        try sheet.parse(archive, path)
        guard !sheet.isTooLarge else {
            throw CatalogueFaults(.tooLarge, expected: "\(Workbook.mostCells)")
        }
        let width = sheet.rows.map(\.count).max() ?? 0
        // A cell far out makes every row as wide, and one far down as many rows.
        guard sheet.rows.count * width <= Workbook.mostCells else {
            throw CatalogueFaults(.tooLarge, expected: "\(Workbook.mostCells)")
        }
        rows = sheet.rows.map { $0 + Array(repeating: "", count: width - $0.count) }
    }

    /// The table under the header row.
    var table: OfficeTable {
        get throws(CatalogueFaults) {
            guard let header = rows.first else { throw CatalogueFaults(.noRows) }
            return OfficeTable(
                headings: header.map(trimmed), rows: Array(rows.dropFirst()))
        }
    }
}

/// Reads one part of a workbook.
private class PartReader: NSObject, XMLParserDelegate {
    /// Text of the element being read.
    var text = ""

    func parse(_ archive: ZipArchive, _ name: String) throws(CatalogueFaults) {
        guard let bytes = archive.files[name] else {
            throw CatalogueFaults(.damaged, found: name)
        }
        // The system's XML reader stops the process at a name that is no UTF-8.
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw CatalogueFaults(.notUTF8, found: name)
        }
        let data = Data(bytes)
        // No office program writes one; entities are how XML is made to unfold without end.
        guard data.range(of: Data("<!DOCTYPE".utf8)) == nil else {
            throw CatalogueFaults(.suspicious, found: name)
        }
        // Nor an instruction behind the declaration: at one without words the system's reader stops
        // the process.
        let mark = data.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let declared = data.dropFirst(mark).starts(with: Data("<?xml ".utf8)) ? mark + 2 : mark
        guard data.dropFirst(declared).range(of: Data("<?".utf8)) == nil else {
            throw CatalogueFaults(.suspicious, found: name)
        }
        let parser = XMLParser(data: data)
        parser.shouldResolveExternalEntities = false
        parser.delegate = self
        guard parser.parse() || isRefused else { throw CatalogueFaults(.damaged, found: name) }
    }

    /// What a part does with its elements; the names are without the namespace's prefix.
    func begin(_ name: String, _ attributes: [String: String]) {}
    func end(_ name: String) {}
    var isRefused: Bool { false }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        begin(local(name), attributes)
        if isRefused { parser.abortParsing() }
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        end(local(name))
    }
}

private final class BookReader: PartReader {
    var firstSheet: String?

    override func begin(_ name: String, _ attributes: [String: String]) {
        guard name == "sheet", firstSheet == nil else { return }
        firstSheet = attributes.first { local($0.key) == "id" }?.value
    }
}

private final class RelationReader: PartReader {
    var targets: [String: String] = [:]

    override func begin(_ name: String, _ attributes: [String: String]) {
        guard let id = attributes["Id"], let target = attributes["Target"] else { return }
        targets[id] = target
    }
}

private final class StringReader: PartReader {
    var strings: [String] = []
    private var whole = ""
    /// Phonetic guides stand beside the text and are none of it.
    private var phonetic = false

    override func begin(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "si": whole = ""
        case "rPh": phonetic = true
        case "t": text = ""
        default: break
        }
    }

    override func end(_ name: String) {
        switch name {
        case "t" where !phonetic: whole += text
        case "rPh": phonetic = false
        case "si": strings.append(whole)
        default: break
        }
    }
}

private final class SheetReader: PartReader {
    private let strings: [String]
    var rows: [[String]] = []
    var isTooLarge = false
    override var isRefused: Bool { isTooLarge }
    private var cells = 0
    private var row: [String] = []
    private var type = ""
    private var column = 0
    private var value = ""

    init(_ strings: [String]) { self.strings = strings }

    override func begin(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "row":
            // Empty rows are left out of the file; faults are told by the row a person sees.
            let number = attributes["r"].flatMap { Int($0) } ?? rows.count + 1
            guard number <= 1_048_576, number > rows.count else { return refuse() }
            while rows.count < number - 1 { rows.append([]) }
            row = []
        case "c":
            (type, value) = (attributes["t"] ?? "n", "")
            column = attributes["r"].flatMap(columnNumber) ?? row.count
            cells += 1
            if column >= Workbook.mostColumns || column < row.count || cells > Workbook.mostCells {
                refuse()
            }
        case "v", "t": text = ""
        default: break
        }
    }

    override func end(_ name: String) {
        switch name {
        case "v": value = text
        case "t": value += text
        case "c":
            while row.count < column { row.append("") }
            row.append(shown)
        case "row": rows.append(row)
        default: break
        }
    }

    private func refuse() {
        isTooLarge = true
        column = 0
        row = []
    }

    private var shown: String {
        switch type {
        case "s": Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
        case "n": plain(value)
        default: value
        }
    }
}

/// Without the namespace's prefix.
private func local(_ name: String) -> String {
    name.split(separator: ":").last.map(String.init) ?? name
}

/// "AB12" is column 27, counted from 0.
private func columnNumber(_ reference: String) -> Int? {
    var number = 0
    for letter in reference.utf8.prefix(while: { (0x41...0x5A).contains($0) }) {
        guard number < 100_000 else { return nil }
        number = number * 26 + Int(letter) - 0x40
    }
    return number > 0 ? number - 1 : nil
}

/// A number as it was typed: spreadsheets keep 3.9 as 3.8999999999999999.
private func plain(_ text: String) -> String {
    guard text.contains(where: { "eE".contains($0) }) || text.utf8.count > 12,
        let number = Double(text), abs(number) < 1e12
    else { return text }
    let fixed = String(format: "%.6f", locale: Locale(identifier: "en_US_POSIX"), number)
    let cut = fixed.reversed().drop { $0 == "0" }
    return String(String((cut.first == "." ? cut.dropFirst() : cut).reversed()))
}
