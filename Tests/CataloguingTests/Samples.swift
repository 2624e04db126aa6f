import CZip
import Foundation
import Vocabulary

@testable import Cataloguing

/// Files in the national layouts, of invented names.
enum Samples {
    static let today = Day("2026-11-22") ?? Day(number: 0)

    /// A row of a national file: the columns named, `null` in all others.
    static func row(_ kind: ListKind, _ fields: [Int: String]) -> String {
        (1...kind.layout.columns).map { fields[$0] ?? "null" }.joined(separator: "\t")
    }

    static func file(_ kind: ListKind, _ rows: [[Int: String]]) -> [UInt8] {
        Array(rows.map { row(kind, $0) + "\r\n" }.joined().utf8)
    }

    /// An invented entry in the columns a layout reads.
    static func fields(_ kind: ListKind, code: String, name: String) -> [Int: String] {
        let layout = kind.layout
        var fields = [layout.code: code, layout.names[0]: name]
        if let inForce = layout.inForce { fields[inForce] = "1" }
        if let from = layout.from { fields[from] = "2021-03-01 00:00:00" }
        if let maker = layout.maker { fields[maker] = "虚构制药有限公司" }
        if let unit = layout.unit.first { fields[unit] = "盒" }
        if let specification = layout.specification.first { fields[specification] = "0.25g×24" }
        return fields
    }

    /// Some dozen names that nobody sells.
    static let names = [
        "安和颗粒", "安和胶囊", "复方青岚片", "青岚口服液", "云杉苓白术散", "地芬那松片", "重组人安和素",
        "长岚注射液(Ⅱ)", "盐酸塔芬胶囊", "塔芬滴眼液", "阿胶安和丸", "薄荷青岚含片", "B12安和片",
    ]

    static func code(_ number: Int) -> String {
        "XZ99AAA" + String(repeating: "0", count: 6 - "\(number)".count) + "\(number)"
    }

    static let drugs: [UInt8] = file(
        .drugs, names.enumerated().map { fields(.drugs, code: code($0), name: $1) })

    /// A ZIP archive of the files, as one that stores them.
    static func zip(_ files: [(String, [UInt8])]) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("catalogue-\(UInt64.random(in: 0...(.max))).zip").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var error: Int32 = 0
        guard let archive = zip_open(path, ZIP_CREATE, &error) else { throw Failed() }
        let buffers = files.map { name, bytes in
            let buffer = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(1, bytes.count), alignment: 1)
            buffer.copyBytes(from: bytes)
            return (name, buffer, bytes.count)
        }
        defer { for (_, buffer, _) in buffers { buffer.deallocate() } }
        for (name, buffer, count) in buffers {
            let source = zip_source_buffer(archive, buffer.baseAddress, zip_uint64_t(count), 0)
            guard zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8)) >= 0 else {
                throw Failed()
            }
        }
        guard zip_close(archive) == 0 else { throw Failed() }
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    struct Failed: Error {}

    /// A workbook as an office program writes it: shared strings, and numbers as numbers.
    static func workbook(_ rows: [[String]], doctype: String = "") throws -> [UInt8] {
        var strings: [String] = []
        var cells = ""
        for (number, row) in rows.enumerated() where row.contains(where: { !$0.isEmpty }) {
            cells += "<row r=\"\(number + 1)\">"
            for (column, text) in row.enumerated() where !text.isEmpty {
                let place = "\(letters(column))\(number + 1)"
                if Double(text) != nil, !text.hasPrefix("0") || text.hasPrefix("0.") {
                    cells += "<c r=\"\(place)\"><v>\(text)</v></c>"
                } else {
                    cells += "<c r=\"\(place)\" t=\"s\"><v>\(strings.count)</v></c>"
                    strings.append(text)
                }
            }
            cells += "</row>"
        }
        return try parts(cells, strings, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\(doctype)")
    }

    private static func parts(
        _ cells: String, _ strings: [String], _ head: String
    ) throws -> [UInt8] {
        let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
        let sheet = "<sheet name=\"目录\" sheetId=\"1\" r:id=\"rId7\"/>"
        let shared = strings.map { "<si><t>\($0)</t></si>" }.joined()
        let parts = [
            ("[Content_Types].xml", "<Types/>"),
            (
                "xl/workbook.xml",
                "<workbook \(main) xmlns:r=\"r\"><sheets>\(sheet)</sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"rId7\" Target=\"worksheets/sheet1.xml\"/>"
                    + "</Relationships>"
            ),
            ("xl/sharedStrings.xml", "<sst \(main)>\(shared)</sst>"),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet \(main)><sheetData>\(cells)</sheetData></worksheet>"
            ),
        ]
        return try zip(parts.map { ($0, Array((head + $1).utf8)) })
    }

    private static func letters(_ column: Int) -> String {
        let letter = String(UnicodeScalar(UInt8(0x41 + column % 26)))
        return column < 26 ? letter : letters(column / 26 - 1) + letter
    }
}

/// The same numbers from the same seed.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
