import Foundation
import Hummingbird
import NIOCore

/// What a form or an address says, by name; later values of one name come last.
struct Fields: Sendable {
    private var values: [String: [String]] = [:]

    static let mostBytes = 64 * 1024

    init(encoded: String) {
        for pair in encoded.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Fields.plain(parts[0])
            values[name, default: []].append(parts.count == 2 ? Fields.plain(parts[1]) : "")
        }
    }

    init(_ request: Request) async throws {
        let body = try await request.body.collect(upTo: Fields.mostBytes)
        self.init(encoded: String(buffer: body))
    }

    /// The last value of a name without white space around it; empty where there is none.
    subscript(name: String) -> String {
        (values[name]?.last { !$0.isEmpty } ?? "").trimmingCharacters(in: .whitespaces)
    }

    func all(_ name: String) -> [String] { values[name] ?? [] }

    func number(_ name: String) -> Int? { Int(self[name]) }

    private static func plain(_ text: Substring) -> String {
        text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? ""
    }
}
