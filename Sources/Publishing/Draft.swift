import Cataloguing
import Pricing
import Rules
import Vocabulary

/// Changes of catalogue and parameters that one clerk prepares and another releases.
public struct Draft: Sendable, Hashable, Codable {
    public var prices: [PriceChange]
    public var parameters: [ParameterChange]
    public var note: String

    public init(prices: [PriceChange] = [], parameters: [ParameterChange] = [], note: String = "") {
        self.prices = prices
        self.parameters = parameters
        self.note = note
    }

    /// New price and price limit of an item from a day on.
    public struct PriceChange: Sendable, Hashable, Codable {
        public var code: String
        public var price: Money
        public var limit: Money?
        public var from: Day

        public init(code: String, price: Money, limit: Money?, from: Day) {
            self.code = code
            self.price = price
            self.limit = limit
            self.from = from
        }
    }

    /// A new value of a parameter from a day on, with its source.
    public struct ParameterChange: Sendable, Hashable, Codable {
        public var path: String
        public var value: String
        public var from: Day
        public var source: String

        public init(path: String, value: String, from: Day, source: String) {
            self.path = path
            self.value = value
            self.from = from
            self.source = source
        }
    }

    /// The earliest day the changes touch: from there on the ledger is priced again.
    public var firstDay: Day? { (prices.map(\.from) + parameters.map(\.from)).min() }
}

/// Why a draft cannot be applied; all of it is refused.
public enum DraftFault: Error, Equatable, Sendable {
    case empty
    case unknownItem(String)
    case unknownParameter(String)
    /// A table of values by level or title is changed in its file, not through the form.
    case tableParameter(String)
    /// The new value would start before the last one of the file.
    case notAfterLast(parameter: String, last: Day)
    case sourceMissing(String)
    /// A price or limit below zero.
    case negative(String)
    case faults(RuleFaults)
}

extension PolicyContent {
    /// The content after a draft; everything before its first day stays as it was.
    public func applying(_ draft: Draft) throws(DraftFault) -> PolicyContent {
        guard !draft.prices.isEmpty || !draft.parameters.isEmpty else { throw .empty }
        var content = self
        for change in draft.prices { try content.apply(change) }
        for change in draft.parameters { try content.apply(change) }
        do { try content.checkedRulebook() } catch { throw .faults(error) }
        return content
    }

    private mutating func apply(_ change: Draft.PriceChange) throws(DraftFault) {
        guard change.price >= .zero, change.limit ?? .zero >= .zero else {
            throw .negative(change.code)
        }
        guard var item = Catalogue(catalogue).item(change.code, change.from),
            item.code == change.code
        else {
            throw .unknownItem(change.code)
        }
        item.price = change.price
        item.priceLimit = change.limit
        item.validFrom = change.from
        catalogue.removeAll { $0.code == change.code && $0.validFrom == change.from }
        catalogue.append(item)
    }

    /// Appends to the file's text, so that the comments and the order people wrote stay as they are.
    private mutating func apply(_ change: Draft.ParameterChange) throws(DraftFault) {
        let file = change.path + ".yaml"
        let book: Rulebook
        do { book = try rulebook() } catch { throw .faults(error) }
        guard let text = rules[file], let parameter = book[change.path],
            let last = parameter.values.last
        else { throw .unknownParameter(change.path) }
        switch last.value {
        case .table?, .rows?, .bands?: throw .tableParameter(change.path)
        default: break
        }
        guard change.from > last.from else {
            throw .notAfterLast(parameter: change.path, last: last.from)
        }
        guard !change.source.allSatisfy(\.isWhitespace) else { throw .sourceMissing(change.path) }
        let ending = text.hasSuffix("\n") ? "" : "\n"
        rules[file] =
            text + ending + """
                  - from: \(change.from)
                    value: \(quoted(change.value))
                    source: \(quoted(change.source))

                """
    }
}

/// A YAML scalar that means exactly this text.
private func quoted(_ text: String) -> String {
    let escaped = text.filter { !$0.isNewline }
        .replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
}
