/// The rules there is logic for, each a file in `Checks/` or `AfterMerge/`.
///
/// Whether one speaks, how loudly and by which figures stands in the region's folder
/// `review/<rule>/`; a region without the folder does not have the rule.
public enum Check: String, Sendable, Codable, CaseIterable {
    // The person.
    case notCovered, kindNotRecognised, schemeMismatch
    // The item for this person, visit and clinic.
    case itemOutOfScope, levelTooLow, visitWayMismatch, sexMismatch, ageMismatch, ageForbidden
    case diagnosisMissing
    // Price and quantity.
    case priceAboveLimit, priceAbovePurchase, supplyTooLong, supplyBeyondLongest, repeatedSupply
    case courseTooLong, tooFrequent, tooManyDrugs
    // What is charged together.
    case secondConsultFee, consultFeeBundle, suppliesApart, repeatedCharge, secondOperation
    // The clinic, the doctor, the way of paying.
    case operatorNotAllowed, agreementEnded, accountGoods
    case manyCards, nightSettlement, sameBill
    case traceCodeMissing, traceCodeSoldTwice
    // Only all clinics together show it.
    case credentialRevoked
    case sameDayElsewhere, visitInHospital, soldMoreThanBought
    case costAbovePeers, frequencyAbovePeers, infusionAbovePeers
}

extension Check {
    /// Where it can speak at all; a plain severity in its file holds for each of these.
    public var stages: Set<Stage> {
        switch self {
        case .sameDayElsewhere, .visitInHospital, .credentialRevoked, .soldMoreThanBought,
            .costAbovePeers, .frequencyAbovePeers, .infusionAbovePeers:
            [.merged]
        case .notCovered, .repeatedSupply, .manyCards, .nightSettlement:
            [.entering, .settling, .merged]
        case .accountGoods:
            [.settling]
        default: [.entering, .settling]
        }
    }

    /// The fund never pays for the wrong person because a file is missing: these stop even where a
    /// region's folder does not name them.
    var standsByItself: Bool { self == .notCovered || self == .kindNotRecognised }

    /// The figures its logic reads beside the severity, by the names of their files.
    public var figures: [String] {
        switch self {
        case .itemOutOfScope, .consultFeeBundle, .suppliesApart, .accountGoods: ["items"]
        case .sexMismatch: ["male_diagnoses", "female_diagnoses"]
        case .ageMismatch, .ageForbidden: ["groups"]
        case .supplyTooLong, .supplyBeyondLongest, .repeatedSupply: ["days"]
        case .tooManyDrugs: ["drugs"]
        case .courseTooLong, .secondConsultFee: ["window"]
        case .manyCards: ["people", "minutes"]
        case .sameBill: ["minutes"]
        case .nightSettlement: ["from_hour", "to_hour"]
        case .costAbovePeers, .frequencyAbovePeers, .infusionAbovePeers: ["percent", "visits"]
        default: []
        }
    }

    /// Its folder: `supplyTooLong` is "review/supply_too_long".
    public var folder: String { Check.folders[self] ?? "" }

    private static let folders = Dictionary(
        uniqueKeysWithValues: allCases.map { check in
            let words = check.rawValue.flatMap { letter -> [Character] in
                letter.isUppercase ? ["_"] + letter.lowercased() : [letter]
            }
            return (check, "review/" + String(words))
        })
}
