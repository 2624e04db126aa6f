import Rules
import Vocabulary

/// One rule as a region sets it: how loudly it speaks at a stage, and its figures.
struct ReviewRule: Sendable {
    let check: Check
    let stage: Stage
    let severity: Severity
    /// The value that set the severity: who says that there is such a rule.
    let citation: Citation
    private let folder: RuleFolder
    private let day: Day
    private let circumstances: Circumstances

    /// - Returns: `nil` where the region has no such rule at this stage, or switched it off.
    /// - Throws: ``RulebookFault/kind`` where the severity is no word of ``Severity``.
    init?(
        _ check: Check, at stage: Stage, by rules: Rulebook, on day: Day,
        for circumstances: Circumstances
    ) throws(RulebookFault) {
        let folder = rules.folder(check.folder)
        guard check.stages.contains(stage) else { return nil }
        guard let parameter = folder.parameters["severity"] else {
            guard check.standsByItself else { return nil }
            self = ReviewRule(standing: check, stage, folder, day, circumstances)
            return
        }
        guard let dated = parameter.values.last(where: { $0.from <= day }) else {
            throw .beforeFirst(parameter: parameter.path, day: day, first: parameter.values[0].from)
        }
        guard let word = dated.value?.word(at: stage, circumstances), word != ReviewRule.off else {
            return nil
        }
        guard let severity = Severity(rawValue: word) else {
            throw .kind(parameter: parameter.path)
        }
        self.check = check
        self.stage = stage
        self.severity = severity
        citation = Citation(parameter: parameter.path, from: dated.from, source: dated.source)
        self.folder = folder
        self.day = day
        self.circumstances = circumstances
    }

    /// A rule that a region without a word about it has all the same.
    private init(
        standing check: Check, _ stage: Stage, _ folder: RuleFolder, _ day: Day,
        _ circumstances: Circumstances
    ) {
        self.check = check
        self.stage = stage
        severity = .stop
        citation = Citation(parameter: folder.path, from: day, source: "")
        self.folder = folder
        self.day = day
        self.circumstances = circumstances
    }

    static let off = "off"

    func finding(
        line: Int? = nil, _ evidence: [String: String] = [:], _ citation: Citation? = nil
    ) -> Finding {
        Finding(
            check, severity, at: stage, line: line, evidence, citation ?? self.citation)
    }

    /// A figure the rule cannot do without; `nil` where no row fits these circumstances or it was
    /// repealed: the rule then has no bound here.
    func count(_ name: String) throws(RulebookFault) -> Cited<Int>? {
        try required(name)
        return try folder.count(name, on: day, for: circumstances)
    }

    func words(_ name: String) throws(RulebookFault) -> [String] {
        try required(name)
        return try folder.words(name, on: day, for: circumstances)?.value ?? []
    }

    func table(_ name: String) throws(RulebookFault) -> [String: Parameter.Value] {
        try required(name)
        return try folder.table(name, on: day)
    }

    func window(_ name: String = "window") throws(RulebookFault) -> Cited<Window>? {
        try required(name)
        guard let word = try folder.word(name, on: day, for: circumstances) else { return nil }
        guard let window = Window(word.value) else {
            throw .kind(parameter: word.citation.parameter)
        }
        return Cited(window, word.citation)
    }

    private func required(_ name: String) throws(RulebookFault) {
        guard folder.parameters[name] != nil else {
            throw .missing(parameter: "\(folder.path)/\(name)")
        }
    }
}

extension Parameter.Value {
    /// A plain word holds at every stage; a table names the stages it holds at; rows are asked in
    /// their order.
    func word(at stage: Stage, _ circumstances: Circumstances) -> String? {
        switch self {
        case .word(let word): word
        case .table(let table): table[stage.rawValue]?.word(at: stage, circumstances)
        case .rows(let rows):
            rows.first { row in row.conditions.allSatisfy { $0.holds(in: circumstances) } }
                .flatMap { $0.value.word(at: stage, circumstances) }
        default: nil
        }
    }
}

extension String {
    /// Whether a code is one of these; a pattern ending in `*` stands for all that begin so.
    func isAmong(_ patterns: [String]) -> Bool {
        patterns.contains { pattern in
            pattern.utf8.last == UInt8(ascii: "*")
                ? hasPrefix(pattern.dropLast()) : self == pattern
        }
    }
}
