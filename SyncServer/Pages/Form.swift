import Foundation
import HTTPTypes
import Hosting
import Hummingbird
import Vocabulary

/// What was typed, by field; a field asked for twice is the last one.
struct Form: Sendable {
    private var fields: [String: String] = [:]

    /// Reads "a=1&b=2" with the escapes of forms.
    init(_ text: some StringProtocol) {
        for pair in text.split(separator: "&").prefix(200) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            fields[Form.plain(parts[0])] = parts.count == 2 ? Form.plain(parts[1]) : ""
        }
    }

    /// The body of a form that was sent from a page of ours; any other is refused.
    init(sameOrigin request: Request) async throws {
        guard let origin = request.headers[.origin], let host = request.head.authority,
            let mark = origin.range(of: "://"),
            origin[mark.upperBound...].lowercased() == host.lowercased()
        else { throw PageFault.otherOrigin }
        do {
            self.init(String(decoding: try await bytes(of: request, limit: 65_536), as: UTF8.self))
        } catch { throw PageFault.tooLong }
    }

    private static func plain(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? ""
    }

    private static func plain(_ text: some StringProtocol) -> String { plain(Substring(text)) }

    /// Without the blanks around it.
    subscript(_ field: String) -> String {
        (fields[field] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func has(_ field: String) -> Bool { !self[field].isEmpty }

    func day(_ field: String) -> Day? { Day(self[field]) }

    func money(_ field: String) throws -> Money {
        guard let money = Money(yuan: self[field].replacing(",", with: "")), money >= .zero else {
            throw PageFault.unreadable(field: field)
        }
        return money
    }

    /// A day that must be there.
    func needDay(_ field: String) throws -> Day {
        guard let day = day(field) else { throw PageFault.unreadable(field: field) }
        return day
    }
}

/// A path with a query, every value escaped.
func link(_ path: String, _ query: KeyValuePairs<String, String>) -> String {
    let allowed = CharacterSet(charactersIn: "-._~").union(.alphanumerics)
    let pairs = query.filter { !$0.value.isEmpty }.map { key, value in
        key + "=" + (value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")
    }
    return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
}
