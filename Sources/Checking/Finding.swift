import Rules
import Vocabulary

/// Something about a bill that somebody should know before it is settled.
public struct Finding: Hashable, Sendable {
    public let check: Check
    public let stage: Stage
    public let severity: Severity
    /// Line of the bill, counted from 1; `nil` where the whole bill is meant.
    public let line: Int?
    /// The figures behind it, by name, for the sentence on the screen.
    public let evidence: [String: String]
    public let citation: Citation?

    public init(
        _ check: Check, _ severity: Severity, at stage: Stage = .settling, line: Int? = nil,
        _ evidence: [String: String] = [:], _ citation: Citation? = nil
    ) {
        self.check = check
        self.stage = stage
        self.severity = severity
        self.line = line
        self.evidence = evidence
        self.citation = citation
    }
}

/// What a finding does to the visit.
public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    /// The visit cannot be settled this way.
    case stop
    /// It can, with a reason that is journaled.
    case warn
    /// Only said.
    case report

    /// The graver first, as they stand on the screen.
    public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .stop: 0
        case .warn: 1
        case .report: 2
        }
    }
}

/// When a rule is asked (监管环节).
public enum Stage: String, Sendable, Codable, CaseIterable {
    /// 录入时: while the bill is being typed.
    case entering
    /// 结算时: before the visit becomes an entry.
    case settling
    /// 合并后: over the visits of all clinics, at the county.
    case merged
}
