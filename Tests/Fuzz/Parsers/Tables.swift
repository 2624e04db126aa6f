import Rules
import Vocabulary

@testable import Cataloguing

/// Files a clerk imports or writes.
enum Tables {
    /// The bytes as a file of each kind.
    static func catalogue(_ bytes: [UInt8]) {
        for kind in [nil, CatalogueFile.Kind.terms, .diagnoses, .list(.drugs), .list(.services)] {
            _ = try? CatalogueFile(name: "file", bytes: bytes, kind: kind)
        }
    }

    /// The bytes as an archive, and as the sheet and the strings of a sound one.
    static func workbook(_ bytes: [UInt8]) {
        _ = try? CatalogueFile(
            name: "file.zip", bytes: [0x50, 0x4B, 0x03, 0x04] + bytes, kind: nil)
        let halves = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let relation = "<R><R Id=\"r\" Target=\"s.xml\"/></R>"
        let archive = storedZip([
            ("xl/workbook.xml", Array("<w><sheet id=\"r\"/></w>".utf8)),
            ("xl/_rels/workbook.xml.rels", Array(relation.utf8)),
            ("xl/s.xml", Array(halves[0])),
            ("xl/sharedStrings.xml", Array(halves.count == 2 ? halves[1] : [])),
        ])
        _ = try? CatalogueFile(name: "file.xlsx", bytes: archive, kind: .terms)
    }

    /// The bytes as a rule file among sound ones.
    static func rules(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let (book, faults) = Rulebook.read(region: "fuzz", files: ["390/fuzz/file.yaml": text])
        for fault in faults { precondition(fault.line >= 0) }
        _ = try? book.word("390/fuzz/file", on: Day(number: 20_000))
        _ = try? book.words("390/fuzz/file", on: Day(number: 20_000))
    }

    /// A ZIP archive that stores its files as they are.
    private static func storedZip(_ files: [(String, [UInt8])]) -> [UInt8] {
        var (archive, directory): ([UInt8], [UInt8]) = ([], [])
        for (name, bytes) in files {
            let about =
                little(20, 2) + little(0, 8) + little(crc32(bytes), 4)
                + little(bytes.count, 4) + little(bytes.count, 4) + little(name.utf8.count, 2)
                + little(0, 2)
            let place = archive.count
            archive += little(0x0403_4B50, 4) + about + name.utf8 + bytes
            directory += little(0x0201_4B50, 4) + little(20, 2) + about + little(0, 10)
            directory += little(place, 4) + name.utf8
        }
        let end =
            little(0x0605_4B50, 4) + little(0, 4) + little(files.count, 2)
            + little(files.count, 2) + little(directory.count, 4) + little(archive.count, 4)
            + little(0, 2)
        return archive + directory + end
    }

    private static func little(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
    }

    private static func crc32(_ bytes: [UInt8]) -> Int {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return Int(~crc)
    }
}
