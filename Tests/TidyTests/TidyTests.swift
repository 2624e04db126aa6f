import Foundation
import Rules
import SmallCounty
import Testing

/// The house rules that the compiler and the formatter do not hold.
@Suite struct TidyTests {
    /// Which steps each step may import; the order is the order of the data.
    static let order = [
        "Vocabulary", "Rules", "Cataloguing", "Scanning", "Identifying", "Checking", "Pricing",
        "Settling", "Allotting", "Collecting", "Journaling", "Syncing", "Hosting", "Merging",
        "Publishing", "Printing",
    ]
    static let root = URL(fileURLWithPath: SmallCounty.fixtures).deletingLastPathComponent()
    static let ours = ["Sources", "Kiosk", "SyncServer", "Fixtures", "Tests"]

    struct File: Sendable {
        let path: String
        let lines: [String]
    }

    static let files: [File] = ours.flatMap { folder in
        let walker = FileManager.default.enumerator(atPath: root.path + "/" + folder)
        var found: [File] = []
        while let path = walker?.nextObject() as? String {
            guard path.hasSuffix(".swift"),
                let text = try? String(
                    contentsOfFile: root.path + "/\(folder)/\(path)", encoding: .utf8)
            else { continue }
            found.append(
                File(
                    path: "\(folder)/\(path)",
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(
                        String.init)))
        }
        return found
    }

    static func step(of path: String) -> String? {
        let parts = path.split(separator: "/")
        return parts.first == "Sources" && parts.count > 2 ? String(parts[1]) : nil
    }

    @Test func `there is something to look at`() {
        #expect(Self.files.count > 100)
        #expect(
            Self.order.allSatisfy { name in Self.files.contains { Self.step(of: $0.path) == name } }
        )
    }

    @Test func `steps import only what stands before them`() {
        for file in Self.files {
            guard let step = Self.step(of: file.path), let place = Self.order.firstIndex(of: step)
            else { continue }
            for imported in Self.imports(of: file) where Self.order.contains(imported) {
                let allowed = Self.order[..<place].contains(imported)
                #expect(allowed, "\(file.path) imports \(imported)")
            }
        }
    }

    @Test func `the kiosk never merges or publishes, and no product code imports fixtures`() {
        for file in Self.files where !file.path.hasPrefix("Tests/") {
            let imports = Self.imports(of: file)
            if file.path.hasPrefix("Kiosk/") {
                #expect(
                    !imports.contains("Merging") && !imports.contains("Publishing"), "\(file.path)")
            }
            if !file.path.hasPrefix("Fixtures/") {
                #expect(!imports.contains("DemoCounty"), "\(file.path)")
            }
        }
    }

    /// Modules that only pass values along do not reach for the world.
    @Test func `pure steps import no store, network or clock`() {
        let pure = [
            "Vocabulary", "Rules", "Cataloguing", "Scanning", "Identifying", "Checking", "Pricing",
            "Settling", "Allotting", "Collecting", "Merging", "Publishing",
        ]
        for file in Self.files where pure.contains(Self.step(of: file.path) ?? "") {
            let outside = Set(Self.imports(of: file)).intersection(
                ["GRDB", "Hummingbird", "CCurl", "Hosting", "NIOCore"])
            #expect(outside.isEmpty, "\(file.path) imports \(outside)")
        }
    }

    private static func imports(of file: File) -> [String] {
        file.lines.compactMap { line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1
            else { return nil }
            return words[place + 1].split(separator: ".").first.map(String.init)
        }
    }

    @Test func `files have at most 300 lines`() {
        for file in Self.files {
            #expect(file.lines.count <= 301, "\(file.path): \(file.lines.count)")
        }
    }

    @Test func `functions have at most 40 lines`() {
        for file in Self.files {
            for (name, length) in Self.functions(in: file) where length > 40 {
                Issue.record("\(file.path): \(name) has \(length) lines")
            }
        }
    }

    /// Functions by indentation: the formatter has seen to it that the closing brace stands under
    /// the declaration.
    static func functions(in file: File) -> [(String, Int)] {
        var found: [(String, Int)] = []
        for (start, line) in file.lines.enumerated() {
            let trimmed = line.drop { $0 == " " }
            let words = trimmed.split(separator: " ")
            guard
                words.contains(where: {
                    $0 == "func" || $0.hasPrefix("init(") || $0.hasPrefix("init?(")
                }),
                !trimmed.hasPrefix("//"), !(trimmed.contains("{") && trimmed.hasSuffix("}")),
                let word = words.first(where: { $0.contains("(") })
            else { continue }
            // A requirement of a protocol has no body: the next declaration comes before a brace.
            let body = file.lines[start...].enumerated().first { offset, line in
                line.hasSuffix("{")
                    || (offset > 0 && (line.contains("func ") || line.hasSuffix("}")))
            }
            guard let body, body.element.hasSuffix("{") else { continue }
            let close = String(repeating: " ", count: line.count - trimmed.count) + "}"
            guard let end = file.lines[(start + body.offset)...].firstIndex(of: close) else {
                continue
            }
            found.append((String(word), end - start + 1))
        }
        return found
    }

    @Test func `names do not hide behind Utils and Managers`() {
        let banned = ["Util", "Helper", "Common", "Manager", "Misc"]
        for file in Self.files {
            let name = file.path.split(separator: "/").last ?? ""
            for word in banned { #expect(!name.contains(word), "\(file.path)") }
        }
    }

    @Test func `the outside world is passed in`() {
        let banned = ["Date()", "UUID()", "try!", ".hashValue", "as! "]
        for file in Self.files
        where file.path.hasPrefix("Sources/") || file.path.hasPrefix("Kiosk/")
            || file.path.hasPrefix("SyncServer/")
        {
            for (number, line) in file.lines.enumerated() {
                for word in banned {
                    #expect(!line.contains(word), "\(file.path):\(number + 1): \(word)")
                }
            }
        }
    }

    @Test func `every parameter of every region has a source and was reviewed`() throws {
        let rules = Self.root.path + "/Fixtures/rules"
        for region in try FileManager.default.contentsOfDirectory(atPath: rules) {
            var files: [String: String] = [:]
            let walker = FileManager.default.enumerator(atPath: rules + "/" + region)
            while let path = walker?.nextObject() as? String {
                guard path.hasSuffix(".yaml") else { continue }
                files[path] = try String(
                    contentsOfFile: "\(rules)/\(region)/\(path)", encoding: .utf8)
            }
            let book = try Rulebook.parse(region: region, files: files)
            // A region may be a single subject: the waiting period, say, or one city's subsidies.
            #expect(!book.all.isEmpty, "\(region)")
            for parameter in book.all {
                #expect("\(parameter.reviewedOn)" >= "2025", "\(parameter.path)")
                #expect(parameter.values.allSatisfy { $0.source.count >= 5 }, "\(parameter.path)")
            }
        }
    }
}
