import Rules
import Vocabulary

/// What one rule is given: the visit, what is known of its items, and the rule as the region sets
/// it.
struct Review {
    let encounter: Encounter
    let knowledge: KnowledgeBase
    let rule: ReviewRule

    /// A finding for each line that a rule has something against.
    func lines(
        _ objection: (Encounter.Item) -> (evidence: [String: String], citation: Citation?)?
    ) -> [Finding] {
        encounter.items.enumerated().compactMap { index, item in
            objection(item).map { rule.finding(line: index + 1, $0.evidence, $0.citation) }
        }
    }

    /// A finding for each line whose item is published as being only for others: it has points of
    /// the kind, and not one of them fits.
    func lines(
        onlyFor kind: KnowledgePoint.Kind, evidence: [String: String] = [:],
        _ fits: (KnowledgePoint) -> Bool
    ) -> [Finding] {
        lines { item in
            let points = points(of: item.code, kind)
            guard let first = points.first, !points.contains(where: fits) else { return nil }
            let only = ["only": points.map(\.value).joined(separator: ";")]
            return (only.merging(evidence) { $1 }, first.citation(since: rule.citation))
        }
    }

    /// In an order of their own, so that a finding does not depend on the order of a table.
    func points(of code: String, _ kind: KnowledgePoint.Kind) -> [KnowledgePoint] {
        knowledge.points(of: code).filter { $0.kind == kind }.sorted { $0.value < $1.value }
    }
}

/// Asks every rule of a stage; the order is the order on the screen, stops first.
///
/// Pure: the same visit, rules and knowledge give the same findings, whatever the order of lines.
///
/// - Throws: ``RulebookFault`` where a rule has no figure for that day.
public func check(
    _ encounter: Encounter, at stage: Stage = .settling, by rules: Rulebook,
    knowing knowledge: KnowledgeBase = KnowledgeBase()
) throws(RulebookFault) -> [Finding] {
    let circumstances = encounter.circumstances
    var findings: [Finding] = []
    for check in Check.allCases {
        guard
            let rule = try ReviewRule(
                check, at: stage, by: rules, on: encounter.day, for: circumstances)
        else { continue }
        findings += try Review(encounter: encounter, knowledge: knowledge, rule: rule).findings
    }
    return findings.enumerated().sorted {
        ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset)
    }.map(\.element)
}

extension Review {
    fileprivate var findings: [Finding] {
        get throws(RulebookFault) {
            switch rule.check {
            case .notCovered: notCovered(self)
            case .kindNotRecognised: kindNotRecognised(self)
            case .schemeMismatch: schemeMismatch(self)
            case .itemOutOfScope: try itemOutOfScope(self)
            case .levelTooLow: levelTooLow(self)
            case .visitWayMismatch: visitWayMismatch(self)
            case .sexMismatch: try sexMismatch(self)
            case .ageMismatch: try ageMismatch(self)
            case .ageForbidden: try ageForbidden(self)
            case .diagnosisMissing: diagnosisMissing(self)
            case .priceAboveLimit: priceAboveLimit(self)
            case .priceAbovePurchase: priceAbovePurchase(self)
            case .supplyTooLong: try supplyTooLong(self)
            case .supplyBeyondLongest: try supplyBeyondLongest(self)
            case .repeatedSupply: try repeatedSupply(self)
            case .courseTooLong: try courseTooLong(self)
            case .tooFrequent: tooFrequent(self)
            case .tooManyDrugs: try tooManyDrugs(self)
            default: try chargingFindings
            }
        }
    }

    private var chargingFindings: [Finding] {
        get throws(RulebookFault) {
            switch rule.check {
            case .secondConsultFee: try secondConsultFee(self)
            case .consultFeeBundle: try consultFeeBundle(self)
            case .suppliesApart: try suppliesApart(self)
            case .repeatedCharge: repeatedCharge(self)
            case .secondOperation: secondOperation(self)
            case .operatorNotAllowed: operatorNotAllowed(self)
            case .agreementEnded: agreementEnded(self)
            case .accountGoods: try accountGoods(self)
            case .manyCards: try manyCards(self)
            case .nightSettlement: try nightSettlement(self)
            case .sameBill: try sameBill(self)
            case .traceCodeMissing: traceCodeMissing(self)
            case .traceCodeSoldTwice: traceCodeSoldTwice(self)
            default: []
            }
        }
    }
}
