import DemoCounty
import Foundation
import Vocabulary

@main
enum DemoCountyTool {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.contains("--help") || arguments.contains("-h") {
            print(Request.help)
            return
        }
        do {
            try write(try Request(arguments))
        } catch {
            refuse(error)
        }
    }

    private static func refuse(_ error: any Error) -> Never {
        let advice = "demo-county: \(sentence(error))\nTry demo-county --help.\n"
        FileHandle.standardError.write(Data(advice.utf8))
        exit(1)
    }

    private static func sentence(_ error: any Error) -> String {
        switch error {
        case FixtureFault.unreadable(let path): "Cannot read \(path); is --fixtures right?"
        case FixtureFault.malformed(let file, let line): "\(file) has a bad line: \(line)"
        case let refusal as Request.Refusal: refusal.description
        default: "Cannot write there: \(error.localizedDescription)"
        }
    }

    private static func write(_ request: Request) throws {
        guard let day = request.day else { return }
        let names = try NameBook(fixtures: request.fixtures)
        let county = County.generate(seed: request.seed, on: day, names: names)
        let out = URL(fileURLWithPath: request.out, isDirectory: true)
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        let people = try writePeople(
            of: county, atMost: request.people, to: out.appendingPathComponent("people.ndjson"))
        try writeTable(
            Institution.header, county.institutions.map(\.line),
            to: out.appendingPathComponent("institutions.csv"))
        try writeTable(
            Operator.header, county.operators.map(\.line),
            to: out.appendingPathComponent("operators.csv"))
        print(
            "\(people) people, \(county.institutions.count) institutions, "
                + "\(county.operators.count) operators in \(request.out)")
    }

    private static func writeTable(_ header: String, _ lines: [String], to file: URL) throws {
        let text = ([header] + lines).joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: file, options: .atomic)
    }

    private struct Enough: Error {}

    /// Written in pieces, so that the roll never stands in memory whole.
    private static func writePeople(of county: County, atMost most: Int, to file: URL) throws
        -> Int
    {
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var (lines, count) = (MemberLine(), 0)
        do {
            try county.forEachMember { member in
                guard count < most else { throw Enough() }
                lines.append(member)
                lines.endLine()
                count += 1
                guard lines.bytes.count > 1 << 20 else { return }
                try handle.write(contentsOf: Data(lines.bytes))
                lines.removeAll()
            }
        } catch is Enough {}
        try handle.write(contentsOf: Data(lines.bytes))
        return count
    }
}
