import Rules
import Vocabulary

/// The benefit terms that hold for one bill: the parameters of its scheme and visit kind on its day.
struct Terms {
    let rate: Cited<Share>
    let deductible: Cited<Money>?
    /// Visit kinds that name the same counter share one yearly deductible.
    let deductibleCounter: String
    let yearLimit: Cited<Money>?
    let limitCounter: String

    init(_ bill: Bill, _ rules: Rulebook) throws(RulebookFault) {
        let folder = "\(bill.scheme.rawValue)/\(bill.kind.folder)/"
        let level = bill.level.rawValue
        rate = try rules.require(
            try rules.share(folder + "rate", on: bill.day, key: level), folder + "rate")
        deductible = try rules.money(folder + "deductible", on: bill.day, key: level)
        deductibleCounter =
            try rules.word(folder + "deductible_counter", on: bill.day)?.value ?? bill.kind.folder
        yearLimit = try rules.money(folder + "limit_year", on: bill.day, key: level)
        limitCounter =
            try rules.word(folder + "limit_counter", on: bill.day)?.value ?? bill.kind.folder
    }
}

extension VisitKind {
    /// The folder of its parameters.
    public var folder: String {
        switch self {
        case .outpatient: "outpatient"
        case .chronic: "chronic"
        case .twoDiseases: "two_diseases"
        case .inpatient: "inpatient"
        default: rawValue
        }
    }
}
