import Foundation
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@Suite struct DeltaTests {
    /// Lines of a catalogue as it is published: sorted, each with a code, a name and terms.
    static func rows(_ count: Int, seed: UInt64 = 1) -> [String] {
        var numbers = SeededNumbers(seed: seed)
        return (0..<count).map { index in
            let price = numbers.next(below: 90_000)
            let name = (0..<4).map { _ in
                String(UnicodeScalar(UInt32(0x4E00 + numbers.next(below: 4_000))) ?? "药")
            }.joined()
            return #"{"from":"2026-01-01","med_list_codg":"XA\#(100_000_000 + index * 7)","#
                + #""name":"\#(name)片","pric":\#(price),"pric_uplmt_amt":\#(price + 500)}"#
        }
    }

    static func text(_ rows: [String]) -> [UInt8] {
        Array(rows.joined(separator: "\n").utf8) + [0x0A]
    }

    /// One row in a hundred gets another price; a few come and go.
    static func changed(_ rows: [String], oneIn: Int, seed: UInt64 = 2) -> [String] {
        var numbers = SeededNumbers(seed: seed)
        var changed = rows
        for _ in 0..<(rows.count / oneIn * 9 / 10) {
            let place = numbers.next(below: rows.count)
            changed[place] = changed[place].replacing(
                "\"from\":\"2026-01-01\"", with: "\"from\":\"2026-12-01\""
            ).replacing("\"pric\":", with: "\"pric\":\(1 + numbers.next(below: 9))")
        }
        for row in Self.rows(rows.count / oneIn / 20, seed: seed + 1) {
            changed.append(row.replacing("XA1", with: "XB1"))
            changed.remove(at: numbers.next(below: changed.count))
        }
        // By code, as everything published is.
        return changed.sorted {
            $0.utf8.dropFirst(38).lexicographicallyPrecedes($1.utf8.dropFirst(38))
        }
    }

    @Test func `what differs costs at most 1.5 times what zstd makes of the same files`() throws {
        let old = Self.rows(20_000)
        let (before, after) = (Self.text(old), Self.text(Self.changed(old, oneIn: 100)))
        let delta = compress(after, from: before)
        #expect(try decompress(delta, from: before, size: after.count) == after)
        #expect(delta.count * 10 < compress(after).count)
        guard let rival = try Zstd.patch(before, after) else { return }
        #expect(Double(delta.count) <= 1.5 * Double(rival), "\(delta.count) beside \(rival)")
    }

    private func section(_ bytes: [UInt8]) -> Manifest.Section {
        Manifest.Section(name: "catalogue", bytes: bytes)
    }

    @Test func `a delta gives exactly the signed section, or nothing`() throws {
        let old = Self.rows(300)
        let (before, after) = (Self.text(old), Self.text(Self.changed(old, oneIn: 10)))
        let delta = compress(after, from: before)
        let digest = SyncingHash.of(before)
        #expect(apply(delta, to: before, digest: digest, as: section(after)) == after)
        // Not what it starts from.
        #expect(apply(delta, to: before + [0], digest: digest, as: section(after)) == nil)
        #expect(
            apply(delta, to: before + [0], digest: SyncingHash.of(before + [0]), as: section(after))
                != before)
        // Not what was signed.
        #expect(apply(delta, to: before, digest: digest, as: section(before)) == nil)
        for place in delta.indices {
            var altered = delta
            altered[place] ^= 0x10
            let made = apply(altered, to: before, digest: digest, as: section(after))
            #expect(made == nil || made == after)
            #expect(
                apply(
                    Array(delta[..<place]), to: before, digest: digest, as: section(after)) == nil)
        }
        for empty in [([UInt8](), after), (before, []), ([], [])] {
            let delta = compress(empty.1, from: empty.0)
            let made = apply(
                delta, to: empty.0, digest: SyncingHash.of(empty.0), as: section(empty.1))
            #expect(made == empty.1)
        }
    }

    @Test func `a delta never writes more than the manifest says`() throws {
        let before = Self.text(Self.rows(10))
        let bomb = compress([UInt8](repeating: 0x41, count: 48 * 1024 * 1024), from: before)
        #expect(bomb.count < 20_000)
        #expect(throws: CompressionFault.tooLarge(limit: 1_000)) {
            try decompress(bomb, from: before, size: 1_000)
        }
        // A frame that lies about its size ends where the size does.
        var section = section(before)
        section.size = Manifest.mostSectionBytes + 1
        #expect(apply(bomb, to: before, digest: SyncingHash.of(before), as: section) == nil)
        section.size = -1
        #expect(apply(bomb, to: before, digest: SyncingHash.of(before), as: section) == nil)
    }

    @Test(arguments: 0..<20)
    func `any two states and their delta give the second one back`(seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(seed))
        var old = Self.rows(numbers.next(below: 400), seed: UInt64(seed))
        let before = Self.text(old)
        for _ in 0..<numbers.next(below: 60) where !old.isEmpty {
            let place = numbers.next(below: old.count)
            switch numbers.next(below: 3) {
            case 0: old.remove(at: place)
            case 1: old.insert("row \(numbers.next(below: 1_000))", at: place)
            default: old.swapAt(place, numbers.next(below: old.count))
            }
        }
        let after = Self.text(old)
        let delta = compress(after, from: before)
        #expect(
            apply(delta, to: before, digest: SyncingHash.of(before), as: section(after)) == after)
    }
}

/// The command-line tool, as a rival.
enum Zstd {
    /// What `zstd --patch-from` makes of two files, in bytes; `nil` where the tool is missing.
    static func patch(_ old: [UInt8], _ new: [UInt8]) throws -> Int? {
        let folder = try TestFolder()
        let (before, after) = (folder.path + "/old", folder.path + "/new")
        try Data(old).write(to: URL(fileURLWithPath: before))
        try Data(new).write(to: URL(fileURLWithPath: after))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "zstd", "-q", "--patch-from=\(before)", after, "-o", folder.path + "/patch",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            print("zstd is not installed: no comparison with --patch-from")
            return nil
        }
        return try Data(contentsOf: URL(fileURLWithPath: folder.path + "/patch")).count
    }
}
