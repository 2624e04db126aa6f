import Rules
import Vocabulary

/// Something about a bill that somebody should know before it is settled.
public struct Finding: Hashable, Sendable {
    public let check: Check
    public let severity: Severity
    /// Line of the bill, counted from 1; `nil` where the whole bill is meant.
    public let line: Int?
    /// The figures behind it, by name, for the sentence on the screen.
    public let evidence: [String: String]
    public let citation: Citation?

    public init(
        _ check: Check, _ severity: Severity, line: Int? = nil, _ evidence: [String: String] = [:],
        _ citation: Citation? = nil
    ) {
        self.check = check
        self.severity = severity
        self.line = line
        self.evidence = evidence
        self.citation = citation
    }
}

/// What a finding does to the visit.
public enum Severity: String, Sendable, Codable, CaseIterable {
    /// The visit cannot be settled this way.
    case stop
    /// It can, with a reason that is journaled.
    case warn
    /// Only said.
    case report
}

/// The checks, each a file in `Checks/`.
public enum Check: String, Sendable, Codable, CaseIterable {
    case notCovered, kindNotRecognised, priceAboveLimit, supplyTooLong, repeatedSupply,
        secondConsultFee
    case tooManyDrugs
}
