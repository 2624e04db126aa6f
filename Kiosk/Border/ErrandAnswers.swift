import Collecting
import Identifying
import Journaling
import Pricing
import Settling
import Syncing
import Vocabulary

/// The entry that was written, or that had been written before under the same identity.
struct EntryAnswer: Encodable, Sendable {
    var kiosk: KioskID
    var entry: Int
    var kind: String
    var hash: Fingerprint
    var medfee_sumamt: Yuan?
    var fund_pay_sumamt: Yuan?
    var psn_part_amt: Yuan?
    var act_pay_dedc: Yuan?
    /// What was settled beside the price: given the person, negative where it was taken.
    var owed: Yuan?
    /// What relatives' accounts paid, below zero where it was given back; absent where none did.
    var acct_mulaid_pay: Yuan?
    var receipt: String?
    var total: Yuan?

    init(_ entry: Entry) {
        kiosk = entry.header.kiosk
        self.entry = entry.header.sequence
        kind = entry.header.kind
        hash = entry.hash
        switch entry.fact {
        case .visit(let visit):
            take(visit.amounts)
            owed = visit.settles.map { Yuan($0.total) }
            acct_mulaid_pay = visit.family.map { Yuan($0.total) }
        case .visitVoid(let void):
            take(void.amounts)
            owed = void.settles.map { Yuan($0.total) }
            acct_mulaid_pay = void.family.map { Yuan($0.total) }
        case .contribution(let contribution):
            receipt = contribution.code + "-" + receiptNumber(contribution.number)
            total = Yuan(contribution.total)
        case .dayClose(let close): total = Yuan(close.counted)
        default: break
        }
    }

    private mutating func take(_ amounts: Amounts) {
        medfee_sumamt = Yuan(amounts.total)
        fund_pay_sumamt = Yuan(amounts.fundTotal)
        psn_part_amt = Yuan(amounts.personPart)
        act_pay_dedc = Yuan(amounts.deductible)
    }
}

/// What the desk knows of a person, for scripts.
struct PatientAtBorder: Encodable, Sendable {
    var psn_no: PersonNumber
    var psn_name: String
    var village: String
    var household: String
    var assurance: Assurance
    var covered: Bool
    var eligibility: String
    /// The rule that decided, and its figures.
    var because: String
    var rollAsOf: String
    var standing: StandingAtBorder
    var balc: Yuan
    /// What the county owes since it priced the year again (negative: what the person owes).
    var owed: Yuan?

    init(_ patient: Patient, _ today: Day) {
        psn_no = patient.member.number
        psn_name = patient.member.name
        village = patient.member.home.village
        household = patient.member.home.household
        assurance = patient.identified.assurance
        covered = patient.eligibility.paysBenefit
        eligibility = "\(patient.eligibility)"
        because = "\(patient.verdict.rule.rawValue): \(patient.verdict.arithmetic)"
        rollAsOf = patient.rollAsOf.description
        standing = StandingAtBorder(patient.standing)
        balc = Yuan(patient.account)
        owed = patient.owing.isEmpty ? nil : Yuan(patient.owing.total)
    }
}

struct HouseholdAtBorder: Encodable, Sendable {
    var household: String
    var year: Int
    var members: [Row]

    struct Row: Encodable, Sendable {
        var psn_no: PersonNumber
        var psn_name: String
        var standard: Yuan?
        var relief: Yuan?
        var toPay: Yuan?
        /// Add-ons that no subsidy bears.
        var extra: Yuan?
        /// Why nothing is due.
        var notDue: String?
        /// Years missed, and the first day of benefit without and with paying them.
        var missed: [Int]?
        var benefitFrom: Day?
        var benefitFromRepaired: Day?
    }

    init(_ household: Household) {
        self.household = household.number
        year = household.year
        members = household.rows.map { Row($0) }
    }
}

extension HouseholdAtBorder.Row {
    init(_ row: Household.Row) {
        psn_no = row.member.number
        psn_name = row.member.name
        switch row.due {
        case .success(let due):
            standard = Yuan(due.standard)
            relief = Yuan(due.relief)
            extra = due.extra == .zero ? nil : Yuan(due.extra)
            toPay = Yuan(due.toPay)
        case .failure(let reason): notDue = "\(reason)"
        }
        missed = row.gap?.missed
        benefitFrom = row.gap?.asItIs.benefitFrom
        benefitFromRepaired = row.gap?.repaired.benefitFrom
    }
}

/// What `kiosk verify` prints.
struct VerificationReport: Codable, Sendable {
    var kiosk: KioskID
    var entries: Int
    var head: Fingerprint
    var checkpoints: Int
    var acknowledgedThrough: Int
    var faults: [String]
}
