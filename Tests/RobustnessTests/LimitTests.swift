import CZip
import Foundation
import Hosting
import Journaling
import Pricing
import Rules
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Cataloguing
@testable import Kiosk
@testable import Scanning

/// One more than the most, of every length and count that somebody else chooses: refused, by name,
/// before time or memory is spent on it. docs/reliability.md has the table.
@Suite struct LimitTests {
    private let key: DeviceKey
    private let kiosk = KioskID(rawValue: "K0001") ?? .nobody

    init() throws { key = try DeviceKey(raw: Array(1...32)) }

    @Test func `an entry has at most 64 KiB`() {
        let bytes = [UInt8](repeating: 0x20, count: Entry.mostBytes + 1)
        #expect(throws: EntryFault.tooLong(bytes.count)) { try Entry(bytes: bytes, after: .zero) }
        let text = String(repeating: "x", count: Entry.mostBytes)
        let fact = Fact.opened(
            Opening(publicKey: "", institution: text, county: "", software: ""))
        let header = Entry.Header(
            kiosk: kiosk, sequence: 1, at: Instant(milliseconds: 0), day: Day(number: 0), by: "",
            session: "", kind: fact.kind)
        #expect(throws: EntryFault.self) { try Entry(fact, header, after: .zero) }
    }

    // MARK: Parcels

    private func parcel(_ lines: Int, sequence: Int) throws -> [UInt8] {
        var (hash, entries): (Fingerprint, [Entry]) = (.zero, [])
        for _ in 0..<lines {
            entries.append(Entry(keeping: [0x7B], after: hash))
            hash = Entry.hash([0x7B], after: hash)
        }
        let checkpoint = try Checkpoint(
            kiosk: kiosk, sequence: sequence, head: hash, at: Instant(milliseconds: 0), key: key)
        return try Parcel(
            kiosk: kiosk, previous: .zero, entries: entries, checkpoint: checkpoint
        ).packed()
    }

    private func read(_ packed: [UInt8]) throws -> Parcel {
        try Parcel(packed: packed) { _ throws(ParcelFault) in key.publicKey }
    }

    @Test func `a parcel has at most 8 MiB, packed or not, and two thousand entries`() throws {
        let large = [UInt8](repeating: 0x20, count: Parcel.mostBytes + 1)
        #expect(throws: ParcelFault.tooLarge(large.count)) { try read(large) }
        #expect(throws: ParcelFault.self) { try read(compress(large, level: 1)) }
        #expect(try read(try parcel(2_000, sequence: 2_000)).entries.count == 2_000)
        #expect(throws: ParcelFault.cutOrDamaged) { try read(try parcel(2_001, sequence: 2_001)) }
    }

