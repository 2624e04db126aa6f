import Vocabulary
import Yams

/// One fault in a rule file, told so that the clerk can mend it: file, line, what was expected.
public struct RuleFault: Error, Equatable, Sendable, CustomStringConvertible {
    public let file: String
    public let line: Int
    public let message: String
    public let remedy: String

    public var description: String { "\(file):\(line): \(message); \(remedy)" }
}

/// All faults of a rule set at once, so that one round of mending suffices.
public struct RuleFaults: Error, Equatable, Sendable, CustomStringConvertible {
    public let faults: [RuleFault]
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension Rulebook {
    /// Reads a region's rule files.
    ///
    /// - Parameter files: path inside the region's folder → text; only ".yaml" files count.
    /// - Throws: ``RuleFaults`` with every fault of every file.
    public static func parse(region: String, files: [String: String]) throws(RuleFaults) -> Rulebook
    {
        var parameters: [Parameter] = []
        var faults: [RuleFault] = []
        for (file, text) in files.sorted(by: { $0.key < $1.key }) where file.hasSuffix(".yaml") {
            var reader = ParameterReader(file: file)
            if let parameter = reader.read(text) { parameters.append(parameter) }
            faults += reader.faults
        }
        if files.keys.allSatisfy({ !$0.hasSuffix(".yaml") }) {
            faults.append(
                RuleFault(
                    file: region, line: 1, message: "no rule file here",
                    remedy: "name the folder that holds 390/ and 310/"))
        }
        guard faults.isEmpty else { throw RuleFaults(faults: faults) }
        return Rulebook(region: region, parameters: parameters)
    }
}

/// Reads one file into one parameter, collecting faults instead of stopping at the first.
private struct ParameterReader {
    let file: String
    var faults: [RuleFault] = []

    init(file: String) { self.file = file }

    private static let keys: Set<String> = ["description", "unit", "reviewed_on", "values"]
    private static let valueKeys: Set<String> = ["from", "value", "source"]

