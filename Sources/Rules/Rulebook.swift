import Vocabulary

/// All parameters of one region, read-only and complete: the policy as data.
public struct Rulebook: Sendable {
    public let region: String
    private let byPath: [String: RuleFolder]

    public init(region: String, parameters: [Parameter]) {
        self.region = region
        byPath = Dictionary(grouping: parameters) { split($0.path).folder }
            .reduce(into: [:]) { $0[$1.key] = RuleFolder(path: $1.key, $1.value) }
    }

    /// Every parameter in the order of its path.
    public var all: [Parameter] {
        byPath.values.flatMap(\.parameters.values).sorted { $0.path < $1.path }
    }

    /// Every folder in the order of its path.
    public var folders: [RuleFolder] { byPath.values.sorted { $0.path < $1.path } }

    /// The parameters of one folder: a benefit, a layer, a subject. Empty where there is none.
    public func folder(_ path: String) -> RuleFolder { byPath[path] ?? RuleFolder(path: path, []) }

    public func hasFolder(_ path: String) -> Bool { byPath[path] != nil }

    public subscript(path: String) -> Parameter? {
        let (folder, name) = split(path)
        return byPath[folder]?.parameters[name]
    }
}

extension Parameter {
    /// The bare name of its file: "rate".
    public var name: String { split(path).name }

    /// The value that holds on a day; `nil` before the first.
    public func inForce(on day: Day) -> DatedValue? { values.last { $0.from <= day } }

    /// The place of the value that holds on a day.
    fileprivate func place(on day: Day) throws(RulebookFault) -> Int {
        guard let place = values.lastIndex(where: { $0.from <= day }) else {
            throw .beforeFirst(parameter: path, day: day, first: values[0].from)
        }
        return place
    }
}

/// "390/outpatient/rate" is "rate" in the folder "390/outpatient".
private func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[..<slash]), String(path[path.index(after: slash)...]))
}

/// The parameters of one folder of a region, read by the bare name of their files.
///
/// Handed on by reference, as its parameters are.
public final class RuleFolder: Sendable {
    public let path: String
    /// The last word of the path: a benefit, a layer.
    public let name: String
    public let parameters: NamedParameters

    init(path: String, _ parameters: [Parameter]) {
        self.path = path
        name = split(path).name
        self.parameters = NamedParameters(parameters)
    }

    /// In the order of their names.
    public var sorted: [Parameter] { parameters.values.sorted { $0.path < $1.path } }

    /// The value in force on a day under these circumstances.
    ///
    /// - Returns: `nil` where the region has no such parameter, has repealed it, or no row fits:
    ///   the step that asks does not apply there.
    /// - Throws: ``RulebookFault/beforeFirst`` for a day before the first value: a figure that nobody
    ///   wrote down is refused, not guessed.
    public func value(
        _ name: String, on day: Day, for circumstances: Circumstances
    ) throws(RulebookFault) -> Cited<Parameter.Value>? {
        guard let parameter = parameters[name] else { return nil }
        let place = try parameter.place(on: day)
        guard
            let value = parameter.values[place].value?.resolved(circumstances, parameter.pick)
        else { return nil }
        return Cited(value, parameter.citations[place])
    }
}

// Typed reading: a step names the kind of figure it expects, and a file that holds another kind is
// a fault of the rule set, named by its path.
extension RuleFolder {
    public func money(
        _ name: String, on day: Day, for circumstances: Circumstances = Circumstances()
    ) throws(RulebookFault) -> Cited<Money>? {
        try read(name, day, circumstances) { if case .money(let money) = $0 { money } else { nil } }
    }

    public func share(
        _ name: String, on day: Day, for circumstances: Circumstances = Circumstances()
    ) throws(RulebookFault) -> Cited<Share>? {
        try read(name, day, circumstances) { if case .share(let share) = $0 { share } else { nil } }
    }

    public func count(
        _ name: String, on day: Day, for circumstances: Circumstances = Circumstances()
    ) throws(RulebookFault) -> Cited<Int>? {
        try read(name, day, circumstances) { if case .count(let count) = $0 { count } else { nil } }
    }

    public func word(
        _ name: String, on day: Day, for circumstances: Circumstances = Circumstances()
    ) throws(RulebookFault) -> Cited<String>? {
        try read(name, day, circumstances) { if case .word(let word) = $0 { word } else { nil } }
    }

    /// A list of words; a single word is a list of one.
    public func words(
        _ name: String, on day: Day, for circumstances: Circumstances = Circumstances()
    ) throws(RulebookFault) -> Cited<[String]>? {
        try read(name, day, circumstances) { value in
            switch value {
            case .words(let words): words
            case .word(let word): [word]
            default: nil
            }
        }
    }

    /// Slices of an amount with their rates; one flat rate is one endless slice.
    public func bands(
        _ name: String, on day: Day, for circumstances: Circumstances = Circumstances()
    ) throws(RulebookFault) -> Cited<[Parameter.Band]>? {
        try read(name, day, circumstances) { value in
            switch value {
            case .bands(let bands): bands
            case .share(let share): [Parameter.Band(upTo: nil, share)]
            default: nil
            }
        }
    }

    /// A word that is kept by key, such as by period; one word alone stands for every key.
    public func word(_ name: String, keyedBy key: String, on day: Day) throws(RulebookFault)
        -> Cited<String>?
    {
        guard let parameter = parameters[name] else { return nil }
        var circumstances = Circumstances()
        circumstances.state(.level, key)
        guard let found = try value(name, on: day, for: circumstances) else { return nil }
        guard case .word(let word) = found.value else { throw .kind(parameter: parameter.path) }
        return Cited(word, found.citation)
    }

    /// The whole table of a parameter that is kept by key.
    public func table(_ name: String, on day: Day) throws(RulebookFault) -> [String: Parameter
        .Value]
    {
        guard let parameter = parameters[name] else { return [:] }
        guard let value = parameter.values[try parameter.place(on: day)].value else { return [:] }
        guard case .table(let table) = value else { throw .kind(parameter: parameter.path) }
        return table
    }

    /// A figure without which the step cannot be done at all.
    public func require<Value: Sendable>(
        _ found: Cited<Value>?, _ name: String
    ) throws(RulebookFault) -> Cited<Value> {
        guard let found else { throw .missing(parameter: "\(path)/\(name)") }
        return found
    }

    private func read<Value: Sendable>(
        _ name: String, _ day: Day, _ circumstances: Circumstances,
        as kind: (Parameter.Value) -> Value?
    ) throws(RulebookFault) -> Cited<Value>? {
        guard let found = try value(name, on: day, for: circumstances) else { return nil }
        guard let typed = kind(found.value) else { throw .kind(parameter: "\(path)/\(name)") }
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
