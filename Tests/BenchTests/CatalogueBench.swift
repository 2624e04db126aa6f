import Cataloguing
import Foundation
import Testing
import Vocabulary

/// A province's download from file to search, at its real size. Needs no rival's program: the
/// plainest search there is, looking through every name, is measured beside it.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["BENCH"] != nil), .serialized)
struct CatalogueBench {
    private let today = Day("2026-11-22") ?? Day(number: 0)

    /// Seconds of one core; what else the machine does is not counted.
    private func seconds(_ work: () throws -> Void) rethrows -> Double {
        // POSIX fixes a million clocks a second.
        func now() -> Double { Double(clock()) / 1e6 }
        let start = now()
        try work()
        return now() - start
    }

    @Test func `a whole national download, imported and searched`() throws {
        var made = WholeCatalogue(seed: 2026)
        let files = [
            ("1301.txt", made.drugFile()), ("1306.txt", made.supplyFile()),
            ("1305.txt", made.serviceFile()),
        ]
        var (directories, indexes): ([Directory], [DirectoryIndex]) = ([], [])
        let read = try seconds {
            for (name, bytes) in files {
                if case .list(let directory, _) = try CatalogueFile(
                    name: name, bytes: bytes, kind: nil)
                {
                    directories.append(directory)
                }
            }
        }
        let indexed = seconds { indexes = directories.map { DirectoryIndex($0) } }
        #expect(
            directories.map(\.count)
                == [WholeCatalogue.drugs, WholeCatalogue.supplies, WholeCatalogue.services])
        #expect(read + indexed < 60)
        func megabytes(_ sizes: [Int]) -> Int { sizes.reduce(0, +) / 1_000_000 }
        print(
            "a province's lists: \(megabytes(files.map(\.1.count))) MB read in",
            String(format: "%.1f s, indexed in %.1f s;", read, indexed),
            "published \(megabytes(directories.map(\.bytes.count))) MB,",
            "index \(megabytes(indexes.map(\.bytes.count))) MB")
        let typed = directories.flatMap { made.typed(1_000, from: $0) }.filter { !$0.isEmpty }
        search(typed, directories, indexes)
    }

    private func search(
        _ typed: [String], _ directories: [Directory], _ indexes: [DirectoryIndex]
    ) {
        var found = 0
        let times = typed.map { text in
            seconds {
                for index in indexes { found += index.matches(text, on: today, limit: 18).count }
            }
        }.sorted()
        #expect(found > typed.count)
        // The rival: every list looked through from end to end with memchr and memcmp.
        let plain = typed.prefix(100).map { text in
            seconds {
                for directory in directories { found += occurrences(of: text, in: directory) }
            }
        }.sorted()
        let (median, rival) = (times[times.count / 2], plain[plain.count / 2])
        let worst = times[times.count * 99 / 100]
        #expect(worst < 0.010, "p99 \(worst) s")
        print(
            String(
                format:
                    "search of the lists  median %.3f ms, p99 %.3f ms  scan %.1f ms  ratio %.4f",
                median * 1e3, worst * 1e3, rival * 1e3, median / rival))
    }

    private func occurrences(of text: String, in directory: Directory) -> Int {
        let sought = Array(text.utf8)
        return directory.bytes.withUnsafeBytes { raw in
            var (count, place) = (0, 0)
            while let base = raw.baseAddress, place + sought.count <= raw.count,
                let hit = memchr(base + place, Int32(sought[0]), raw.count - sought.count - place)
            {
                if memcmp(hit, sought, sought.count) == 0 { count += 1 }
                place = UnsafeRawPointer(hit) - base + 1
            }
            return count
        }
    }
}
