import CZip
import Foundation
import SmallCounty
import Testing

@testable import Cataloguing

/// Archives and workbooks that are larger than they look.
@Suite struct WorkbookLimitTests {
    private func zip(_ files: [(String, [UInt8])]) throws -> [UInt8] {
        let folder = try TestFolder()
        let path = folder.path + "/file.zip"
        var error: Int32 = 0
        let archive = try #require(zip_open(path, ZIP_CREATE, &error))
        var kept: [UnsafeMutableRawBufferPointer] = []
        defer { for buffer in kept { buffer.deallocate() } }
        for (name, bytes) in files {
            let buffer = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(1, bytes.count), alignment: 1)
            buffer.copyBytes(from: bytes)
            kept.append(buffer)
            let source = zip_source_buffer(
                archive, buffer.baseAddress, zip_uint64_t(bytes.count), 0)
            #expect(zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8)) >= 0)
        }
        #expect(zip_close(archive) == 0)
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func workbook(_ sheet: [UInt8]) throws -> [UInt8] {
        try zip([
            ("xl/workbook.xml", Array("<w><sheet id=\"r\"/></w>".utf8)),
            (
                "xl/_rels/workbook.xml.rels",
                Array("<R><R Id=\"r\" Target=\"s.xml\"/></R>".utf8)
            ),
            ("xl/s.xml", sheet),
            // Something that does not shrink, so that the ratio is not what refuses.
            ("ballast.bin", (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }),
        ])
    }

    private func problems(_ bytes: [UInt8]) -> [CatalogueFault.Problem] {
        do {
            _ = try CatalogueFile(name: "file.xlsx", bytes: bytes, kind: .terms)
            return []
        } catch { return error.faults.map(\.problem) }
    }

    private func cells(_ places: [(row: Int, column: String)]) -> [UInt8] {
        let rows = places.map { "<row r=\"\($0)\"><c r=\"\($1)\($0)\"><v>1</v></c></row>" }
        return Array("<s>\(rows.joined())</s>".utf8)
    }

    @Test func `a sheet has at most 256 columns and a million rows, and no more cells than fit`()
        throws
    {
        #expect(problems(try workbook(cells([(1, "IW")]))) == [.tooLarge])
        #expect(problems(try workbook(cells([(1_048_577, "A")]))) == [.tooLarge])
        // One cell at the end of the first row and one at the bottom: a quarter of a milliard.
        #expect(problems(try workbook(cells([(1, "IV"), (1_048_576, "A")]))) == [.tooLarge])
    }

    @Test(arguments: ["<?x?>", "<?xml version=\"1.0\"?><s/><?x?>", "<s><?x y?></s>"])
    func `an instruction is refused before the system's reader sees it`(sheet: String) throws {
        #expect(problems(try workbook(Array(sheet.utf8))) == [.suspicious])
    }

    @Test func `a sheet that is no UTF-8 is refused before the system's reader sees it`() throws {
        let name = [UInt8](repeating: 0xFF, count: 70)
        #expect(problems(try workbook([0x3C] + name + [0x3E])) == [.notUTF8])
    }

    @Test func `an archive has at most two thousand files and unfolds three hundredfold`() throws {
        let many = try zip((0...2_000).map { ("\($0).txt", []) })
        #expect(problems(many) == [.tooLarge])
        let bomb = try zip([("list.txt", [UInt8](repeating: 0x30, count: 20_000_000))])
        #expect(bomb.count < 20_000_000 / 300)
        #expect(problems(bomb) == [.tooLarge])
    }
}
