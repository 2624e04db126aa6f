import Cataloguing
import Foundation
import Hosting
import Pricing
import Rules
import SmallCounty
import Testing
import Vocabulary

@testable import Kiosk

/// One settlement as it was published, with the bills that lead to it, from
/// `Fixtures/examples/settlements.json`.
struct PublishedExample: Decodable, Sendable, CustomTestStringConvertible {
    var id: String
    var title: String
    /// Folder of the rules it was published under.
    var region: String
    /// Unit to which the publication rounds, in yuan; the fen where it is left out.
    var rounded_to: String?
    var visits: [Visit]
    /// Sums over all visits.
    var totals: [String: String]?
    /// What the publication got wrong: no visit and no sum may say this.
    var never: [[String: String]]

    struct Visit: Decodable, Sendable {
        var bill: JSON
        /// Another person's visit: standing starts anew.
        var fresh: Bool?
        /// Amounts in yuan by field, or by a sum of fields: "psn_part_amt - act_pay_dedc".
        var expect: [String: String]
        /// Amounts in yuan by layer and article: "serious_illness/entering".
        var reasons: [String: String]?
    }

    var testDescription: String { "\(id) \(title)" }

    /// Empty where the file cannot be read; a test counts them.
    static let all: [PublishedExample] =
        (try? CompactJSON.decode(
            [Self].self, from: try readFile(SmallCounty.fixtures + "/examples/settlements.json")))
        ?? []

    /// The rules of each region that has an example, read once.
    private static let rules: [String: Result<Rulebook, any Error>] = {
        let regions = Set(all.map(\.region)).map { region in
            let folder = SmallCounty.fixtures + "/rules/" + region
            return (
                region,
                Result { try Rulebook.parse(region: region, files: readRuleFolder(folder)) }
            )
        }
        return Dictionary(uniqueKeysWithValues: regions)
    }()

    /// Every visit priced by the kiosk's own quote stream, standing fed from one to the next.
    func quotes() throws -> [JSON] {
        let rules = try #require(Self.rules[region]).get()
        let stream = QuoteStream(rules: rules, catalogue: .empty)
        var standing: JSON?
        return try visits.map { visit in
            var bill = visit.bill
            if visit.fresh != true, bill["standing"] == nil { bill["standing"] = standing }
            let bytes = stream.answer(try CompactJSON.encode(bill)).bytes
            let answer = try CompactJSON.decode(JSON.self, from: bytes)
            standing = answer["standing"]
            return answer
        }
    }
}

/// Amounts of one quote, or of several together, in whole fen by field.
struct PublishedFields {
    var fen: [String: Int]

    init(_ answer: JSON) throws {
        let setlinfo = try #require(answer["setlinfo"], "refused: \(answer)")
        fen = setlinfo.object.compactMapValues { Money(yuan: $0.text)?.fen }
    }

    init(sum answers: [PublishedFields]) {
        fen = answers.reduce(into: [:]) { $0.merge($1.fen) { $0 + $1 } }
    }

    /// The fen of "a - b + 12.00", each word a field or an amount in yuan.
    func value(_ expression: String) throws -> Int {
        var total = 0
        var sign = 1
        for word in expression.split(separator: " ") {
            switch word {
            case "+": sign = 1
            case "-": sign = -1
            default: total += sign * (try #require(fen[String(word)] ?? Money(yuan: word)?.fen))
            }
        }
        return total
    }
}

/// A JSON value whose shape only the reader knows.
enum JSON: Codable, Hashable, Sendable {
    case object([String: JSON])
    case list([JSON])
    case text(String)
    case number(Decimal)
    case flag(Bool)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let object = try? container.decode([String: JSON].self) {
            self = .object(object)
        } else if let list = try? container.decode([JSON].self) {
            self = .list(list)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else {
            self = .number(try container.decode(Decimal.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let object): try container.encode(object)
        case .list(let list): try container.encode(list)
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        }
    }

    var object: [String: JSON] { if case .object(let object) = self { object } else { [:] } }
    var list: [JSON] { if case .list(let list) = self { list } else { [] } }
    var text: String { if case .text(let text) = self { text } else { "" } }

    subscript(key: String) -> JSON? {
        get { object[key] }
        set {
            var changed = object
            changed[key] = newValue
            self = .object(changed)
        }
    }
}
