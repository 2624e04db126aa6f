import Foundation
import Testing
import Vocabulary

@testable import Cataloguing

@Suite struct NationalFileTests {
    private func list(_ file: CatalogueFile) throws -> Directory {
        guard case .list(let directory, _) = file else { throw Samples.Failed() }
        return directory
    }

    private func faults(_ name: String, _ bytes: [UInt8], _ kind: CatalogueFile.Kind? = nil)
        -> [CatalogueFault]
    {
        do {
            _ = try CatalogueFile(name: name, bytes: bytes, kind: kind)
            return []
        } catch { return error.faults }
    }

    @Test(arguments: ListKind.allCases)
    func `every list is read at its own columns`(_ kind: ListKind) throws {
        let rows = Samples.names.enumerated().map { Samples.fields(kind, code: "Q\($0)", name: $1) }
        let file = try CatalogueFile(
            name: "\(kind.rawValue).txt", bytes: Samples.file(kind, rows), kind: nil)
        switch file {
        case .list(let directory, _):
            #expect(directory.kind == kind && kind.use != .diagnosis)
            #expect(directory.count == Samples.names.count)
            let entry = try #require(directory.entry("Q3", on: Samples.today))
            #expect(entry.name == Samples.names[3])
            if kind.layout.maker != nil { #expect(entry.maker == "虚构制药有限公司") }
            if kind.layout.from != nil { #expect(entry.validFrom == Day("2021-03-01")) }
        case .diagnoses(let rows, let list):
            #expect(list == kind && kind.use == .diagnosis)
            #expect(rows.map(\.name) == Samples.names)
            #expect(rows[0].initials == "ahkl")
        case .terms: Issue.record("a national list states no terms")
        }
    }

    @Test func `a drug brings its other names, its marks and its restriction`() throws {
        var fields = Samples.fields(.drugs, code: "Z1", name: "安和颗粒")
        fields.merge([
            2: "安康乐", 4: "安和", 51: "AHKL", 57: "限二级及以上", 71: "1", 75: "1", 56: "0",
            38: "2027-01-01",
        ]) { $1 }
        let file = try CatalogueFile(
            name: "1301.txt", bytes: Samples.file(.drugs, [fields]), kind: nil)
        let entry = try #require(try list(file).entry("Z1", on: Samples.today))
        #expect(entry.aliases == ["安和", "安康乐"])
        #expect(entry.mnemonic == "ahkl")
        #expect(entry.restriction == "限二级及以上")
        #expect(entry.marks == ["essential", "negotiated"])
        #expect(entry.validTo == Day("2027-01-01"))
        let item = entry.item(of: .drugs, on: Samples.today)
        #expect(item.itemClass == .outside && item.ownShare == .one && item.has(.unlisted))
        #expect(item.feeType == .patentMedicine)
        #expect(item.specification == "0.25g×24 虚构制药有限公司")
        #expect(DirectoryEntry(line: Array(entry.line.utf8)) == entry)
    }

    @Test func `rows no longer in force are passed over and counted`() throws {
        var gone = Samples.fields(.drugs, code: "X2", name: "青岚片")
        gone[79] = "0"
        let bytes = Samples.file(
            .drugs, [Samples.fields(.drugs, code: "X1", name: "安和片"), gone])
        guard
            case .list(let directory, let passedOver) = try CatalogueFile(
                name: "a.txt", bytes: bytes, kind: .list(.drugs))
        else { throw Samples.Failed() }
        #expect(directory.count == 1 && passedOver == 1)
    }

    @Test func `every fault is told by row and national column`() throws {
        var rows = (0..<5).map { Samples.fields(.drugs, code: "X\($0)", name: "安和\($0)") }
        rows[0][37] = "去年"
        rows[1][8] = nil
        rows[2][1] = "药 一"
        rows[3][38] = "2001-01-01"
        var lines = rows.map { Samples.row(.drugs, $0) }
        lines[4] += "\t多了一列"
        lines.append(Samples.row(.drugs, Samples.fields(.drugs, code: "X9", name: "甲")))
        lines.append(Samples.row(.drugs, Samples.fields(.drugs, code: "X9", name: "乙")))
        let found = faults("1301.txt", Array(lines.joined(separator: "\n").utf8))
        #expect(
            found.map { "\($0.row) \($0.column) \($0.problem.rawValue)" } == [
                "1 1301#37 notADay", "2 1301#8 empty", "3 1301#1 notACode",
                "4 1301#38 endsBeforeStart", "5  width", "7 1301#1 twice",
            ])
        #expect(found[4].expected == "97" && found[4].found == "98")
        #expect(found.allSatisfy { $0.file == "1301.txt" })
    }

    @Test func `a code that stands twice with one name is one entry`() throws {
        let row = Samples.fields(.drugs, code: "X9", name: "安和")
        let file = try CatalogueFile(
            name: "1301", bytes: Samples.file(.drugs, [row, row]), kind: nil)
        #expect(try list(file).count == 1)
    }

    // Number in the name; no number but a width of its own; a width two lists share; asked for.
    static let known: [(String, ListKind, ListKind?, ListKind?)] = [
        ("1307_20260101.txt", .diseases, nil, .diseases), ("drugs.txt", .drugs, nil, .drugs),
        ("x.txt", .operations, nil, nil), ("1307.txt", .operations, .operations, .operations),
    ]

    @Test(arguments: known) func `a file is known by its name, its width or by what is said`(
        _ name: String, _ written: ListKind, _ asked: ListKind?, _ read: ListKind?
    ) throws {
        let bytes = Samples.file(
            written, [Samples.fields(written, code: "A1", name: "安和病")])
        guard let read else {
            #expect(faults(name, bytes).map(\.problem) == [.kindUnknown])
            return
        }
        switch try CatalogueFile(name: name, bytes: bytes, kind: asked.map { .list($0) }) {
        case .list(let directory, _): #expect(directory.kind == read)
        case .diagnoses(_, let kind): #expect(kind == read)
        case .terms: Issue.record("no terms")
        }
    }

    @Test func `the same rows in any order are the same bytes`() throws {
        var random = Seeded(state: 7)
        let entries = Samples.names.enumerated().map {
            DirectoryEntry(code: Samples.code($0), name: $1)
        }
        let bytes = Directory(.drugs, entries).bytes
        #expect(Directory(.drugs, entries.shuffled(using: &random)).bytes == bytes)
        #expect(Directory(bytes: bytes)?.count == entries.count)
        #expect(Directory(bytes: bytes.dropLast()) == nil)
    }

    @Test func `a code is found in the bytes, and codes near it are not`() {
        let entries = (0..<300).map { DirectoryEntry(code: "C\($0 * 7)", name: "安和\($0)") }
        let directory = Directory(.services, entries)
        for entry in entries {
            #expect(directory.entry(entry.code, on: Samples.today)?.name == entry.name)
            #expect(directory.entry(entry.code + "0", on: Samples.today)?.code != entry.code)
        }
        #expect(directory.entry("C1", on: Samples.today) == nil)
        #expect(directory.entry("", on: Samples.today) == nil)
    }
}