    @Test func `a checkpoint names no number beyond counting`() throws {
        for sequence in [Parcel.mostSequence + 1, .max] {
            #expect(throws: ParcelFault.cutOrDamaged) {
                try read(try parcel(0, sequence: sequence))
            }
        }
        #expect(throws: ParcelFault.cutOrDamaged) { try read(try parcel(1, sequence: 0)) }
        #expect(try read(try parcel(0, sequence: Parcel.mostSequence)).firstSequence > 0)
    }

    // MARK: Bulletins

    @Test func `a signed document has at most 1 MiB and eight signatures`() throws {
        let large = [UInt8](repeating: 0x20, count: SignedDocument.mostBytes + 1)
        #expect(throws: DocumentFault.tooLarge(large.count)) {
            try SignedDocument(role: .daily, bytes: large)
        }
        var document = SignedDocument(role: .daily, payload: Array("{}".utf8))
        for _ in 0..<8 { try document.sign(key) }
        _ = try SignedDocument(role: .daily, bytes: try document.bytes)
        try document.sign(key)
        let nine = try document.bytes
        #expect(throws: DocumentFault.malformed) { try SignedDocument(role: .daily, bytes: nine) }
    }

    @Test func `a section unpacks to the size it names, and to no more than 64 MiB`() throws {
        let bytes = [UInt8](repeating: 0x20, count: 1_000)
        var section = Manifest.Section(name: "x", bytes: bytes)
        #expect(try open(compress(bytes), as: section) == bytes)
        section.size = 999
        #expect(throws: DocumentFault.sectionDiffers("x")) {
            try open(compress(bytes), as: section)
        }
        section.size = Manifest.mostSectionBytes + 1
        #expect(throws: DocumentFault.tooLarge(section.size)) {
            try open(compress(bytes), as: section)
        }
    }

    // MARK: What is typed and scanned

    @Test func `a scanned text has at most 700 characters, a message 1 KiB and four levels`() {
        #expect(throws: ScanFault.tooLong) { try interpret(String(repeating: "1", count: 701)) }
        #expect(throws: CredentialFault.tooLong) {
            try SignedCredential(scanned: "NB1:" + String(repeating: "0", count: 697))
        }
        #expect(throws: CBOR.Fault.tooLong) {
            try CBOR(decoding: [UInt8](repeating: 0, count: CBOR.maximumLength + 1))
        }
        let deep = [UInt8](repeating: 0x81, count: CBOR.maximumDepth + 1) + [0]
        #expect(throws: CBOR.Fault.tooDeep) { try CBOR(decoding: deep) }
        // A list that claims four thousand million items.
        #expect(throws: CBOR.Fault.truncated) { try CBOR(decoding: [0x9A, 255, 255, 255, 255]) }
    }

    private func quote(_ line: [UInt8]) -> String {
        let stream = QuoteStream(
            rules: Rulebook(region: "", parameters: []), catalogue: .empty)
        return String(decoding: stream.answer(line).bytes, as: UTF8.self)
    }

    @Test func `a quote's line has at most 1 MiB and a bill so many lines`() {
        let long = [UInt8](repeating: 0x20, count: QuoteStream.mostBytes + 1)
        #expect(quote(long).contains("too_long"))
        let fee = Array(repeating: #"{"med_list_codg":"A","pric":1}"#, count: Bill.mostLines + 1)
        let line = """
            {"on":"2026-01-01","insutype":"390","med_type":"11","hosp_lv":"village",\
            "feedetail":[\(fee.joined(separator: ","))]}
            """
        #expect(quote(Array(line.utf8)).contains("too_many_lines"))
    }

    @Test(arguments: [65, 100_000])
    func `JSON nests at most 64 levels, and deeper costs nothing`(depth: Int) {
        let nested = Array(
            (String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        #expect(throws: (any Error).self) {
            try CompactJSON.decode([String: String].self, from: nested)
        }
        #expect(quote(nested).contains("error"))
        #expect(throws: EntryFault.self) { try Entry(bytes: nested, after: .zero) }
    }

    // MARK: Rules

    private func faults(_ yaml: String) -> [RuleFault] {
        Rulebook.read(region: "x", files: ["390/x.yaml": yaml]).1
    }

    @Test func `a rule file has at most 256 KiB, unfolds nothing, and nests without harm`() {
        let long = "description: " + String(repeating: "x", count: 256 * 1024)
        #expect(faults(long).first?.message.contains("bytes, at most") == true)
        let bomb = (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
        #expect(faults("a0: &a0 x\n" + bomb.joined(separator: "\n")).first?.line == 1)
        #expect(
            faults("description: R&D, A & B\nunit: word").allSatisfy { !$0.message.contains("&") })
        for depth in [100, 999, 50_000] {
            for open in ["[", "{a: ", "- ", "? "] {
                let nested = "values: " + String(repeating: open, count: depth)
                #expect(!faults(nested).isEmpty)
                #expect(!faults(String(repeating: open, count: depth)).isEmpty)
            }
        }
    }

    // MARK: Files

    @Test func `a file is read to its limit and no further, whatever it says of its length`() throws
    {
        let folder = try TestFolder()
        let path = folder.path + "/file"
        try writeFile(path, [UInt8](repeating: 7, count: 100_001))
        #expect(try readFile(path, limit: 100_001).count == 100_001)
        #expect(throws: FileFault.self) { try readFile(path, limit: 100_000) }
        #expect(throws: FileFault.self) { try readFile("/dev/zero", limit: 1_000_000) }
        #expect(throws: FileFault.self) { try readFile(folder.path) }
    }

    @Test func `a table of text has at most 128 MiB`() {
        let text = String(repeating: ",", count: CSVTable.mostBytes + 1)
        #expect(throws: TableFaults.self) { try CSVTable(text, needs: []) }
    }

    @Test func `a national list has at most two million rows`() {
        var file = NationalFile(.drugs)
        let bytes = [UInt8](repeating: 0x0A, count: NationalFile.mostRows + 1)
        let error = #expect(throws: CatalogueFaults.self) { try file.read(bytes) }
        #expect(error?.faults.map(\.problem).contains(.tooLarge) == true)
    }
}
