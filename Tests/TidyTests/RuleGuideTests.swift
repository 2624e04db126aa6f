import Foundation
import Rules
import SmallCounty
import Testing

/// The guides to writing rules hold a table of all parameters of pricing; it is held to the packs.
@Suite struct RuleGuideTests {
    private static let root = URL(fileURLWithPath: SmallCounty.fixtures).deletingLastPathComponent()

    /// Unit by name, from the rows "| `name` | unit | …" of a guide's last table.
    private func table(_ guide: String) throws -> [String: String] {
        let text = try String(
            contentsOf: Self.root.appendingPathComponent("docs/" + guide), encoding: .utf8)
        let rows = text.split(separator: "\n").compactMap { line -> (String, String)? in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 5, cells[0].hasPrefix("`"), cells[0].hasSuffix("`") else {
                return nil
            }
            return (String(cells[0].dropFirst().dropLast()), cells[1])
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    @Test func `both guides explain the same parameters`() throws {
        let english = try table("writing-rules.md")
        #expect(english.count > 40)
        #expect(try table("writing-rules.zh-CN.md") == english)
    }

    @Test func `every parameter of pricing in every pack is explained, with its unit`() throws {
        let explained = try table("writing-rules.md")
        let rules = Self.root.path + "/Fixtures/rules"
        for region in try FileManager.default.contentsOfDirectory(atPath: rules) {
            for path in try FileManager.default.subpathsOfDirectory(atPath: rules + "/" + region)
            where Self.isOfPricing(path) {
                let text = try String(contentsOfFile: "\(rules)/\(region)/\(path)", encoding: .utf8)
                let book = try Rulebook.parse(region: region, files: [path: text])
                let name = String((path as NSString).lastPathComponent.dropLast(5))
                #expect(explained[name] == book.all.first?.unit.rawValue, "\(region)/\(path)")
            }
        }
    }

    /// Files of a scheme, except those of contributions and of the keeping of accounts.
    private static func isOfPricing(_ path: String) -> Bool {
        path.hasSuffix(".yaml") && (path.hasPrefix("390/") || path.hasPrefix("310/"))
            && !path.contains("/contribution/") && !path.contains("/account/")
    }

    /// The complete pack that the guides print is the pack in the fixtures.
    @Test(arguments: ["writing-rules.md", "writing-rules.zh-CN.md"])
    func `the pack in a guide is the one that is tested`(guide: String) throws {
        let text = try String(
            contentsOf: Self.root.appendingPathComponent("docs/" + guide), encoding: .utf8)
        let pack = Self.root.path + "/Fixtures/rules/two-tier-2022"
        let paths = try FileManager.default.subpathsOfDirectory(atPath: pack)
            .filter { $0.hasSuffix(".yaml") }
        #expect(paths.count == 4)
        for path in paths {
            let file = try String(contentsOfFile: pack + "/" + path, encoding: .utf8)
            #expect(text.contains("`\(path)`\n\n```yaml\n\(file)```"), "\(path)")
        }
    }
}