    mutating func read(_ text: String) -> Parameter? {
        let root: Node?
        do { root = try compose(yaml: text) } catch {
            let line = (error as? YamlError).flatMap(lineOf) ?? 1
            return fault(line, "this is not YAML", "compare with a neighbouring file")
        }
        guard let mapping = root?.mapping else {
            return fault(1, "empty file", "write description, unit, reviewed_on and values")
        }
        rejectUnknownKeys(in: mapping, allowed: Self.keys)
        let description = text_(mapping, "description")
        let unitText = text_(mapping, "unit") ?? ""
        let unit = Parameter.Unit(rawValue: unitText)
        if unit == nil {
            fault(
                line(mapping["unit"]), "unknown unit \"\(unitText)\"",
                "use one of " + Parameter.Unit.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let reviewed = day(mapping, "reviewed_on")
        guard let unit, let values = values(mapping, unit: unit), let description, let reviewed,
            faults.isEmpty
        else { return nil }
        return Parameter(
            path: String(file.dropLast(".yaml".count)), description: description, unit: unit,
            reviewedOn: reviewed, values: values)
    }

    private mutating func values(_ mapping: Node.Mapping, unit: Parameter.Unit)
        -> [Parameter.DatedValue]?
    {
        guard let sequence = mapping["values"]?.sequence, !sequence.isEmpty else {
            return fault(
                line(mapping["values"]), "no values", "write at least one - from, value, source")
        }
        var values: [Parameter.DatedValue] = []
        for node in sequence {
            guard let entry = node.mapping else {
                fault(line(node), "a value is a mapping", "write from, value and source")
                continue
            }
            rejectUnknownKeys(in: entry, allowed: Self.valueKeys)
            guard let from = day(entry, "from"), let source = text_(entry, "source"),
                let value = value(of: entry, unit: unit)
            else { continue }
            if let last = values.last, last.from >= from {
                fault(line(node), "\(from) does not come after \(last.from)", "sort by from")
            }
            values.append(
                .init(from: from, value: value.isNull ? nil : value.value, source: source))
        }
        return faults.isEmpty ? values : nil
    }

    /// The outer optional says "faulty", `isNull` says "repealed".
    private mutating func value(of entry: Node.Mapping, unit: Parameter.Unit)
        -> (isNull: Bool, value: Parameter.Value?)?
    {
        guard let node = entry["value"] else {
            return fault(line(entry.first?.key), "no value", "write value: (null repeals)")
        }
        if node.null != nil { return (true, nil) }
        return read(node, unit: unit).map { (false, $0) }
    }

    private mutating func read(_ node: Node, unit: Parameter.Unit) -> Parameter.Value? {
        if let sequence = node.sequence {
            let words = sequence.compactMap(\.scalar?.string)
            guard unit == .word, words.count == sequence.count else {
                return fault(line(node), "a list holds words only", "set unit: word")
            }
            return .words(words)
        }
        if let mapping = node.mapping {
            var table: [String: Parameter.Value] = [:]
            for (key, row) in mapping {
                guard let key = key.string, let value = read(row, unit: unit) else { return nil }
                table[key] = value
            }
            return .table(table)
        }
        let text = node.scalar?.string ?? ""
        guard let value = Parameter.Value(text, unit: unit) else {
            return fault(line(node), "\"\(text)\" is not \(unit.expectation)", unit.remedy)
        }
        return value
    }

    private mutating func day(_ mapping: Node.Mapping, _ key: String) -> Day? {
        guard let text = text_(mapping, key) else { return nil }
        guard let day = Day(text) else {
            return fault(line(mapping[key]), "\(key) \"\(text)\" is no date", "write 2025-01-01")
        }
        return day
    }

    private mutating func text_(_ mapping: Node.Mapping, _ key: String) -> String? {
        guard let text = mapping[key]?.scalar?.string, !text.isEmpty else {
            let place = mapping[key] ?? mapping.first?.key
            return fault(line(place), "\(key) is missing", "every parameter and value states it")
        }
        return text
    }

    private mutating func rejectUnknownKeys(in mapping: Node.Mapping, allowed: Set<String>) {
        for (key, _) in mapping where !allowed.contains(key.string ?? "") {
            let known = allowed.sorted().joined(separator: ", ")
            fault(line(key), "unknown key \"\(key.string ?? "?")\"", "known here: \(known)")
        }
    }

    private func line(_ node: Node?) -> Int { node?.mark?.line ?? 1 }

    private func lineOf(_ error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _): mark.line
        default: nil
        }
    }

    /// Notes a fault; returns `nil` in whatever type the caller gives up with.
    @discardableResult
    private mutating func fault<Nothing>(_ line: Int, _ message: String, _ remedy: String)
        -> Nothing?
    {
        faults.append(RuleFault(file: file, line: line, message: message, remedy: remedy))
        return nil
    }

    private mutating func fault(_ line: Int, _ message: String, _ remedy: String) {
        faults.append(RuleFault(file: file, line: line, message: message, remedy: remedy))
    }
}

extension Parameter.Value {
    init?(_ text: String, unit: Parameter.Unit) {
        switch unit {
        case .yuan:
            guard let money = Money(yuan: text), money >= .zero else { return nil }
            self = .money(money)
        case .share:
            guard let share = Share(text) else { return nil }
            self = .share(share)
        case .count, .days, .months:
            guard let count = Int(text), (0...100_000).contains(count) else { return nil }
            self = .count(count)
        case .word:
            guard !text.isEmpty else { return nil }
            self = .word(text)
        case .monthDay:
            guard Day("2024-" + text) != nil else { return nil }
            self = .word(text)
        }
    }
}

extension Parameter.Unit {
    fileprivate var expectation: String {
        switch self {
        case .yuan: "an amount in yuan"
        case .share: "a share between 0 and 1"
        case .count, .days, .months: "a whole number"
        case .word: "a word"
        case .monthDay: "a day of the year"
        }
    }

    fileprivate var remedy: String {
        switch self {
        case .yuan: "write it with at most two decimals, such as 300.00"
        case .share: "write 0.50 for 50 %"
        case .count, .days, .months: "write it without decimals"
        case .word: "write the name of the choice"
        case .monthDay: "write month and day, such as 09-01"
        }
    }
}
