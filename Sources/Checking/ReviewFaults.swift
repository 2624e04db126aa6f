import Rules
import Vocabulary

/// What a region's review folder says that no rule can mean, all at once: rules and figures nobody
/// reads, severities and windows that are no words of ours, figures that are missing.
///
/// - Parameter files: the texts the rulebook was read from, to name the line.
public func reviewFaults(_ rules: Rulebook, files: [String: String]) -> [RuleFault] {
    let known = Dictionary(uniqueKeysWithValues: Check.allCases.map { ($0.folder, $0) })
    var faults: [RuleFault] = []
    func fault(_ path: String, _ word: String, _ message: String, _ remedy: String) {
        let lines = (files[path + ".yaml"] ?? "").split(
            separator: "\n", omittingEmptySubsequences: false)
        let line = lines.lastIndex { !word.isEmpty && $0.contains(word) } ?? 0
        faults.append(
            RuleFault(file: path + ".yaml", line: line + 1, message: message, remedy: remedy))
    }
    for parameter in rules.all where parameter.path.hasPrefix("review/") {
        let parts = parameter.path.split(separator: "/")
        let folder = parts.dropLast().joined(separator: "/")
        guard let check = known[folder], let name = parts.last.map(String.init) else {
            fault(
                parameter.path, "", "no rule \"\(folder)\"",
                "folders are " + known.keys.sorted().joined(separator: ", "))
            continue
        }
        guard (["severity"] + check.figures).contains(name) else {
            fault(
                parameter.path, "", "\(check.rawValue) reads no figure \"\(name)\"",
                "it reads " + (["severity"] + check.figures).joined(separator: ", "))
            continue
        }
        for word in parameter.wrongWords(name, check) {
            fault(parameter.path, word, "\"\(word)\" does not suit \(name)", name.remedy(check))
        }
    }
    for (folder, check) in known where rules.hasFolder(folder) {
        for name in ["severity"] + check.figures where rules["\(folder)/\(name)"] == nil {
            fault(
                "\(folder)/\(name)", "", "the file is missing", "every figure of a rule is a file")
        }
    }
    return faults.sorted { ($0.file, $0.line, $0.message) < ($1.file, $1.line, $1.message) }
}

extension Parameter {
    /// Words of the values that the rule's logic could not read.
    fileprivate func wrongWords(_ name: String, _ check: Check) -> [String] {
        values.compactMap(\.value).flatMap { value -> [String] in
            switch name {
            case "severity": value.severities(check)
            case "window": value.leaves.filter { Window($0) == nil }
            case "groups": value.leaves.filter { AgeRange($0) == nil }
            default: []
            }
        }
    }
}

extension Parameter.Value {
    /// Every word in it, whatever the conditions.
    fileprivate var leaves: [String] {
        switch self {
        case .word(let word): [word]
        case .words(let words): words
        case .table(let table): table.values.flatMap(\.leaves)
        case .rows(let rows): rows.flatMap(\.value.leaves)
        case .money, .share, .count, .bands: []
        }
    }

    /// Words that are no severity, and stages the rule cannot speak at.
    fileprivate func severities(_ check: Check) -> [String] {
        switch self {
        case .word(let word):
            Severity(rawValue: word) == nil && word != ReviewRule.off ? [word] : []
        case .table(let table):
            table.flatMap { stage, value -> [String] in
                let spoken = Stage(rawValue: stage).map(check.stages.contains) ?? false
                return (spoken ? [] : [stage]) + value.severities(check)
            }.sorted()
        case .rows(let rows): rows.flatMap { $0.value.severities(check) }
        default: ["value"]
        }
    }
}

extension String {
    fileprivate func remedy(_ check: Check) -> String {
        switch self {
        case "severity":
            "write stop, warn, report or off, or one of them for each of "
                + check.stages.map(\.rawValue).sorted().joined(separator: ", ")
        case "window": "write visit, day, month, quarter, year or days 7"
        default: "write ..17 years, 16..59 years or ..28 days"
        }
    }
}
