import Vocabulary
import Yams

/// Reads one file into one parameter, collecting faults instead of stopping at the first.
struct ParameterReader {
    let file: String
    var faults: [RuleFault] = []

    init(file: String) { self.file = file }

    private static let keys: Set<String> = [
        "description", "unit", "reviewed_on", "pick", "values",
    ]
    private static let valueKeys: Set<String> = ["from", "value", "source"]

    /// No rule file is longer; the longest of the country's has a tenth.
    static let mostBytes = 256 * 1024

    mutating func read(_ text: String) -> Parameter? {
        guard text.utf8.count <= Self.mostBytes else {
            return fault(
                1, "\(text.utf8.count) bytes, at most \(Self.mostBytes) are read",
                "split the subject into several files")
        }
        if let line = anchorLine(text) {
            return fault(line, "an anchor (&)", "write every value out where it stands")
        }
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
        let pick = pick(mapping)
        guard let unit, let values = values(mapping, unit: unit), let description, let reviewed,
            faults.isEmpty
        else { return nil }
        return Parameter(
            path: String(file.dropLast(".yaml".count)), description: description, unit: unit,
            reviewedOn: reviewed, pick: pick, values: values)
    }

    /// Names for values are how a small file is made to unfold without end; no rule needs them.
    private func anchorLine(_ text: String) -> Int? {
        let signs: Set<Character> = [" ", ",", "[", "]", "{", "}", "\t"]
        return text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { line in
            line.split { signs.contains($0) }.contains { $0.first == "&" && $0.count > 1 }
        }.map { $0 + 1 }
    }

    private mutating func pick(_ mapping: Node.Mapping) -> Parameter.Pick {
        guard let node = mapping["pick"] else { return .first }
        guard let pick = node.string.flatMap(Parameter.Pick.init) else {
            let known = Parameter.Pick.allCases.map(\.rawValue).joined(separator: ", ")
            fault(line(node), "unknown pick \"\(node.string ?? "?")\"", "use one of \(known)")
            return .first
        }
        return pick
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

    mutating func rejectUnknownKeys(in mapping: Node.Mapping, allowed: Set<String>) {
        for (key, _) in mapping where !allowed.contains(key.string ?? "") {
            let known = allowed.sorted().joined(separator: ", ")
            fault(line(key), "unknown key \"\(key.string ?? "?")\"", "known here: \(known)")
        }
    }

    func line(_ node: Node?) -> Int { node?.mark?.line ?? 1 }

    private func lineOf(_ error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _): mark.line
        default: nil
        }
    }

    /// Notes a fault; returns `nil` in whatever type the caller gives up with.
    mutating func fault<Nothing>(_ line: Int, _ message: String, _ remedy: String)
        -> Nothing?
    {
        faults.append(RuleFault(file: file, line: line, message: message, remedy: remedy))
        return nil
    }

    mutating func fault(_ line: Int, _ message: String, _ remedy: String) {
        faults.append(RuleFault(file: file, line: line, message: message, remedy: remedy))
    }
}
