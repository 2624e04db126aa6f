import Vocabulary

/// All parameters of one region, read-only and complete: the policy as data.
public struct Rulebook: Sendable {
    public let region: String
    private let parameters: [String: Parameter]

    public init(region: String, parameters: [Parameter]) {
        self.region = region
        self.parameters = Dictionary(parameters.map { ($0.path, $0) }) { first, _ in first }
    }

    /// Every parameter in the order of its path.
    public var all: [Parameter] { parameters.values.sorted { $0.path < $1.path } }

    public subscript(path: String) -> Parameter? { parameters[path] }

    /// The value in force on a day.
    ///
    /// - Returns: `nil` where the region has no such parameter or has repealed it: the step that
    ///   asks does not apply there.
    /// - Throws: ``RulebookFault/beforeFirst`` for a day before the first value: a figure that nobody
    ///   wrote down is refused, not guessed.
    func value(_ path: String, on day: Day) throws(RulebookFault) -> Cited<Parameter.Value>? {
        guard let parameter = parameters[path] else { return nil }
        guard let dated = parameter.values.last(where: { $0.from <= day }) else {
            throw .beforeFirst(parameter: path, day: day, first: parameter.values[0].from)
        }
        guard let value = dated.value else { return nil }
        return Cited(value, Citation(parameter: path, from: dated.from, source: dated.source))
    }
}

// Typed reading: a step names the kind of figure it expects, and a file that holds another kind is
// a fault of the rule set, named by its path.
extension Rulebook {
    public func money(_ path: String, on day: Day, key: String? = nil) throws(RulebookFault)
        -> Cited<Money>?
    {
        try read(path, on: day, key: key) { if case .money(let money) = $0 { money } else { nil } }
    }

    public func share(_ path: String, on day: Day, key: String? = nil) throws(RulebookFault)
        -> Cited<Share>?
    {
        try read(path, on: day, key: key) { if case .share(let share) = $0 { share } else { nil } }
    }

    public func count(_ path: String, on day: Day, key: String? = nil) throws(RulebookFault)
        -> Cited<Int>?
    {
        try read(path, on: day, key: key) { if case .count(let count) = $0 { count } else { nil } }
    }

    public func word(_ path: String, on day: Day) throws(RulebookFault) -> Cited<String>? {
        try read(path, on: day, key: nil) { if case .word(let word) = $0 { word } else { nil } }
    }

    public func words(_ path: String, on day: Day) throws(RulebookFault) -> Cited<[String]>? {
        try read(path, on: day, key: nil) { if case .words(let words) = $0 { words } else { nil } }
    }

    /// A figure without which the step cannot be done at all.
    public func require<Value: Sendable>(
        _ found: Cited<Value>?, _ path: String
    ) throws(RulebookFault) -> Cited<Value> {
        guard let found else { throw .missing(parameter: path) }
        return found
    }

    private func read<Value: Sendable>(
        _ path: String, on day: Day, key: String?, as kind: (Parameter.Value) -> Value?
    ) throws(RulebookFault) -> Cited<Value>? {
        guard let found = try value(path, on: day) else { return nil }
        var scalar = found.value
        if case .table(let table) = scalar {
            guard let row = table[key ?? "default"] ?? table["default"] else { return nil }
            scalar = row
        }
        guard let typed = kind(scalar) else { throw .kind(parameter: path) }
        return Cited(typed, found.citation)
    }
}

/// Why the rulebook cannot answer; each names the parameter to mend.
public enum RulebookFault: Error, Equatable, Sendable {
    /// The day lies before the first value of the parameter.
    case beforeFirst(parameter: String, day: Day, first: Day)
    /// The parameter holds another kind of figure than its use asks for.
    case kind(parameter: String)
    /// The region has no such parameter, or none for this level.
    case missing(parameter: String)
}
